/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "losses/move-axis.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  StrataLoss parent;
  gboolean from_logits;
  gint64 ignore_class;
  gint64 axis;
} SparseCategoricalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (SparseCategoricalCrossentropy),
  STRATA_PARAM (INT, SparseCategoricalCrossentropy, ignore_class, "null", .nullable = TRUE, .title = "Ignored class",
                .description = "Samples of this class do not count, such as padding or background"),
  STRATA_PARAM_AXIS (SparseCategoricalCrossentropy, .omit_default = TRUE),
  { NULL },
};

/* Targets (batch, ..., 1) are as good as (batch, ...). */
static StrataValue *
get_labels (StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred,
            int            axis)
{
  int rank = y_pred->shape.rank;

  axis = axis < 0 ? axis + rank : axis;
  if (y_true->shape.rank == rank && axis >= 0 && axis < rank && y_true->shape.dims[axis] == 1)
    return strata_squeeze (b, y_true, axis);
  return y_true;
}

static gboolean
check_shapes (StrataBuilder     *b,
              const StrataShape *labels,
              const StrataShape *scores)
{
  StrataShape expected = *scores;
  g_autofree char *received = NULL, *wanted = NULL;

  strata_shape_remove (&expected, expected.rank - 1);
  if (strata_shape_is_compatible (labels, &expected))
    return TRUE;
  received = strata_shape_to_string (labels);
  wanted = strata_shape_to_string (&expected);
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       strata_shape_is_compatible (labels, scores)
                         ? N_("sparse_categorical_crossentropy expects class numbers of shape %s as targets, but they "
                              "have shape %s; for one-hot targets use categorical_crossentropy")
                         : N_("sparse_categorical_crossentropy expects class numbers of shape %s as targets, but they "
                              "have shape %s"), wanted, received);
  return FALSE;
}

/* One-hot times logarithm, summed; NaN for numbers that are no class, so that they do not pass unseen. */
static StrataValue *
pick (StrataBuilder *b,
      StrataValue   *labels,
      StrataValue   *scores)
{
  gint64 n = scores->shape.dims[scores->shape.rank - 1];
  StrataTensor *classes = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));
  StrataValue *column = strata_expand_dims (b, labels, -1), *one_hot, *known;

  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (classes)[i] = i;
  one_hot = strata_equal (b, column, strata_builder_constant (b, classes));
  known = strata_logical_and (b, strata_greater_equal (b, labels, strata_builder_scalar (b, 0)),
                              strata_less (b, labels, strata_builder_scalar (b, n)));
  return strata_where (b, known, strata_negative (b, strata_sum_along (b, strata_multiply (b, one_hot, scores), -1)),
                       strata_builder_scalar (b, NAN));
}

StrataValue *
strata_sparse_categorical_mask (StrataBuilder *b,
                                StrataValue   *y_true,
                                StrataValue   *y_pred,
                                gint64         ignore_class,
                                int            axis)
{
  if (ignore_class == STRATA_NONE_INT)
    return NULL;
  return strata_not_equal (b, get_labels (b, y_true, y_pred, axis), strata_builder_scalar (b, ignore_class));
}

StrataValue *
strata_sparse_categorical_crossentropy (StrataBuilder *b,
                                        StrataValue   *y_true,
                                        StrataValue   *y_pred,
                                        gboolean       logits,
                                        gint64         ignore_class,
                                        int            axis)
{
  StrataValue *labels = get_labels (b, y_true, y_pred, axis), *zero = strata_builder_scalar (b, 0);
  StrataValue *valid = strata_sparse_categorical_mask (b, labels, y_pred, ignore_class, axis);
  /* Where classes are ignored, Keras blanks out predictions first, and what they were made of is out of sight. */
  StrataValue *scores = valid == NULL ? strata_loss_find_logits (y_pred) : NULL, *losses;

  if (scores == NULL)
    scores = logits ? y_pred : strata_log (b, strata_clip (b, y_pred, STRATA_LOSS_EPSILON, 1 - STRATA_LOSS_EPSILON));
  scores = strata_move_axis_last (b, scores, axis);
  if (strata_builder_has_failed (b) || !check_shapes (b, &labels->shape, &scores->shape))
    return strata_builder_nothing (b);
  if (valid == NULL)
    return pick (b, labels, strata_log_softmax (b, scores));

  labels = strata_where (b, valid, labels, zero);
  losses = pick (b, labels, strata_log_softmax (b, strata_where (b, strata_expand_dims (b, valid, -1), scores, zero)));
  return strata_where (b, valid, losses, zero);
}

static StrataValue *
sparse_categorical_crossentropy_call (StrataLoss    *loss,
                                      StrataBuilder *b,
                                      StrataValue   *y_true,
                                      StrataValue   *y_pred)
{
  SparseCategoricalCrossentropy *self = (SparseCategoricalCrossentropy *) loss;

  return strata_sparse_categorical_crossentropy (b, y_true, y_pred, self->from_logits, self->ignore_class, self->axis);
}

static StrataValue *
sparse_categorical_crossentropy_mask (StrataLoss    *loss,
                                      StrataBuilder *b,
                                      StrataValue   *y_true,
                                      StrataValue   *y_pred)
{
  SparseCategoricalCrossentropy *self = (SparseCategoricalCrossentropy *) loss;

  return strata_sparse_categorical_mask (b, y_true, y_pred, self->ignore_class, self->axis);
}

const StrataLossInfo strata_loss_sparse_categorical_crossentropy = {
  .object = {
    .name = "SparseCategoricalCrossentropy",
    .aliases = (const char *const[]){ "scce", NULL },
    .title = "Sparse categorical crossentropy",
    .description = "For one of several classes, targets their numbers: how improbable the true class was thought",
    .formula = "−log(p[y])",
    .params = params,
    .instance_size = sizeof (SparseCategoricalCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"ignore_class\": 1}",
      "{\"ignore_class\": 0, \"from_logits\": true, \"reduction\": \"sum\"}",
      "{\"ignore_class\": 2, \"reduction\": \"mean_with_sample_weight\"}",
      NULL },
  },
  .sparse = TRUE,
  .call = sparse_categorical_crossentropy_call,
  .mask = sparse_categorical_crossentropy_mask,
};
