/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (height_factor, "Height factor", "How far up or down, as a part of the height"),
  STRATA_AUGMENT_PARAM_FACTOR (width_factor, "Width factor", "How far left or right, as a part of the width"),
  STRATA_AUGMENT_PARAMS_FILL,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_translation_configured (StrataObject  *object,
                               GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  double lower, upper;

  if (strata_augment_get_range (self->height_factor, -1, &lower, &upper) &&
      (self->width_factor == NULL || JSON_NODE_HOLDS_NULL (self->width_factor) ||
       strata_augment_get_range (self->width_factor, -1, &lower, &upper)))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "height_factor and width_factor must be a number each, or a list of two");
  return FALSE;
}

static StrataValue *
shift (StrataAugmentLayer *self,
       StrataBuilder      *b,
       StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataAffineColumns columns = { { one, zero, zero, zero, one, zero } };

  strata_augment_get_range (self->height_factor, -1, &lower, &upper);
  columns.numbers[5] = strata_scale (b, strata_augment_draw (self, b, x, lower, upper, 0), -x->shape.dims[1]);
  strata_augment_get_range (self->width_factor, -1, &lower, &upper);
  columns.numbers[2] = strata_scale (b, strata_augment_draw (self, b, x, lower, upper, 1), -x->shape.dims[2]);
  return strata_augment_move (self, b, x, &columns);
}

static void
random_translation_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? shift (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_translation = {
  .object = {
    .name = "RandomTranslation",
    .title = "Random translation",
    .category = "Preprocessing",
    .description = "Shifts images at random while training",
    .formula = "y(p) = x(p − shift · size), with a shift from lower to upper",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"height_factor\": 0.2, \"width_factor\": 0.2}",
      "{\"height_factor\": [-0.3, 0.1], \"width_factor\": 0.0, \"fill_mode\": \"wrap\"}",
      "{\"height_factor\": 0.5, \"width_factor\": 0.3, \"fill_mode\": \"constant\", \"interpolation\": \"nearest\"}",
      "{\"height_factor\": 0.2, \"width_factor\": 0.1, \"seed\": 3, \"fill_mode\": \"nearest\"}",
      NULL },
    .configured = random_translation_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_translation_call,
};
