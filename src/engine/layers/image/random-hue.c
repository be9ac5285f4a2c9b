/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/color.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor", "How far around the circle of colours: 1 is half of it"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
shift (StrataAugmentLayer *self,
       StrataBuilder      *b,
       StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *hsv[3], *way, *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1), *unit;
  g_autoptr (JsonNode) whole = json_from_string ("[0, 1]", NULL);

  strata_augment_get_range (self->factor, 0, &lower, &upper);
  strata_color_to_hsv (b, strata_augment_rescale (b, x, self->value_range, whole), hsv);
  unit = strata_augment_draw4 (self, b, x, lower * 0.5, upper * 0.5, 0);
  way = strata_augment_draw4 (self, b, x, -1, 1, 1);
  hsv[0] = strata_add (b, hsv[0], strata_where (b, strata_greater (b, way, zero), strata_negative (b, unit), unit));
  hsv[0] = strata_where (b, strata_greater (b, hsv[0], one), strata_offset (b, hsv[0], -1), hsv[0]);
  hsv[0] = strata_where (b, strata_less (b, hsv[0], zero), strata_offset (b, hsv[0], 1), hsv[0]);
  return strata_augment_rescale (b, strata_clip (b, strata_color_from_hsv (b, hsv), 0, 1), whole, self->value_range);
}

static void
random_hue_call (StrataLayer   *layer,
                 StrataBuilder *b,
                 StrataCall    *call)
{
  strata_augment_run (layer, b, call, shift);
}

const StrataLayerInfo strata_layer_random_hue = {
  .object = {
    .name = "RandomHue",
    .title = "Random hue",
    .category = "Preprocessing",
    .description = "Shifts the colours of images at random while training",
    .formula = "hue(y) = hue(x) + s, s random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.2, \"value_range\": [-9, 9]}",
      "{\"factor\": [0.5, 0.5], \"seed\": 3, \"value_range\": [-9, 9]}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_hue_call,
};
