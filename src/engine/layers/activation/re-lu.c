/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "layers/layer.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  double max_value, negative_slope, threshold;
} ReLU;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, ReLU, max_value, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXINT32,
                .soft_minimum = 0, .soft_maximum = 10,
                .title = "Largest value", .description = "What comes out at most"),
  STRATA_PARAM (FLOAT, ReLU, negative_slope, "0.0", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 0.5,
                .title = "Negative slope", .description = "How much of what lies below the threshold gets through"),
  STRATA_PARAM (FLOAT, ReLU, threshold, "0.0", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 1, .title = "Threshold",
                .description = "What a number must exceed to get through"),
  { NULL },
};

static void
re_lu_call (StrataLayer   *layer,
            StrataBuilder *b,
            StrataCall    *call)
{
  ReLU *self = (ReLU *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *y;

  if (self->threshold != 0)
    y = strata_where (b, strata_greater (b, x, strata_builder_scalar (b, self->threshold)), x,
                      strata_builder_scalar (b, 0));
  else
    y = strata_relu (b, x);
  if (!isnan (self->max_value))
    y = strata_minimum (b, y, strata_builder_scalar (b, self->max_value));
  if (self->negative_slope != 0)
    {
      StrataValue *below = strata_relu (b, strata_subtract (b, strata_builder_scalar (b, self->threshold), x));

      y = strata_subtract (b, y, strata_scale (b, below, self->negative_slope));
    }
  strata_call_return (call, y);
}

const StrataLayerInfo strata_layer_re_lu = {
  .object = {
    .name = "ReLU",
    .title = "ReLU",
    .category = "Activation",
    .description = "Keeps what is positive, makes the rest zero",
    .formula = "y = max(x, 0)",
    .params = params,
    .instance_size = sizeof (ReLU),
    .samples = (const char *const[]){
      "{}",
      "{\"max_value\": 6.0}",
      "{\"negative_slope\": 0.1}",
      "{\"threshold\": 0.5}",
      "{\"max_value\": 1.0, \"negative_slope\": 0.2, \"threshold\": 0.3}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = re_lu_call,
};
