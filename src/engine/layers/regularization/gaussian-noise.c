/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/regularization/dropout-base.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, StrataDropoutLayer, stddev, NULL, .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 1,
                .title = "Standard deviation", .description = "How strong the noise is"),
  STRATA_PARAM_SEED (StrataDropoutLayer),
  { NULL },
};

static void
gaussian_noise_call (StrataLayer   *layer,
                     StrataBuilder *b,
                     StrataCall    *call)
{
  StrataDropoutLayer *self = (StrataDropoutLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  if (call->training && self->stddev > 0)
    x = strata_add (b, x, strata_scale (b, strata_draw_normal (b, &x->shape, self->seed), self->stddev));
  strata_call_return (call, x);
}

const StrataLayerInfo strata_layer_gaussian_noise = {
  .object = {
    .name = "GaussianNoise",
    .title = "Gaussian noise",
    .category = "Regularization",
    .description = "Adds noise to its inputs while training, so that small differences do not matter",
    .formula = "y = x + N(0, stddev²)",
    .params = params,
    .instance_size = sizeof (StrataDropoutLayer),
    .samples = (const char *const[]){
      "{\"stddev\": 0.5}",
      "{\"stddev\": 0.0}",
      "{\"stddev\": 1.0}",
      "{\"stddev\": 0.25, \"seed\": 3}",
      "{\"stddev\": 2.0, \"seed\": 11}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = gaussian_noise_call,
};
