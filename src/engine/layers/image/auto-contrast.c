/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM_DATA_FORMAT (StrataAugmentLayer),
  { NULL },
};

static StrataValue *
stretch (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  StrataValue *y = strata_augment_rescale (b, x, self->value_range, NULL), *low, *high, *scale;

  low = strata_reduce_min (b, y, STRATA_AXIS (1) | STRATA_AXIS (2), TRUE);
  high = strata_reduce_max (b, y, STRATA_AXIS (1) | STRATA_AXIS (2), TRUE);
  scale = strata_divide_no_nan (b, strata_builder_scalar (b, 255), strata_subtract (b, high, low));
  y = strata_clip (b, strata_subtract (b, strata_multiply (b, y, scale), strata_multiply (b, low, scale)), 0, 255);
  /* A channel of one shade has no contrast to stretch. */
  return strata_where (b, strata_greater (b, high, low), strata_augment_rescale (b, y, NULL, self->value_range), x);
}

static void
auto_contrast_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  /* Keras looks at the first two dimensions after the batch, whatever the order of dimensions. */
  if (x->shape.rank == 3)
    strata_call_return (call, strata_squeeze (b, stretch (self, b, strata_expand_dims (b, x, 0)), 0));
  else
    strata_call_return (call, stretch (self, b, x));
}

const StrataLayerInfo strata_layer_auto_contrast = {
  .object = {
    .name = "AutoContrast",
    .title = "Auto contrast",
    .category = "Preprocessing",
    .description = "Stretches each channel of an image to the whole range of values, in training and after it",
    .formula = "y = low + (x − min x) · (high − low) / (max x − min x)",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-9, 9]}",
      "{\"value_range\": [-5, 5], \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = auto_contrast_call,
};
