/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_REGULARIZER (strata_regularizer_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataRegularizer, strata_regularizer, STRATA, REGULARIZER, StrataObject)

/**
 * StrataRegularizerInfo:
 * @object: what every kind has
 * @penalty: what a weight or an output adds to the loss: a scalar
 *
 * What a file in regularizers/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  StrataValue *(*penalty) (StrataRegularizer *self, StrataBuilder *b, StrataValue *x);
} StrataRegularizerInfo;

struct _StrataRegularizerClass
{
  StrataObjectClass parent_class;

  StrataValue *(*penalty) (StrataRegularizer *self, StrataBuilder *b, StrataValue *x);

  gpointer padding[4];
};

StrataValue *strata_regularizer_penalty (StrataRegularizer *self, StrataBuilder *b, StrataValue *x);

G_END_DECLS
