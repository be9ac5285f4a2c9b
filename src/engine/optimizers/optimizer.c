/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/optimizer.h"

/**
 * StrataOptimizer:
 *
 * How gradients change weights.
 */
G_DEFINE_ABSTRACT_TYPE (StrataOptimizer, strata_optimizer, STRATA_TYPE_OBJECT)

static void
strata_optimizer_adopt (StrataObjectClass      *klass,
                        const StrataObjectInfo *object_info)
{
  const StrataOptimizerInfo *info = (const StrataOptimizerInfo *) object_info;
  StrataOptimizerClass *optimizer_class = STRATA_OPTIMIZER_CLASS (klass);

  optimizer_class->default_rate = info->default_rate;
  optimizer_class->slot_names = info->slot_names;
  optimizer_class->uses_slot = info->uses_slot;
  optimizer_class->slot_by_slot = info->slot_by_slot;
  optimizer_class->slot_start = info->slot_start;
  optimizer_class->update = info->update;
}

static void
strata_optimizer_class_init (StrataOptimizerClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_OPTIMIZER;
  object_class->adopt = strata_optimizer_adopt;
}

static void
strata_optimizer_init (StrataOptimizer *self)
{
}
