/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/elastic.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How probable it is that an image is bent, or between what that is"),
  STRATA_PARAM (JSON, StrataAugmentLayer, scale, "1.0", .title = "Scale",
                .description = "How strongly it is bent, from 0 to 1, or between what that is"),
  STRATA_AUGMENT_PARAM_INTERPOLATION ("How the pixels between are made up"),
  STRATA_PARAM (CHOICE, StrataAugmentLayer, fill_mode, "\"reflect\"",
                .choices = STRATA_CHOICES ("reflect", "constant", "nearest", "wrap", "mirror"),
                .title = "Fill mode", .description = "What appears where the image has moved away"),
  STRATA_PARAM (FLOAT, StrataAugmentLayer, fill_value, "0.0", .soft_minimum = 0, .soft_maximum = 255,
                .title = "Fill value",
                .description = "The number that appears with fill mode constant"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_elastic_transform_configured (StrataObject  *object,
                                     GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  return strata_augment_normalize (&self->factor, "factor", 0, 1, error) &&
         strata_augment_normalize (&self->scale, "scale", 0, 1, error);
}

static StrataValue *
bend (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  double lower = 0, upper = 0, never, always;
  gint64 most = MAX (x->shape.dims[1], x->shape.dims[2]), least = MIN (x->shape.dims[1], x->shape.dims[2]);
  StrataMapOptions options = { STRATA_MAP_REFLECT, g_str_equal (self->interpolation, "nearest"), self->fill_value };
  StrataValue *strength, *y;

  strata_augment_get_range (self->factor, 0, &never, &always);
  strata_augment_get_range (self->scale, 0, &lower, &upper);
  if (upper == 0 || always == 0 || !strata_shape_is_known (&x->shape))
    return x;
  strata_map_fill_from_name (self->fill_mode, &options.fill);
  strength = strata_draw_uniform (b, &STRATA_SCALAR, strata_augment_get_seed (self, 2));
  strength = strata_offset (b, strata_scale (b, strength, upper - lower), lower);
  y = strata_elastic (b, x, strata_scale (b, strength, 0.1 * most), strata_scale (b, strength, 0.05 * least),
                      6 * (gint64) (0.05 * upper * least) + 1, &options,
                      (gint64[]){ strata_augment_get_seed (self, 3), strata_augment_get_seed (self, 4) });
  return strata_augment_clip (self, b, strata_where (b, strata_augment_choose (self, b, x, self->factor, 0), y, x));
}

static void
random_elastic_transform_call (StrataLayer   *layer,
                               StrataBuilder *b,
                               StrataCall    *call)
{
  strata_augment_run (layer, b, call, bend);
}

const StrataLayerInfo strata_layer_random_elastic_transform = {
  .object = {
    .name = "RandomElasticTransform",
    .title = "Random bending",
    .category = "Preprocessing",
    .description = "Bends images as if they were printed on rubber, while training",
    .formula = "y[p] = x[p + d(p)], d smooth and random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-9, 9]}",
      "{\"factor\": [0.5, 0.6], \"scale\": 0.4, \"interpolation\": \"nearest\", \"fill_mode\": \"constant\", "
      "\"value_range\": [-9, 9], \"seed\": 3}",
      "{\"scale\": 0.0, \"fill_mode\": \"wrap\"}",
      NULL },
    .configured = random_elastic_transform_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_elastic_transform_call,
};
