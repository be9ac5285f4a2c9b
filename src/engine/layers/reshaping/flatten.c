/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/spatial.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  char *data_format;
} Flatten;

static const StrataParam params[] = { STRATA_PARAM_DATA_FORMAT (Flatten), { NULL } };

static void
flatten_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *x = strata_to_channels_last (b, call->inputs[0], ((Flatten *) layer)->data_format);
  StrataShape shape = STRATA_SHAPE (x->shape.dims[0], strata_shape_get_span (&x->shape, 1, x->shape.rank));

  strata_call_return (call, strata_reshape (b, x, &shape));
}

const StrataLayerInfo strata_layer_flatten = {
  .object = {
    .name = "Flatten",
    .title = "Flatten",
    .category = "Reshaping",
    .description = "Lays all numbers of a sample in one row, as Dense layers expect them",
    .formula = "y[(i · width + j) · channels + k] = x[i, j, k]",
    .params = params,
    .instance_size = sizeof (Flatten),
    .samples = (const char *const[]){
      "{}",
      "{\"data_format\": \"channels_first\"}",
      "{\"data_format\": \"channels_last\", \"name\": \"row\"}",
      NULL },
  },
  .min_rank = 1,
  .sample_inputs = "2,3,4,5",
  .call = flatten_call,
};
