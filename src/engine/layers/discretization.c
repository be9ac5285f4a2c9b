/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/category-base.h"
#include "layers/json-numbers.h"
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
  STRATA_PARAM (INT, Discretization, num_bins, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2, .soft_maximum = 100,
                .title = "Bins", .description = "How many bins Keras is to find boundaries for"),
  STRATA_PARAM (FLOAT, Discretization, epsilon, "0.01", .minimum = 0, .maximum = 1, .soft_minimum = 0.001, .soft_maximum = 0.1, .title = "Epsilon",
                .description = "How roughly Keras finds boundaries"),
  STRATA_PARAM (CHOICE, Discretization, output_mode, "\"int\"", .choices = STRATA_CHOICES ("int", "one_hot", "multi_hot", "count"),
                .title = "Output mode", .description = "The number of the bin, or vectors of zeros and ones"),
  STRATA_PARAM (BOOL, Discretization, sparse, "false", .title = "Sparse", .description = "Keras's mark for sparse tensors"),
  { NULL },
};

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
      strata_builder_fail (b, STRATA_ERROR_STATE, "there are no boundaries between bins; give bin_boundaries as a list of numbers");
      return;
    }
  n = strata_tensor_get_size (boundaries);
  passed = strata_greater_equal (b, x, strata_builder_constant (b, boundaries));
  x = strata_reduce_sum (b, passed, strata_axis_bit (passed, -1), FALSE);
  strata_call_return (call, strata_encode_categories (b, x, n + 1, self->output_mode, NULL));
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
  .min_rank = 1,
  .sample_inputs = "3,4",
  .call = discretization_call,
};
