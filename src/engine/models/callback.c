/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/callback.h"

/**
 * StrataCallback:
 *
 * What looks on while a model trains, and may change or end it.
 */
G_DEFINE_ABSTRACT_TYPE (StrataCallback, strata_callback, STRATA_TYPE_OBJECT)

static void
strata_callback_adopt (StrataObjectClass      *klass,
                       const StrataObjectInfo *object_info)
{
  const StrataCallbackInfo *info = (const StrataCallbackInfo *) object_info;
  StrataCallbackClass *callback_class = STRATA_CALLBACK_CLASS (klass);

  callback_class->train_begin = info->train_begin;
  callback_class->train_end = info->train_end;
  callback_class->epoch_begin = info->epoch_begin;
  callback_class->epoch_end = info->epoch_end;
  callback_class->batch_begin = info->batch_begin;
  callback_class->batch_end = info->batch_end;
  callback_class->test_begin = info->test_begin;
  callback_class->test_end = info->test_end;
}

static void
strata_callback_class_init (StrataCallbackClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_CALLBACK;
  object_class->adopt = strata_callback_adopt;
}

static void
strata_callback_init (StrataCallback *self)
{
}
