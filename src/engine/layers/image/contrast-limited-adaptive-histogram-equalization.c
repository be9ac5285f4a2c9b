/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/equalize.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM (FLOAT, StrataAugmentLayer, clip_limit, "4.0", .minimum = 0, .maximum = 1e6, .soft_minimum = 1,
                .soft_maximum = 10, .title = "Clip limit",
                .description = "How many times as common as on the average a shade may be before it is cut; 0 for no "
                               "limit"),
  STRATA_PARAM (INTS, StrataAugmentLayer, tile_grid_size, "[8, 8]", .count = 2, .minimum = 1, .maximum = 1024,
                .soft_minimum = 2, .soft_maximum = 16,
                .title = "Tiles",
                .description = "How many parts the image has from top to bottom and from left to right"),
  STRATA_PARAM_DATA_FORMAT (StrataAugmentLayer),
  { NULL },
};

static void
clahe_call (StrataLayer   *layer,
            StrataBuilder *b,
            StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  x = strata_equalize_tiles (b, strata_augment_rescale (b, x, self->value_range, NULL), self->tile_grid_size.v[0],
                             self->tile_grid_size.v[1], self->clip_limit);
  strata_augment_leave (self, b, call, strata_augment_rescale (b, x, NULL, self->value_range));
}

const StrataLayerInfo strata_layer_contrast_limited_adaptive_histogram_equalization = {
  .object = {
    .name = "ContrastLimitedAdaptiveHistogramEqualization",
    .title = "Adaptive equalization",
    .category = "Preprocessing",
    .description = "Spreads the shades of an image evenly, each part of it by itself (CLAHE)",
    .formula = "y = Σ min(h[t], limit) over t ≤ x, h the histogram of the tile",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-5, 5], \"tile_grid_size\": [2, 2]}",
      "{\"value_range\": [-5, 5], \"tile_grid_size\": 2, \"clip_limit\": 0.0, \"data_format\": \"channels_first\"}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = clahe_call,
};
