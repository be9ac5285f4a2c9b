/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor",
                               "How many bits of eight are left of each number, or from how many to below how many"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_posterization_configured (StrataObject  *object,
                                 GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  return strata_augment_normalize (&self->factor, "factor", 1, 8, error);
}

static StrataValue *
reduce (StrataAugmentLayer *self,
        StrataBuilder      *b,
        StrataValue        *x)
{
  double lower = 1, upper = 8;
  StrataValue *step;

  strata_augment_get_range (self->factor, 1, &lower, &upper);
  step = lower == upper ? strata_builder_scalar (b, lower)
         : strata_floor (b, strata_augment_draw4 (self, b, x, lower, upper, 0));
  step = strata_round (b,
                       strata_power (b, strata_builder_scalar (b, 2), strata_offset (b, strata_negative (b, step), 8)));
  x = strata_clip (b, strata_floor (b, strata_augment_rescale (b, x, self->value_range, NULL)), 0, 255);
  x = strata_multiply (b, strata_floor (b, strata_divide (b, x, step)), step);
  return strata_augment_rescale (b, x, NULL, self->value_range);
}

static void
random_posterization_call (StrataLayer   *layer,
                           StrataBuilder *b,
                           StrataCall    *call)
{
  strata_augment_run (layer, b, call, reduce);
}

const StrataLayerInfo strata_layer_random_posterization = {
  .object = {
    .name = "RandomPosterization",
    .title = "Random posterization",
    .category = "Preprocessing",
    .description = "Leaves images fewer shades at random while training",
    .formula = "y = ⌊x / 2^(8−bits)⌋ · 2^(8−bits)",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": [3, 3]}",
      "{\"factor\": [2, 6], \"seed\": 3, \"value_range\": [-9, 9]}",
      NULL },
    .configured = random_posterization_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_posterization_call,
};
