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
 * @default_name: its name in logs, where that is not its class name in snake case
 * @sparse: whether targets are something else than numbers to be predicted, such
 *   as class numbers: their shape is then checked by the loss
 * @function: for losses without parameters: a loss a sample, that is the
 *   predictions' shape without its last dimension
 * @call: for the others: the same, with the loss
 * @mask: which samples count, or %NULL for all
 *
 * What a file in losses/ exports. Targets are float32, and unless @sparse their
 * shape fits that of the predictions.
 */
typedef struct
{
  StrataObjectInfo object;
  const char *default_name;
  gboolean sparse;
  StrataValue *(*function) (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*call) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*mask) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
} StrataLossInfo;

struct _StrataLossClass
{
  StrataObjectClass parent_class;

  gboolean sparse;
  StrataValue *(*function) (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*call) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*mask) (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);

  gpointer padding[4];
};

StrataValue *strata_loss_call    (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_loss_compute (StrataLoss *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                  StrataValue *weights, StrataValue *mask);
const char  *strata_loss_get_name (StrataLoss *self);

/* Adds or drops a last dimension of 1 where the ranks differ by one, as Keras does. */
void         strata_loss_match_ranks (StrataBuilder *b, StrataValue **y_true, StrataValue **y_pred);
/* A weight for each of values from weights of fewer dimensions; it broadcasts. */
StrataValue *strata_loss_fit_weights (StrataBuilder *b, StrataValue *weights, StrataValue *values);
/* What was inside a softmax or sigmoid, or NULL: crossentropy is exact from there. */
StrataValue *strata_loss_find_logits (StrataValue *y_pred);

G_END_DECLS
