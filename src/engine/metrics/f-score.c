/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/f-score.h"

#include <math.h>

#include "losses/loss.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

#define EPSILON 1e-7

gboolean
strata_f_score_build (StrataMetric       *metric,
                      const StrataShape  *y_pred,
                      GError            **error)
{
  StrataFScore *self = (StrataFScore *) metric;
  StrataShape shape = STRATA_SCALAR;

  if (y_pred->rank != 2 || y_pred->dims[1] == STRATA_UNKNOWN)
    {
      g_autofree char *received = strata_shape_to_string (y_pred);

      strata_set_error (error, STRATA_ERROR_SHAPE, "%s is for predictions (samples, classes), not of shape %s",
                        strata_metric_get_name (metric), received);
      return FALSE;
    }
  if (g_strcmp0 (self->average, "micro") != 0)
    shape = STRATA_SHAPE (y_pred->dims[1]);
  strata_metric_add_state (metric, "true_positives", &shape);
  strata_metric_add_state (metric, "false_positives", &shape);
  strata_metric_add_state (metric, "false_negatives", &shape);
  strata_metric_add_state (metric, "intermediate_weights", &shape);
  return TRUE;
}

static StrataValue *
decide (StrataFScore  *self,
        StrataBuilder *b,
        StrataValue   *y_pred)
{
  StrataValue *most;

  if (!isnan (self->threshold))
    return strata_greater (b, y_pred, strata_builder_scalar (b, self->threshold));
  most = strata_reduce_max (b, y_pred, strata_axis_bit (y_pred, -1), TRUE);
  return strata_logical_and (b, strata_greater_equal (b, y_pred, most),
                             strata_greater (b, strata_absolute (b, y_pred), strata_builder_scalar (b, 1e-9)));
}

static void
add (StrataFScore  *self,
     StrataBuilder *b,
     guint          state,
     StrataValue   *values,
     StrataValue   *weights)
{
  if (weights != NULL)
    values = strata_multiply (b, values, strata_loss_fit_weights (b, weights, values));
  values = strata_reduce_sum (b, values,
                              g_strcmp0 (self->average, "micro") == 0 ? STRATA_ALL_AXES : STRATA_AXIS (0), FALSE);
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (&self->parent), state), values);
}

void
strata_f_score_update (StrataMetric  *metric,
                       StrataBuilder *b,
                       StrataValue   *y_true,
                       StrataValue   *y_pred,
                       StrataValue   *weights)
{
  StrataFScore *self = (StrataFScore *) metric;
  StrataValue *one = strata_builder_scalar (b, 1);

  y_pred = decide (self, b, y_pred);
  add (self, b, 0, strata_multiply (b, y_pred, y_true), weights);
  add (self, b, 1, strata_multiply (b, y_pred, strata_subtract (b, one, y_true)), weights);
  add (self, b, 2, strata_multiply (b, strata_subtract (b, one, y_pred), y_true), weights);
  add (self, b, 3, y_true, weights);
}

static StrataValue *
get_ratio (StrataBuilder *b,
           StrataValue   *part,
           StrataValue   *rest)
{
  return strata_divide (b, part, strata_offset (b, strata_add (b, part, rest), EPSILON));
}

StrataValue *
strata_f_score_result (StrataMetric  *metric,
                       StrataBuilder *b)
{
  StrataFScore *self = (StrataFScore *) metric;
  GPtrArray *states = strata_metric_get_states (metric);
  StrataValue *found = strata_builder_read (b, g_ptr_array_index (states, 0)), *sizes, *score, *sum;
  StrataValue *precision = get_ratio (b, found, strata_builder_read (b, g_ptr_array_index (states, 1)));
  StrataValue *recall = get_ratio (b, found, strata_builder_read (b, g_ptr_array_index (states, 2)));
  double square = self->beta * self->beta;

  sum = strata_offset (b, strata_add (b, strata_scale (b, precision, square), recall), EPSILON);
  score = strata_scale (b, strata_divide (b, strata_multiply (b, precision, recall), sum), 1 + square);
  if (self->average == NULL)
    return score;
  if (!g_str_equal (self->average, "weighted"))
    return strata_reduce_mean (b, score, STRATA_ALL_AXES, FALSE);
  sizes = strata_builder_read (b, g_ptr_array_index (states, 3));
  sizes = strata_divide (b, sizes, strata_offset (b, strata_reduce_sum (b, sizes, STRATA_ALL_AXES, FALSE), EPSILON));
  return strata_reduce_sum (b, strata_multiply (b, score, sizes), STRATA_ALL_AXES, FALSE);
}
