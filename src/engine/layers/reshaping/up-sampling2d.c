/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/upsampling-base.h"
#include "ops/resize.h"

static const StrataParam params[] = {
  STRATA_UPSAMPLING_PARAM_SIZE (2, "2"),
  STRATA_PARAM_DATA_FORMAT (StrataUpSamplingLayer),
  STRATA_PARAM (CHOICE, StrataUpSamplingLayer, interpolation, "\"nearest\"",
                .choices = STRATA_CHOICES (STRATA_RESIZE_METHODS),
                .title = "Interpolation", .description = "How the pixels between are made up"),
  { NULL },
};

const StrataLayerInfo strata_layer_up_sampling2d = {
  .object = {
    .name = "UpSampling2D",
    .title = "Upsampling 2D",
    .category = "Reshaping",
    .description = "Makes an image larger by repeating its pixels or by blending them",
    .formula = "y[i] = x[⌊i / size⌋]",
    .params = params,
    .instance_size = sizeof (StrataUpSamplingLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"size\": [1, 3]}",
      "{\"size\": 2, \"interpolation\": \"bilinear\"}",
      "{\"size\": [3, 2], \"interpolation\": \"bicubic\"}",
      "{\"size\": 2, \"interpolation\": \"lanczos3\"}",
      "{\"size\": 2, \"interpolation\": \"lanczos5\"}",
      "{\"size\": [2, 1], \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,4,3,3",
  .call = strata_upsampling_layer_call,
};
