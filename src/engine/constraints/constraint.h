/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONSTRAINT (strata_constraint_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataConstraint, strata_constraint, STRATA, CONSTRAINT, StrataObject)

/**
 * StrataConstraintInfo:
 * @object: what every kind has
 * @apply: the nearest weight that is allowed
 *
 * What a file in constraints/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  StrataValue *(*apply) (StrataConstraint *self, StrataBuilder *b, StrataValue *weight);
} StrataConstraintInfo;

struct _StrataConstraintClass
{
  StrataObjectClass parent_class;

  StrataValue *(*apply) (StrataConstraint *self, StrataBuilder *b, StrataValue *weight);

  gpointer padding[4];
};

StrataValue *strata_constraint_apply (StrataConstraint *self, StrataBuilder *b, StrataValue *weight);

G_END_DECLS
