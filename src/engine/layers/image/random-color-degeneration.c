/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/color.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor", "How far towards grey: 0 is not at all, 1 wholly"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
fade (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *gray = strata_color_to_gray (b, x);

  strata_augment_get_range (self->factor, -1, &lower, &upper);
  x = strata_add (b, x,
                  strata_multiply (b, strata_augment_draw4 (self, b, x, lower, upper, 0),
                                   strata_subtract (b, gray, x)));
  return strata_augment_clip (self, b, x);
}

static void
random_color_degeneration_call (StrataLayer   *layer,
                                StrataBuilder *b,
                                StrataCall    *call)
{
  strata_augment_run (layer, b, call, fade);
}

const StrataLayerInfo strata_layer_random_color_degeneration = {
  .object = {
    .name = "RandomColorDegeneration",
    .title = "Random colour loss",
    .category = "Preprocessing",
    .description = "Takes colour from images at random while training",
    .formula = "y = x + s · (grey(x) − x), s random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.5, \"value_range\": [-9, 9]}",
      "{\"factor\": [0.2, 0.4], \"seed\": 3, \"value_range\": [-9, 9]}",
      NULL },
    .configured = strata_augment_signed_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_color_degeneration_call,
};
