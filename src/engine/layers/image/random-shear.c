/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, x_factor, "0.0", .title = "Horizontal factor",
                .description = "How far rows move against each other"),
  STRATA_PARAM (JSON, StrataAugmentLayer, y_factor, "0.0", .title = "Vertical factor",
                .description = "How far columns move against each other"),
  STRATA_AUGMENT_PARAMS_FILL,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_shear_configured (StrataObject  *object,
                         GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  return strata_augment_normalize (&self->x_factor, "x_factor", -1, 1, error) &&
         strata_augment_normalize (&self->y_factor, "y_factor", -1, 1, error);
}

static StrataValue *
slant (StrataAugmentLayer *self,
       StrataBuilder      *b,
       StrataValue        *x)
{
  double lower = 0, upper = 0;
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1), *way, *factors[2];
  StrataAffineColumns columns = { { one, zero, zero, zero, one, zero } };

  way = strata_greater (b, strata_augment_draw (self, b, x, -1, 1, 0), zero);
  strata_augment_get_range (self->x_factor, -1, &lower, &upper);
  factors[0] = strata_augment_draw (self, b, x, lower, upper, 1);
  strata_augment_get_range (self->y_factor, -1, &lower, &upper);
  factors[1] = strata_augment_draw (self, b, x, lower, upper, 2);
  columns.numbers[1] = strata_where (b, way, strata_negative (b, factors[0]), factors[0]);
  columns.numbers[3] = strata_where (b, way, strata_negative (b, factors[1]), factors[1]);
  return strata_augment_move (self, b, x, &columns);
}

static void
random_shear_call (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  strata_augment_run (layer, b, call, slant);
}

const StrataLayerInfo strata_layer_random_shear = {
  .object = {
    .name = "RandomShear",
    .title = "Random shear",
    .category = "Preprocessing",
    .description = "Slants images at random while training",
    .formula = "y[u, v] = x[u + s·v, v + t·u], s and t random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"x_factor\": 0.3}",
      "{\"x_factor\": [0.1, 0.4], \"y_factor\": 0.2, \"fill_mode\": \"constant\", \"interpolation\": \"nearest\", "
      "\"seed\": 3}",
      NULL },
    .configured = random_shear_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_shear_call,
};
