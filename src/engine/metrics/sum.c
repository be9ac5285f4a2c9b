/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/loss.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

static gboolean
sum_build (StrataMetric       *self,
           const StrataShape  *y_pred,
           GError            **error)
{
  strata_metric_add_state (self, "total", &STRATA_SCALAR);
  return TRUE;
}

static void
sum_update (StrataMetric  *self,
            StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred,
            StrataValue   *weights)
{
  if (weights != NULL)
    y_pred = strata_multiply (b, y_pred, strata_loss_fit_weights (b, weights, y_pred));
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (self), 0),
                        strata_reduce_sum (b, y_pred, STRATA_ALL_AXES, FALSE));
}

static StrataValue *
sum_result (StrataMetric  *self,
            StrataBuilder *b)
{
  return strata_builder_read (b, g_ptr_array_index (strata_metric_get_states (self), 0));
}

const StrataMetricInfo strata_metric_sum = {
  .object = {
    .name = "Sum",
    .title = "Sum",
    .description = "Sum of the predictions",
    .formula = "Σ ŷ",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .raw = TRUE,
  .build = sum_build,
  .update = sum_update,
  .result = sum_result,
};
