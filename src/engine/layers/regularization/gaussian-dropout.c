/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "layers/regularization/dropout-base.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, StrataDropoutLayer, rate, NULL, .minimum = 0, .maximum = 1, .soft_minimum = 0,
                .soft_maximum = 0.8, .title = "Rate",
                .description = "How strong the noise is: as strong as dropping that part of the inputs"),
  STRATA_PARAM_SEED (StrataDropoutLayer),
  { NULL },
};

static void
gaussian_dropout_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataDropoutLayer *self = (StrataDropoutLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  if (call->training && self->rate > 0)
    {
      double deviation = sqrt (self->rate / MAX (1 - self->rate, 1e-7));

      x = strata_multiply (b, x,
                           strata_offset (b, strata_scale (b, strata_draw_normal (b, &x->shape, self->seed), deviation),
                                          1));
    }
  strata_call_return (call, x);
}

const StrataLayerInfo strata_layer_gaussian_dropout = {
  .object = {
    .name = "GaussianDropout",
    .title = "Gaussian dropout",
    .category = "Regularization",
    .description = "Multiplies inputs by noise around 1 while training",
    .formula = "y = x · N(1, rate / (1 − rate))",
    .params = params,
    .instance_size = sizeof (StrataDropoutLayer),
    .samples = (const char *const[]){
      "{\"rate\": 0.5}",
      "{\"rate\": 0.0}",
      "{\"rate\": 0.1}",
      "{\"rate\": 0.25, \"seed\": 3}",
      "{\"rate\": 0.8, \"seed\": 11}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = gaussian_dropout_call,
};
