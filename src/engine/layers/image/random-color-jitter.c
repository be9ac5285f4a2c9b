/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM (JSON, StrataAugmentLayer, brightness_factor, "null", .nullable = TRUE, .title = "Brightness factor",
                .description = "How much as in RandomBrightness; none for not at all"),
  STRATA_PARAM (JSON, StrataAugmentLayer, contrast_factor, "null", .nullable = TRUE, .title = "Contrast factor",
                .description = "How much as in RandomContrast; none for not at all"),
  STRATA_PARAM (JSON, StrataAugmentLayer, saturation_factor, "null", .nullable = TRUE, .title = "Saturation factor",
                .description = "How much as in RandomSaturation; none for not at all"),
  STRATA_PARAM (JSON, StrataAugmentLayer, hue_factor, "null", .nullable = TRUE, .title = "Hue factor",
                .description = "How much as in RandomHue; none for not at all"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
apply (StrataAugmentLayer *self,
       StrataBuilder      *b,
       StrataValue        *x,
       const char         *class_name,
       JsonNode           *factor,
       int                 which)
{
  JsonObject *config;

  if (factor == NULL || JSON_NODE_HOLDS_NULL (factor))
    return x;
  config = json_object_new ();
  json_object_set_member (config, "factor", json_node_copy (factor));
  json_object_set_member (config, "value_range", json_node_copy (self->value_range));
  return strata_augment_apply (self, b, x, class_name, config, which);
}

static StrataValue *
jitter (StrataAugmentLayer *self,
        StrataBuilder      *b,
        StrataValue        *x)
{
  x = apply (self, b, x, "RandomBrightness", self->brightness_factor, 1);
  x = apply (self, b, x, "RandomContrast", self->contrast_factor, 2);
  x = apply (self, b, x, "RandomSaturation", self->saturation_factor, 3);
  return apply (self, b, x, "RandomHue", self->hue_factor, 4);
}

static void
random_color_jitter_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  strata_augment_run (layer, b, call, jitter);
}

const StrataLayerInfo strata_layer_random_color_jitter = {
  .object = {
    .name = "RandomColorJitter",
    .title = "Random colours",
    .category = "Preprocessing",
    .description = "Changes brightness, contrast, saturation and hue of images at random while training",
    .formula = "y = hue(saturation(contrast(brightness(x)))), each random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"value_range\": [-9, 9], \"brightness_factor\": 0.2, \"contrast_factor\": 0.3, \"seed\": 3}",
      "{\"saturation_factor\": [0.4, 0.6], \"hue_factor\": [0.1, 0.2], \"value_range\": [-9, 9]}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_color_jitter_call,
};
