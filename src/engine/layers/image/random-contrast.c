/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor",
                               "How much: contrast is multiplied by 1 minus the first number to 1 plus the second"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

/* Each channel moves away from its mean, or towards it. */
static StrataValue *
stretch (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *mean = strata_reduce_mean (b, x, STRATA_AXIS (1) | STRATA_AXIS (2), TRUE), *factor;

  strata_augment_get_range (self->factor, 0, &lower, &upper);
  factor = strata_reshape (b, strata_augment_draw (self, b, x, 1 - lower, 1 + upper, 0),
                           &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
  return strata_augment_clip (self, b, strata_add (b, strata_multiply (b, strata_subtract (b, x, mean), factor), mean));
}

static void
random_contrast_call (StrataLayer   *layer,
                      StrataBuilder *b,
                      StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? stretch (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_contrast = {
  .object = {
    .name = "RandomContrast",
    .title = "Random contrast",
    .category = "Preprocessing",
    .description = "Makes images harder or softer at random while training",
    .formula = "y = mean + f · (x − mean), with f from 1 − lower to 1 + upper",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.2, \"value_range\": [-5, 5]}",
      "{\"factor\": [0.1, 0.4], \"value_range\": [-5, 5], \"seed\": 3}",
      "{\"factor\": 0.5, \"value_range\": [-1, 1]}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_contrast_call,
};
