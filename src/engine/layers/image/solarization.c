/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, addition_factor, "0.0", .title = "Addition factor",
                .description = "How much is added before, as a part of 255, or between what that is"),
  STRATA_PARAM (JSON, StrataAugmentLayer, threshold_factor, "0.0", .title = "Threshold factor",
                .description = "What is bright, as a part of 255, or between what that is"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
solarization_configured (StrataObject  *object,
                         GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  return strata_augment_normalize (&self->addition_factor, "addition_factor", 0, 1, error) &&
         strata_augment_normalize (&self->threshold_factor, "threshold_factor", 0, 1, error);
}

static StrataValue *
solarize (StrataAugmentLayer *self,
          StrataBuilder      *b,
          StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *added, *threshold;

  /* Keras counts only the upper ends in parts of 255. */
  strata_augment_get_range (self->addition_factor, 0, &lower, &upper);
  added = strata_augment_draw4 (self, b, x, lower, upper * 255, 0);
  strata_augment_get_range (self->threshold_factor, 0, &lower, &upper);
  threshold = strata_augment_draw4 (self, b, x, lower, upper * 255, 1);
  x = strata_clip (b, strata_add (b, strata_augment_rescale (b, x, self->value_range, NULL), added), 0, 255);
  x = strata_where (b, strata_less (b, x, threshold), x, strata_offset (b, strata_negative (b, x), 255));
  return strata_augment_rescale (b, x, NULL, self->value_range);
}

static void
solarization_call (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  strata_augment_run (layer, b, call, solarize);
}

const StrataLayerInfo strata_layer_solarization = {
  .object = {
    .name = "Solarization",
    .title = "Solarization",
    .category = "Preprocessing",
    .description = "Inverts what is brighter than a threshold, at random while training",
    .formula = "y = x + addition where that is below the threshold, elsewhere high − (x + addition)",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-9, 9]}",
      "{\"addition_factor\": 0.2, \"threshold_factor\": [0.3, 0.6], \"value_range\": [-9, 9], \"seed\": 3}",
      NULL },
    .configured = solarization_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = solarization_call,
};
