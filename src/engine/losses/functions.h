/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"
#include "ops/reduce.h"

G_BEGIN_DECLS

/* Keras's backend.epsilon(): how near probabilities come to 0 and 1. */
#define STRATA_LOSS_EPSILON 1e-7

/*
 * The losses as functions, for metrics that are their means: y_true and y_pred
 * of the same rank, and a loss for each sample (and step). Each is in the file
 * of its loss.
 */
StrataValue *strata_mean_squared_error             (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_mean_absolute_error            (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_mean_absolute_percentage_error (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_mean_squared_logarithmic_error (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_log_cosh                       (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_kl_divergence                  (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_poisson                        (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_hinge                          (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_squared_hinge                  (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
StrataValue *strata_categorical_hinge              (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);

/* Minus the cosine of the angle. */
StrataValue *strata_cosine_similarity              (StrataBuilder *b, StrataValue *y_true,
                                                    StrataValue *y_pred, int axis);

/* A loss an element; the others are summed or averaged along the axis. */
StrataValue *strata_binary_crossentropy            (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                                    gboolean from_logits, double label_smoothing);
StrataValue *strata_categorical_crossentropy       (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                                    gboolean from_logits, double label_smoothing, int axis);
StrataValue *strata_sparse_categorical_crossentropy (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                                     gboolean from_logits, gint64 ignore_class, int axis);

/* Which samples have a class that is not ignored, or NULL where all count. */
StrataValue *strata_sparse_categorical_mask        (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                                    gint64 ignore_class, int axis);

static inline StrataValue *
strata_mean_along (StrataBuilder *b,
                   StrataValue   *x,
                   int            axis)
{
  return strata_reduce_mean (b, x, strata_axis_bit (x, axis), FALSE);
}

static inline StrataValue *
strata_sum_along (StrataBuilder *b,
                  StrataValue   *x,
                  int            axis)
{
  return strata_reduce_sum (b, x, strata_axis_bit (x, axis), FALSE);
}

G_END_DECLS
