/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/constraint.h"

G_DEFINE_ABSTRACT_TYPE (StrataConstraint, strata_constraint, STRATA_TYPE_OBJECT)

static void
strata_constraint_adopt (StrataObjectClass      *klass,
                      const StrataObjectInfo *info)
{
  STRATA_CONSTRAINT_CLASS (klass)->apply = ((const StrataConstraintInfo *) info)->apply;
}

static void
strata_constraint_class_init (StrataConstraintClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_CONSTRAINT;
  object_class->adopt = strata_constraint_adopt;
}

static void
strata_constraint_init (StrataConstraint *self)
{
}

/**
 * strata_constraint_apply:
 *
 * Returns: (transfer none): the weight that is allowed nearest to @weight
 */
StrataValue *
strata_constraint_apply (StrataConstraint *self,
                         StrataBuilder    *b,
                         StrataValue      *weight)
{
  return STRATA_CONSTRAINT_GET_CLASS (self)->apply (self, b, weight);
}
