/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "layers/regularization/dropout-base.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"

/* Where selu saturates: −α · λ. */
#define SATURATION (-1.6732632423543772 * 1.0507009873554805)

static const StrataParam params[] = {
  STRATA_PARAM_RATE,
  STRATA_PARAM_SEED (StrataDropoutLayer),
  STRATA_PARAM_NOISE_SHAPE,
  { NULL },
};

static void
alpha_dropout_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  StrataDropoutLayer *self = (StrataDropoutLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  StrataShape noise;

  if (!strata_dropout_get_noise_shape (self, b, &x->shape, &noise))
    return;
  if (call->training && self->rate > 0)
    {
      double scale = 1 / sqrt ((1 - self->rate) * (1 + self->rate * SATURATION * SATURATION));
      StrataValue *kept = strata_greater_equal (b, strata_draw_uniform (b, &noise, self->seed),
                                                strata_builder_scalar (b, self->rate));

      x = strata_where (b, kept, x, strata_builder_scalar (b, SATURATION));
      x = strata_offset (b, strata_scale (b, x, scale), -scale * SATURATION * self->rate);
    }
  strata_call_return (call, x);
}

const StrataLayerInfo strata_layer_alpha_dropout = {
  .object = {
    .name = "AlphaDropout",
    .title = "Alpha dropout",
    .category = "Regularization",
    .description = "Dropout for selu networks: mean and spread stay as they are",
    .formula = "y = a · (m · x + (1 − m) · α) + b, with α ≈ −1.758, and a, b that keep mean and variance",
    .params = params,
    .instance_size = sizeof (StrataDropoutLayer),
    .samples = (const char *const[]){
      "{\"rate\": 0.5}",
      "{\"rate\": 0.0}",
      "{\"rate\": 0.25, \"seed\": 3}",
      "{\"rate\": 0.4, \"noise_shape\": [null, 1, 3]}",
      "{\"rate\": 0.7, \"seed\": 11}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = alpha_dropout_call,
};
