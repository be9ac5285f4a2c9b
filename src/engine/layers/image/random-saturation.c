/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/color.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor", "How strong: 0 is grey, 0.5 as it is, 1 as strong as possible"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
stretch (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  double lower = 0, upper = 0, least = 0, most = 255;
  StrataValue *hsv[3], *factor;

  strata_augment_get_range (self->factor, -1, &lower, &upper);
  strata_augment_get_range (self->value_range, -G_MAXDOUBLE, &least, &most);
  factor = strata_augment_draw4 (self, b, x, lower, upper, 0);
  factor = strata_divide (b, factor, strata_offset (b, strata_negative (b, factor), 1 + 1e-7));
  strata_color_to_hsv (b, x, hsv);
  hsv[1] = strata_clip (b, strata_multiply (b, hsv[1], factor), least, most);
  return strata_color_from_hsv (b, hsv);
}

static void
random_saturation_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  strata_augment_run (layer, b, call, stretch);
}

const StrataLayerInfo strata_layer_random_saturation = {
  .object = {
    .name = "RandomSaturation",
    .title = "Random saturation",
    .category = "Preprocessing",
    .description = "Makes the colours of images stronger or weaker at random while training",
    .formula = "saturation(y) = saturation(x) · s/(1 − s), s random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": [0.3, 0.6]}",
      "{\"factor\": [0.2, 0.2], \"seed\": 3}",
      NULL },
    .configured = strata_augment_signed_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_saturation_call,
};
