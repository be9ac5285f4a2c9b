/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "layers/json-numbers.h"
#include "layers/preprocessing/category-base.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *bin_boundaries;
  gint64 num_bins;
  double epsilon;
  char *output_mode;
  gboolean sparse;
} Discretization;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Discretization, bin_boundaries, "null", .nullable = TRUE, .title = "Boundaries",
                .description = "Where one bin ends and the next begins, in rising order"),
  STRATA_PARAM (INT, Discretization, num_bins, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 2, .soft_maximum = 100,
                .title = "Bins", .description = "How many bins to find boundaries for, from data"),
  STRATA_PARAM (FLOAT, Discretization, epsilon, "0.01", .minimum = 0, .maximum = 1, .soft_minimum = 0.001,
                .soft_maximum = 0.1, .title = "Epsilon",
                .description = "How roughly boundaries are found"),
  STRATA_PARAM (CHOICE, Discretization, output_mode, "\"int\"",
                .choices = STRATA_CHOICES ("int", "one_hot", "multi_hot", "count"),
                .title = "Output mode", .description = "The number of the bin, or vectors of zeros and ones"),
  STRATA_PARAM (BOOL, Discretization, sparse, "false", .title = "Sparse",
                .description = "Keras's mark for sparse tensors"),
  { NULL },
};

/* Values in rising order, each with a weight: how many numbers it stands for. */
typedef struct
{
  float *values, *weights;
  gint64 n;
} Summary;

static void
summary_clear (Summary *self)
{
  g_free (self->values);
  g_free (self->weights);
}

static int
compare (const void *a,
         const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

static Summary
summarize (StrataTensor *data,
           double        epsilon)
{
  gint64 size = strata_tensor_get_size (data);
  g_autofree float *numbers = g_new (float, MAX (size, 1));
  double step = MAX (size * epsilon, 1);
  Summary summary = { NULL, NULL, 0 };

  for (gint64 i = 0; i < size; i++)
    numbers[i] = strata_tensor_get_number (data, i);
  qsort (numbers, size, sizeof numbers[0], compare);
  summary.values = g_new (float, size + 1);
  summary.weights = g_new (float, size + 1);
  for (gint64 i = step - 1; i < size; i += (gint64) step)
    {
      summary.values[summary.n] = numbers[i];
      summary.weights[summary.n++] = step;
    }
  return summary;
}

/* What y is at @x, between points whose x are rising. */
static double
interpolate (double       x,
             const float *xs,
             const float *ys,
             gint64       n)
{
  gint64 i = 0;

  if (x <= xs[0])
    return ys[0];
  while (i < n && xs[i] < x)
    i++;
  if (i == n)
    return ys[n - 1];
  return ys[i - 1] + (ys[i] - (double) ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - (double) xs[i - 1]);
}

/* Replaces the values by those at parts of @epsilon of the whole weight. */
static void
compress (Summary *self,
          double   epsilon)
{
  gint64 n = ceil (1 / epsilon);
  g_autofree float *sums = NULL, *parts = NULL;
  Summary result;
  double before = 0;

  if (self->n * epsilon < 1 || self->n == 0)
    return;
  sums = g_new (float, self->n);
  parts = g_new (float, self->n);
  for (gint64 i = 0; i < self->n; i++)
    sums[i] = (i > 0 ? sums[i - 1] : 0) + self->weights[i];
  for (gint64 i = 0; i < self->n; i++)
    parts[i] = sums[i] / sums[self->n - 1];
  result = (Summary){ g_new (float, n), g_new (float, n), n };
  for (gint64 i = 0; i < n; i++)
    {
      double sum = interpolate (epsilon + i * epsilon, parts, sums, self->n);

      result.values[i] = interpolate (epsilon + i * epsilon, parts, self->values, self->n);
      result.weights[i] = sum - before;
      before = sum;
    }
  summary_clear (self);
  *self = result;
}

/* Keras's way to boundaries: a summary of the numbers, and of that the values at equal parts. */
static gboolean
discretization_adapt (StrataLayer   *layer,
                      StrataTensor  *data,
                      GError       **error)
{
  Discretization *self = (Discretization *) layer;
  JsonArray *boundaries;
  Summary summary;

  if (self->num_bins == STRATA_NONE_INT || strata_tensor_get_dtype (data) == STRATA_STRING ||
      strata_tensor_get_size (data) == 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        self->num_bins == STRATA_NONE_INT ? N_("give num_bins to have boundaries found")
                            : N_("the data must be numbers, one or more"));
      return FALSE;
    }
  summary = summarize (data, MAX (self->epsilon, 1e-6));
  compress (&summary, MAX (self->epsilon, 1e-6));
  compress (&summary, 1.0 / self->num_bins);
  boundaries = json_array_new ();
  for (gint64 i = 0; i + 1 < summary.n; i++)
    json_array_add_double_element (boundaries, summary.values[i]);
  g_clear_pointer (&self->bin_boundaries, json_node_unref);
  self->bin_boundaries = json_node_init_array (json_node_alloc (), boundaries);
  json_array_unref (boundaries);
  summary_clear (&summary);
  return TRUE;
}

static void
discretization_call (StrataLayer   *layer,
                     StrataBuilder *b,
                     StrataCall    *call)
{
  Discretization *self = (Discretization *) layer;
  StrataTensor *boundaries = strata_json_to_floats (self->bin_boundaries);
  StrataValue *x = strata_expand_dims (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), -1), *passed;
  gint64 n;

  if (boundaries == NULL || strata_tensor_get_shape (boundaries)->rank != 1)
    {
      g_clear_pointer (&boundaries, strata_tensor_unref);
      strata_builder_fail (b, STRATA_ERROR_STATE,
                           "there are no boundaries between bins; give bin_boundaries as a list of numbers");
      return;
    }
  n = strata_tensor_get_size (boundaries);
  passed = strata_greater_equal (b, x, strata_builder_constant (b, boundaries));
  x = strata_reduce_sum (b, passed, strata_axis_bit (passed, -1), FALSE);
  x = strata_encode_categories (b, x, n + 1, self->output_mode, NULL);
  strata_call_return (call, g_str_equal (self->output_mode, "int") ? strata_cast (b, x, STRATA_INT32) : x);
}

const StrataLayerInfo strata_layer_discretization = {
  .object = {
    .name = "Discretization",
    .title = "Discretization",
    .category = "Preprocessing",
    .description = "Sorts numbers into bins, such as ages into age groups",
    .formula = "y = how many boundaries x has reached",
    .params = params,
    .instance_size = sizeof (Discretization),
    .samples = (const char *const[]){
      "{\"bin_boundaries\": [-0.5, 0.0, 1.0]}",
      "{\"bin_boundaries\": [0.0], \"output_mode\": \"one_hot\"}",
      "{\"bin_boundaries\": [-1.0, 0.25], \"output_mode\": \"multi_hot\"}",
      "{\"bin_boundaries\": [-1.0, 0.0, 1.0], \"output_mode\": \"count\"}",
      NULL },
  },
  .flags = STRATA_LAYER_BRIEF_CONFIG,
  .min_rank = 1,
  .sample_inputs = "3,4",
  .call = discretization_call,
  .adapt = discretization_adapt,
};
