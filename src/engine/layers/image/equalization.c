/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"
#include "ops/equalize.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM (INT, StrataAugmentLayer, bins, "256", .minimum = 2, .maximum = 65536, .soft_minimum = 16,
                .soft_maximum = 256, .title = "Bins",
                .description = "Into how many shades numbers are sorted"),
  STRATA_PARAM_DATA_FORMAT (StrataAugmentLayer),
  { NULL },
};

static StrataValue *
equalize (StrataAugmentLayer *self,
          StrataBuilder      *b,
          StrataValue        *x)
{
  x = strata_equalize (b, strata_augment_rescale (b, x, self->value_range, NULL), self->bins);
  return strata_augment_rescale (b, x, NULL, self->value_range);
}

static void
equalization_call (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  strata_augment_run (layer, b, call, equalize);
}

const StrataLayerInfo strata_layer_equalization = {
  .object = {
    .name = "Equalization",
    .title = "Equalization",
    .category = "Preprocessing",
    .description = "Spreads the shades of a batch of images evenly, each channel by itself, while training",
    .formula = "y = low + (high − low) · share of pixels as dark as x or darker",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-5, 5]}",
      "{\"value_range\": [-5, 5], \"bins\": 16, \"data_format\": \"channels_first\"}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = equalization_call,
};
