/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/homography.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

typedef struct
{
  StrataAugmentLayer parent;
  double scale;
} RandomPerspective;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How probable it is that an image is tilted, or between what that is"),
  STRATA_PARAM (FLOAT, RandomPerspective, scale, "1.0", .minimum = 0, .maximum = 1, .title = "Scale",
                .description = "How far corners move, as a part of their way from the first"),
  STRATA_AUGMENT_PARAM_INTERPOLATION ("How the pixels between are made up"),
  STRATA_PARAM (FLOAT, StrataAugmentLayer, fill_value, "0.0", .soft_minimum = 0, .soft_maximum = 255,
                .title = "Fill value",
                .description = "The number that appears where the image has moved away"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
tilt (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  double scale = ((RandomPerspective *) self)->scale;
  float right = x->shape.dims[2] - 1, bottom = x->shape.dims[1] - 1;
  float corners[] = { 0, 0, right, 0, 0, bottom, right, bottom };
  StrataShape shape = STRATA_SHAPE (x->shape.dims[0], 4, 2);
  StrataAffineOptions options = { STRATA_FILL_CONSTANT, g_str_equal (self->interpolation, "nearest"),
                                  self->fill_value };
  StrataValue *start, *shift, *end, *matrix, *y;

  if (x->shape.dims[1] < 0 || x->shape.dims[2] < 0)
    return x;
  start = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 4, 2), corners));
  start = strata_broadcast_to (b, start, &shape);
  shift = strata_scale (b, strata_offset (b, strata_draw_uniform (b, &shape, strata_augment_get_seed (self, 2)), -0.5),
                        scale);
  end = strata_add (b, start, strata_multiply (b, start, shift));
  matrix = strata_homography (b, start, end);
  y = strata_affine (b, x, matrix, &options);
  return strata_where (b, strata_augment_choose (self, b, x, self->factor, 0), y, x);
}

static void
random_perspective_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  strata_augment_run (layer, b, call, tilt);
}

const StrataLayerInfo strata_layer_random_perspective = {
  .object = {
    .name = "RandomPerspective",
    .title = "Random perspective",
    .category = "Preprocessing",
    .description = "Tilts images as if they were seen from another place, while training",
    .formula = "y[u, v] = x[(a·u + b·v + c)/w, (d·u + e·v + f)/w], w = g·u + h·v + 1",
    .params = params,
    .instance_size = sizeof (RandomPerspective),
    .samples = (const char *const[]){
      "{\"scale\": 0.2}",
      "{\"factor\": [0.5, 0.6], \"scale\": 0.4, \"interpolation\": \"nearest\", \"fill_value\": 2.0, \"seed\": 3}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_perspective_call,
};
