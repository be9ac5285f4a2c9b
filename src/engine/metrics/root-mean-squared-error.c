/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"
#include "ops/elementwise.h"

static StrataValue *
squared_error (StrataBuilder *b,
               StrataValue   *y_true,
               StrataValue   *y_pred)
{
  return strata_square (b, strata_subtract (b, y_true, y_pred));
}

static StrataValue *
root_mean_squared_error_result (StrataMetric  *self,
                                StrataBuilder *b)
{
  GPtrArray *states = strata_metric_get_states (self);

  return strata_sqrt (b, strata_divide_no_nan (b, strata_builder_read (b, g_ptr_array_index (states, 0)),
                                               strata_builder_read (b, g_ptr_array_index (states, 1))));
}

const StrataMetricInfo strata_metric_root_mean_squared_error = {
  .object = {
    .name = "RootMeanSquaredError",
    .aliases = (const char *const[]){ "rmse", NULL },
    .title = "Root mean squared error",
    .description = "A usual size of the errors, in the unit of the targets; large ones count more",
    .formula = "√mean((y − ŷ)²)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = squared_error,
  .result = root_mean_squared_error_result,
};
