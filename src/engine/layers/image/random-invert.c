/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How probable it is that an image is inverted, or between what that is"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
invert (StrataAugmentLayer *self,
        StrataBuilder      *b,
        StrataValue        *x)
{
  double lower = 0, upper = 255;

  strata_augment_get_range (self->value_range, -G_MAXDOUBLE, &lower, &upper);
  return strata_where (b, strata_augment_choose (self, b, x, self->factor, 0),
                       strata_subtract (b, strata_builder_scalar (b, upper), x), x);
}

static void
random_invert_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  strata_augment_run (layer, b, call, invert);
}

const StrataLayerInfo strata_layer_random_invert = {
  .object = {
    .name = "RandomInvert",
    .title = "Random inversion",
    .category = "Preprocessing",
    .description = "Turns some images into their negative while training",
    .formula = "y = high − x",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"factor\": 0.5, \"value_range\": [0, 1]}",
      "{\"factor\": [0.2, 0.4], \"seed\": 3}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_invert_call,
};
