/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LOSS (strata_loss_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataLoss, strata_loss, STRATA, LOSS, StrataObject)

/**
 * StrataLossInfo:
 * @object: what every kind has
 * @sparse: whether targets are class numbers, with one dimension fewer than predictions
 * @call: a loss a sample: the predictions' shape without its last dimension.
 *   @y_true is float32 and of the predictions' shape, unless @sparse
 *
 * What a file in losses/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  gboolean sparse;
  StrataValue *(*call) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
} StrataLossInfo;

struct _StrataLossClass
{
  StrataObjectClass parent_class;

  gboolean sparse;
  StrataValue *(*call) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);

  gpointer padding[4];
};

StrataValue *strata_loss_call    (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_loss_compute (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred, StrataValue *weights, StrataValue *mask);
const char  *strata_loss_get_name (StrataLoss *self);

/* What was inside a softmax or sigmoid, or NULL: crossentropy is exact from there. */
StrataValue *strata_loss_find_logits (StrataValue *y_pred, const char *op_name);

G_END_DECLS
