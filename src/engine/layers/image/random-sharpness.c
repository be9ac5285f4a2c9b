/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor", "How sharp: 0 is soft, 0.5 as it is, 1 sharp"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
sharpen (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  const float a = 1 / 13.0f, middle = 5 / 13.0f;
  double lower = 0, upper = 0;
  StrataTensor *kernel = strata_tensor_new_floats (&STRATA_SHAPE (3, 3, 1, 1),
                                                   (float[]){ a, a, a, a, middle, a, a, a, a });
  StrataValue *smooth = strata_augment_filter (b, x, strata_builder_constant (b, kernel)), *away;

  strata_augment_get_range (self->factor, 0, &lower, &upper);
  away = strata_augment_draw4 (self, b, x, 1 - 2 * lower, 1 - 2 * upper, 0);
  return strata_augment_clip (self, b, strata_add (b, x, strata_multiply (b, away, strata_subtract (b, smooth, x))));
}

static void
random_sharpness_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  strata_augment_run (layer, b, call, sharpen);
}

const StrataLayerInfo strata_layer_random_sharpness = {
  .object = {
    .name = "RandomSharpness",
    .title = "Random sharpness",
    .category = "Preprocessing",
    .description = "Makes images sharper or softer at random while training",
    .formula = "y = x + s · (blur(x) − x), s random between −1 and 1",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.3, \"value_range\": [-9, 9]}",
      "{\"factor\": [0.6, 0.9], \"seed\": 3, \"value_range\": [-9, 9]}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_sharpness_call,
};
