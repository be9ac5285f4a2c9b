/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (factor, "Factor",
                               "How far, as a part of a whole turn: 0.1 is up to 36 degrees either way"),
  STRATA_AUGMENT_PARAMS_FILL,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

/* Turns around the middle of the image. */
static StrataValue *
rotate (StrataAugmentLayer *self,
        StrataBuilder      *b,
        StrataValue        *x)
{
  double lower = 0, upper = 0, middle_x = (x->shape.dims[2] - 1) / 2.0, middle_y = (x->shape.dims[1] - 1) / 2.0;
  StrataValue *angle, *cosine, *sine, *minus;
  StrataAffineColumns columns;

  strata_augment_get_range (self->factor, -1, &lower, &upper);
  angle = strata_augment_draw (self, b, x, lower * 2 * G_PI, upper * 2 * G_PI, 0);
  cosine = strata_cos (b, angle);
  sine = strata_sin (b, angle);
  minus = strata_negative (b, sine);
  columns.numbers[0] = cosine;
  columns.numbers[1] = minus;
  columns.numbers[2] = strata_offset (b,
                                      strata_subtract (b, strata_scale (b, sine, middle_y),
                                                       strata_scale (b, cosine, middle_x)), middle_x);
  columns.numbers[3] = sine;
  columns.numbers[4] = cosine;
  columns.numbers[5] = strata_offset (b,
                                      strata_subtract (b, strata_scale (b, minus, middle_x),
                                                       strata_scale (b, cosine, middle_y)), middle_y);
  return strata_augment_move (self, b, x, &columns);
}

static void
random_rotation_call (StrataLayer   *layer,
                      StrataBuilder *b,
                      StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? rotate (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_rotation = {
  .object = {
    .name = "RandomRotation",
    .title = "Random rotation",
    .category = "Preprocessing",
    .description = "Turns images at random while training",
    .formula = "y(p) = x(R · p), with R a turn about the middle by 2π · f, f from lower to upper",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"factor\": 0.1}",
      "{\"factor\": [-0.2, 0.3], \"fill_mode\": \"constant\", \"fill_value\": 0.5}",
      "{\"factor\": 0.5, \"fill_mode\": \"wrap\", \"interpolation\": \"nearest\"}",
      "{\"factor\": 0.05, \"fill_mode\": \"nearest\", \"seed\": 3}",
      "{\"factor\": 0.1, \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_augment_signed_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_rotation_call,
};
