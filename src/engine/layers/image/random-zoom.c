/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_FACTOR (height_factor, "Height factor",
                               "How far: 0.2 is up to a fifth smaller or larger; a list gives both ends, negative for "
                               "larger"),
  STRATA_PARAM (JSON, StrataAugmentLayer, width_factor, "null", .nullable = TRUE, .title = "Width factor",
                .description = "The same for the width; as for the height where nothing is given"),
  STRATA_AUGMENT_PARAMS_FILL,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_zoom_configured (StrataObject  *object,
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
zoom (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  double lower = 0, upper = 0, middle_x = (x->shape.dims[2] - 1) / 2.0, middle_y = (x->shape.dims[1] - 1) / 2.0;
  StrataValue *height, *width, *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataAffineColumns columns;

  strata_augment_get_range (self->height_factor, -1, &lower, &upper);
  height = width = strata_augment_draw (self, b, x, 1 + lower, 1 + upper, 0);
  if (strata_augment_get_range (self->width_factor, -1, &lower, &upper))
    width = strata_augment_draw (self, b, x, 1 + lower, 1 + upper, 1);
  columns.numbers[0] = width;
  columns.numbers[1] = columns.numbers[3] = zero;
  columns.numbers[2] = strata_scale (b, strata_subtract (b, one, width), middle_x);
  columns.numbers[4] = height;
  columns.numbers[5] = strata_scale (b, strata_subtract (b, one, height), middle_y);
  return strata_augment_move (self, b, x, &columns);
}

static void
random_zoom_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? zoom (self, b, x) : x);
}

const StrataLayerInfo strata_layer_random_zoom = {
  .object = {
    .name = "RandomZoom",
    .title = "Random zoom",
    .category = "Preprocessing",
    .description = "Makes images larger or smaller at random while training",
    .formula = "y(p) = x((1 + f) · p) about the middle, with f from lower to upper",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"height_factor\": 0.2}",
      "{\"height_factor\": [-0.3, 0.1], \"width_factor\": 0.2}",
      "{\"height_factor\": 0.5, \"fill_mode\": \"constant\", \"interpolation\": \"nearest\"}",
      "{\"height_factor\": 0.2, \"seed\": 3, \"fill_mode\": \"wrap\"}",
      NULL },
    .configured = random_zoom_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_zoom_call,
};
