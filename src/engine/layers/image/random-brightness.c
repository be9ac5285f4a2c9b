/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor", "How much, as a part of the value range"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
lighten (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  double lower = 0, upper = 0, dark = 0, light = 255;
  StrataValue *change;

  strata_augment_get_range (self->factor, -1, &lower, &upper);
  strata_augment_get_range (self->value_range, -G_MAXDOUBLE, &dark, &light);
  change = strata_scale (b, strata_augment_draw (self, b, x, lower, upper, 0), light - dark);
  return strata_augment_clip (self, b,
                              strata_add (b, x, strata_reshape (b, change, &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1))));
}

static void
random_brightness_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? lighten (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_brightness = {
  .object = {
    .name = "RandomBrightness",
    .title = "Random brightness",
    .category = "Preprocessing",
    .description = "Makes images lighter or darker at random while training",
    .formula = "y = x + δ · (high − low), with δ from lower to upper",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.2, \"value_range\": [-5, 5]}",
      "{\"factor\": [0.1, 0.4], \"value_range\": [-5, 5], \"seed\": 3}",
      "{\"factor\": 0.5, \"value_range\": [-1, 1]}",
      NULL },
    .configured = strata_augment_signed_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_brightness_call,
};
