/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/json-numbers.h"
#include "ops/constants.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How probable it is that something is covered, or between what that is"),
  STRATA_PARAM (JSON, StrataAugmentLayer, scale, "[0.02, 0.33]", .title = "Scale",
                .description = "How large a part is covered"),
  { .name = "fill_value", .type = STRATA_PARAM_JSON, .offset = (int) G_STRUCT_OFFSET (StrataAugmentLayer, erased_value),
    .fallback = "null",
    .nullable = TRUE, .title = "Fill value",
    .description = "What covers it: a number, one for each channel, or none for noise" },
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_erasing_configured (StrataObject  *object,
                           GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  return strata_augment_normalize (&self->factor, "factor", 0, 1, error) &&
         strata_augment_normalize (&self->scale, "scale", 0, 1, error);
}

/* 1 along @axis from a place that is drawn on, for a length that is drawn, too. */
static StrataValue *
draw_span (StrataAugmentLayer *self,
           StrataBuilder      *b,
           StrataValue        *x,
           int                 axis,
           int                 which)
{
  double lower = 0, upper = 0;
  gint64 n = x->shape.dims[axis];
  StrataValue *place = strata_count_up (b, &STRATA_SHAPE (1, axis == 1 ? n : 1, axis == 2 ? n : 1, 1));
  StrataValue *length, *start;

  strata_augment_get_range (self->scale, 0, &lower, &upper);
  length = strata_scale (b, strata_sqrt (b, strata_augment_draw4 (self, b, x, lower, upper, which)), n);
  start = strata_multiply (b, strata_augment_draw4 (self, b, x, 0, 1, which + 1),
                           strata_offset (b, strata_negative (b, length), n));
  return strata_multiply (b, strata_greater_equal (b, place, start),
                          strata_less (b, place, strata_add (b, start, length)));
}

static StrataValue *
get_cover (StrataAugmentLayer *self,
           StrataBuilder      *b,
           StrataValue        *x)
{
  StrataTensor *given = strata_json_to_floats (self->erased_value);
  double lower = 0, upper = 255;

  if (given != NULL)
    return strata_augment_clip (self, b, strata_builder_constant (b, given));
  strata_augment_get_range (self->value_range, -G_MAXDOUBLE, &lower, &upper);
  return strata_augment_clip (self, b, strata_scale (b, strata_draw_normal (b, &x->shape, self->seed), upper));
}

static StrataValue *
erase (StrataAugmentLayer *self,
       StrataBuilder      *b,
       StrataValue        *x)
{
  StrataValue *covered = strata_multiply (b, draw_span (self, b, x, 1, 2), draw_span (self, b, x, 2, 4));

  covered = strata_multiply (b, covered, strata_augment_choose (self, b, x, self->factor, 0));
  return strata_where (b, covered, get_cover (self, b, x), x);
}

static void
random_erasing_call (StrataLayer   *layer,
                     StrataBuilder *b,
                     StrataCall    *call)
{
  strata_augment_run (layer, b, call, erase);
}

const StrataLayerInfo strata_layer_random_erasing = {
  .object = {
    .name = "RandomErasing",
    .title = "Random erasing",
    .category = "Preprocessing",
    .description = "Covers a part of some images while training",
    .formula = "y = fill in a random rectangle, x elsewhere",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"factor\": 0.5, \"fill_value\": 2.0, \"value_range\": [-9, 9]}",
      "{\"fill_value\": [1.0, 2.0, 3.0], \"scale\": [0.3, 0.5], \"seed\": 3}",
      NULL },
    .configured = random_erasing_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_erasing_call,
};
