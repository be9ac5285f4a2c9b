/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/loss.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataMetric parent;
  char *class_aggregation;
  gint64 num_regressors;
} R2Score;

enum { NUM_SAMPLES, SQUARED_SUM, SUM, RESIDUAL, COUNT };

static const StrataParam params[] = {
  STRATA_PARAM (CHOICE, R2Score, class_aggregation, "\"uniform_average\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("uniform_average", "variance_weighted_average"), .title = "Aggregation",
                .description = "How the scores of several outputs become one"),
  STRATA_PARAM (INT, R2Score, num_regressors, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 100,
                .title = "Regressors",
                .description = "How many inputs there are, for the adjusted score; 0 for the plain one"),
  { NULL },
};

static gboolean
r2_score_build (StrataMetric       *metric,
                const StrataShape  *y_pred,
                GError            **error)
{
  StrataShape shape;

  if (y_pred->rank != 2 || y_pred->dims[1] == STRATA_UNKNOWN)
    {
      g_autofree char *received = strata_shape_to_string (y_pred);

      strata_set_error (error, STRATA_ERROR_SHAPE, "%s is for predictions (samples, outputs), not of shape %s",
                        strata_metric_get_name (metric), received);
      return FALSE;
    }
  shape = STRATA_SHAPE (y_pred->dims[1]);
  strata_metric_add_state (metric, "num_samples", &STRATA_SCALAR);
  strata_metric_add_state (metric, "squared_sum", &shape);
  strata_metric_add_state (metric, "sum", &shape);
  strata_metric_add_state (metric, "residual", &shape);
  strata_metric_add_state (metric, "count", &shape);
  return TRUE;
}

static void
add (StrataMetric  *metric,
     StrataBuilder *b,
     guint          state,
     StrataValue   *values)
{
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (metric), state),
                        strata_reduce_sum (b, values, STRATA_AXIS (0), FALSE));
}

static void
r2_score_update (StrataMetric  *metric,
                 StrataBuilder *b,
                 StrataValue   *y_true,
                 StrataValue   *y_pred,
                 StrataValue   *weights)
{
  GPtrArray *states = strata_metric_get_states (metric);
  StrataValue *weighted;

  weights = weights != NULL ? strata_loss_fit_weights (b, weights, y_true) : strata_builder_scalar (b, 1);
  weights = strata_broadcast_to (b, weights, &y_true->shape);
  weighted = strata_multiply (b, y_true, weights);
  add (metric, b, SUM, weighted);
  add (metric, b, SQUARED_SUM, strata_multiply (b, y_true, weighted));
  add (metric, b, RESIDUAL, strata_multiply (b, strata_square (b, strata_subtract (b, y_true, y_pred)), weights));
  add (metric, b, COUNT, weights);
  strata_metric_add_to (b, g_ptr_array_index (states, NUM_SAMPLES),
                        strata_builder_scalar (b, strata_shape_get_size (&y_true->shape)));
}

static StrataValue *
aggregate (R2Score       *self,
           StrataBuilder *b,
           StrataValue   *scores,
           StrataValue   *total)
{
  if (self->class_aggregation == NULL)
    return scores;
  if (g_str_equal (self->class_aggregation, "uniform_average"))
    return strata_reduce_mean (b, scores, STRATA_ALL_AXES, FALSE);
  return strata_divide (b, strata_reduce_sum (b, strata_multiply (b, total, scores), STRATA_ALL_AXES, FALSE),
                        strata_reduce_sum (b, total, STRATA_ALL_AXES, FALSE));
}

/* More inputs always fit better: the adjusted score takes that off, where there are enough samples. */
static StrataValue *
adjust (R2Score       *self,
        StrataBuilder *b,
        StrataValue   *score,
        StrataValue   *samples)
{
  StrataValue *one = strata_builder_scalar (b, 1);
  StrataValue *freedom = strata_offset (b, samples, -1 - (double) self->num_regressors);
  StrataValue *rest = strata_multiply (b, strata_subtract (b, one, score), strata_subtract (b, samples, one));

  return strata_where (b, strata_greater (b, freedom, strata_builder_scalar (b, 0)),
                       strata_subtract (b, one, strata_divide (b, rest, freedom)), score);
}

static StrataValue *
r2_score_result (StrataMetric  *metric,
                 StrataBuilder *b)
{
  R2Score *self = (R2Score *) metric;
  GPtrArray *states = strata_metric_get_states (metric);
  StrataValue *sum = strata_builder_read (b, g_ptr_array_index (states, SUM)), *total, *scores, *score;

  total = strata_multiply (b, sum, strata_divide (b, sum, strata_builder_read (b, g_ptr_array_index (states, COUNT))));
  total = strata_subtract (b, strata_builder_read (b, g_ptr_array_index (states, SQUARED_SUM)), total);
  scores = strata_divide (b, strata_builder_read (b, g_ptr_array_index (states, RESIDUAL)), total);
  scores = strata_subtract (b, strata_builder_scalar (b, 1), scores);
  scores = strata_where (b, strata_greater (b, strata_absolute (b, scores), strata_builder_scalar (b, G_MAXFLOAT)),
                         strata_builder_scalar (b, 0), scores);
  score = aggregate (self, b, scores, total);
  if (self->num_regressors == 0)
    return score;
  return adjust (self, b, score, strata_builder_read (b, g_ptr_array_index (states, NUM_SAMPLES)));
}

const StrataMetricInfo strata_metric_r2_score = {
  .object = {
    .name = "R2Score",
    .title = "R² score",
    .description = "How much of the variance is explained: 1 for all, 0 for no better than the mean",
    .formula = "1 − Σ(y − ŷ)² / Σ(y − mean(y))²",
    .params = params,
    .instance_size = sizeof (R2Score),
    .samples = (const char *const[]){
      "{}",
      "{\"class_aggregation\": null}",
      "{\"class_aggregation\": \"variance_weighted_average\"}",
      "{\"num_regressors\": 2}",
      NULL },
  },
  .default_name = "r2_score",
  .maximise = TRUE,
  .build = r2_score_build,
  .update = r2_score_update,
  .result = r2_score_result,
};
