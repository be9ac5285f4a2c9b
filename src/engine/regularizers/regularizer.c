/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "regularizers/regularizer.h"

G_DEFINE_ABSTRACT_TYPE (StrataRegularizer, strata_regularizer, STRATA_TYPE_OBJECT)

static void
strata_regularizer_adopt (StrataObjectClass      *klass,
                      const StrataObjectInfo *info)
{
  STRATA_REGULARIZER_CLASS (klass)->penalty = ((const StrataRegularizerInfo *) info)->penalty;
}

static void
strata_regularizer_class_init (StrataRegularizerClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_REGULARIZER;
  object_class->adopt = strata_regularizer_adopt;
}

static void
strata_regularizer_init (StrataRegularizer *self)
{
}

/**
 * strata_regularizer_penalty:
 *
 * Returns: (transfer none): the scalar that @x adds to the loss
 */
StrataValue *
strata_regularizer_penalty (StrataRegularizer *self,
                            StrataBuilder     *b,
                            StrataValue       *x)
{
  return STRATA_REGULARIZER_GET_CLASS (self)->penalty (self, b, x);
}
