/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include <string.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

typedef struct
{
  StrataLayer parent;
  StrataInts axis;
} Softmax;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, Softmax, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1, .soft_maximum = 3,
                .title = "Axis", .description = "Along which dimension the results sum to 1"),
  { NULL },
};

/* Several axes are moved last and made one. */
static StrataValue *
softmax_over (StrataBuilder    *b,
              StrataValue      *x,
              const StrataInts *axes)
{
  int permutation[STRATA_MAX_RANK], inverse[STRATA_MAX_RANK], rank = x->shape.rank, n = 0;
  StrataShape moved, flat;
  guint bits = 0;

  for (int i = 0; i < axes->n; i++)
    bits |= 1u << (axes->v[i] < 0 ? axes->v[i] + rank : axes->v[i]);
  for (int i = 0; i < rank; i++)
    if (!(bits & 1u << i))
      permutation[n++] = i;
  flat = (StrataShape){ .rank = n };
  for (int i = 0; i < rank; i++)
    if (bits & 1u << i)
      permutation[n++] = i;
  for (int i = 0; i < rank; i++)
    inverse[permutation[i]] = i;

  x = strata_transpose (b, x, permutation);
  moved = x->shape;
  memcpy (flat.dims, moved.dims, flat.rank * sizeof flat.dims[0]);
  strata_shape_append (&flat, strata_shape_get_span (&moved, flat.rank, moved.rank));
  x = strata_softmax (b, strata_reshape (b, x, &flat));
  return strata_transpose (b, strata_reshape (b, x, &moved), inverse);
}

static void
softmax_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  const StrataInts *axes = &((Softmax *) layer)->axis;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mask = strata_call_get_tensor (call, "mask");

  for (int i = 0; i < axes->n; i++)
    if (axes->v[i] < -x->shape.rank || axes->v[i] >= x->shape.rank)
      {
        strata_builder_fail (b, STRATA_ERROR_VALUE, "there is no axis %d in an input of %d dimensions",
                             (int) axes->v[i], x->shape.rank);
        return;
      }
  if (mask == NULL && strata_call_get_mask (call, 0) != NULL && call->masks[0]->shape.rank == x->shape.rank)
    mask = call->masks[0];
  if (mask != NULL)
    x = strata_where (b, mask, x, strata_builder_scalar (b, -3e38));
  x = axes->n > 1 ? softmax_over (b, x, axes) : strata_softmax_along (b, x, axes->v[0]);
  /* Where nothing counts, the result is not the mean of nothing, but zero. */
  strata_call_return (call, mask != NULL ? strata_where (b, mask, x, strata_builder_scalar (b, 0)) : x);
  call->output_masks[0] = mask;
}

const StrataLayerInfo strata_layer_softmax = {
  .object = {
    .name = "Softmax",
    .title = "Softmax",
    .category = "Activation",
    .description = "Makes probabilities of scores: all positive, together 1",
    .formula = "yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)",
    .params = params,
    .instance_size = sizeof (Softmax),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": 1}",
      "{\"axis\": -2}",
      "{\"axis\": [1, 2]}",
      "{\"axis\": [2, 3]}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_TAKES_MASK,
  .min_rank = 1,
  .sample_inputs = "2,4,3,2",
  .call = softmax_call,
};
