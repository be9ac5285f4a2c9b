/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/color.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  { .name = "factor", .type = STRATA_PARAM_FLOAT, .offset = (int) G_STRUCT_OFFSET (StrataAugmentLayer, probability),
    .fallback = "0.5",
    .minimum = 0, .maximum = 1, .soft_minimum = 0, .soft_maximum = 1, .title = "Factor",
    .description = "How probable it is that an image becomes grey" },
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
fade (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  StrataValue *chosen = strata_less (b, strata_augment_draw4 (self, b, x, 0, 1, 0),
                                     strata_builder_scalar (b, self->probability));

  return strata_where (b, chosen, strata_color_to_gray (b, x), x);
}

static void
random_grayscale_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  strata_augment_run (layer, b, call, fade);
}

const StrataLayerInfo strata_layer_random_grayscale = {
  .object = {
    .name = "RandomGrayscale",
    .title = "Random grey",
    .category = "Preprocessing",
    .description = "Makes some images grey while training",
    .formula = "y = 0.2989 · red + 0.587 · green + 0.114 · blue, in all channels",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"factor\": 1.0}",
      "{\"factor\": 0.2, \"seed\": 3}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_grayscale_call,
};
