/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  double alpha;
} ELU;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, ELU, alpha, "1.0", .soft_minimum = 0, .soft_maximum = 2, .title = "Alpha",
                .description = "What very negative numbers approach, with a minus"),
  { NULL },
};

static void
elu_call (StrataLayer   *layer,
          StrataBuilder *b,
          StrataCall    *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *zero = strata_builder_scalar (b, 0);
  StrataValue *below = strata_expm1 (b, strata_minimum (b, x, zero));

  strata_call_return (call,
                      strata_where (b, strata_greater (b, x, zero), x,
                                    strata_scale (b, below, ((ELU *) layer)->alpha)));
}

const StrataLayerInfo strata_layer_elu = {
  .object = {
    .name = "ELU",
    .title = "ELU",
    .category = "Activation",
    .description = "Like ReLU, but smooth below zero, so outputs average near zero",
    .formula = "y = x where x > 0, α · (exp(x) − 1) elsewhere",
    .params = params,
    .instance_size = sizeof (ELU),
    .samples = (const char *const[]){
      "{}",
      "{\"alpha\": 0.5}",
      "{\"alpha\": 0.0}",
      "{\"alpha\": 2.0}",
      "{\"alpha\": 1.67}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = elu_call,
};
