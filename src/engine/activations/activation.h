/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ACTIVATION (strata_activation_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataActivation, strata_activation, STRATA, ACTIVATION, StrataObject)

/**
 * StrataActivationInfo:
 * @object: what every kind has
 * @apply: what becomes of @x; of the same shape, but for `glu`
 *
 * What a file in activations/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  StrataValue *(*apply) (StrataActivation *self, StrataBuilder *b, StrataValue *x);
} StrataActivationInfo;

struct _StrataActivationClass
{
  StrataObjectClass parent_class;

  StrataValue *(*apply) (StrataActivation *self, StrataBuilder *b, StrataValue *x);

  gpointer padding[4];
};

/* A NULL activation is linear. */
StrataValue *strata_activation_apply (StrataActivation *self, StrataBuilder *b, StrataValue *x);

G_END_DECLS
