/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  gint64 n;
} RepeatVector;

static const StrataParam params[] = {
  STRATA_PARAM (INT, RepeatVector, n, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1, .soft_maximum = 100,
                .title = "Times", .description = "How many times the vector comes out"),
  { NULL },
};

static void
repeat_vector_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  StrataValue *x = strata_expand_dims (b, call->inputs[0], 1);
  StrataShape shape = x->shape;

  shape.dims[1] = ((RepeatVector *) layer)->n;
  strata_call_return (call, strata_broadcast_to (b, x, &shape));
}

const StrataLayerInfo strata_layer_repeat_vector = {
  .object = {
    .name = "RepeatVector",
    .title = "Repeat vector",
    .category = "Reshaping",
    .description = "Makes a sequence of one vector by repeating it",
    .formula = "y[t, c] = x[c]",
    .params = params,
    .instance_size = sizeof (RepeatVector),
    .samples = (const char *const[]){
      "{\"n\": 1}",
      "{\"n\": 2}",
      "{\"n\": 3}",
      "{\"n\": 5}",
      "{\"n\": 7}",
      NULL },
  },
  .min_rank = 2,
  .max_rank = 2,
  .sample_inputs = "2,4",
  .call = repeat_vector_call,
};
