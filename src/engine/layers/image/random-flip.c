/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (CHOICE, StrataAugmentLayer, mode, "\"horizontal_and_vertical\"",
                .choices = STRATA_CHOICES ("horizontal", "vertical", "horizontal_and_vertical"), .title = "Mode",
                .description = "Whether left and right change places, or top and bottom, or either"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

/* Each image is mirrored, or not, by a throw of its own. */
static StrataValue *
flip_axis (StrataAugmentLayer *self,
           StrataBuilder      *b,
           StrataValue        *x,
           int                 axis)
{
  StrataValue *draw = strata_augment_draw (self, b, x, 0, 1, axis), *flips;

  flips = strata_less_equal (b, draw, strata_builder_scalar (b, 0.5));
  flips = strata_reshape (b, flips, &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
  return strata_where (b, flips, strata_reverse (b, x, axis), x);
}

static StrataValue *
flip (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  if (!g_str_equal (self->mode, "vertical"))
    x = flip_axis (self, b, x, 2);
  return g_str_equal (self->mode, "horizontal") ? x : flip_axis (self, b, x, 1);
}

static void
random_flip_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? flip (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_flip = {
  .object = {
    .name = "RandomFlip",
    .title = "Random flip",
    .category = "Preprocessing",
    .description = "Mirrors images at random while training",
    .formula = "y[i] = x[n − 1 − i], for about every second image",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"mode\": \"horizontal\"}",
      "{\"mode\": \"vertical\", \"seed\": 3}",
      "{\"data_format\": \"channels_first\"}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_flip_call,
};
