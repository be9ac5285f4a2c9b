/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "layers/merging/merge-base.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  StrataInts axes;
  gboolean normalize;
} Dot;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, Dot, axes, NULL, .title = "Axes", .soft_minimum = -1, .soft_maximum = 3,
                .description = "Along which dimension of each input is multiplied and summed: one number for both, or "
                               "two"),
  STRATA_PARAM (BOOL, Dot, normalize, "false", .title = "Normalize",
                .description = "Whether to divide by the lengths first, which gives the cosine of the angle"),
  { NULL },
};

static gboolean
dot_configured (StrataObject  *object,
                GError       **error)
{
  Dot *self = (Dot *) object;

  if (self->axes.n >= 1 && self->axes.n <= 2)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "axes must be one or two whole numbers, not %d", self->axes.n);
  return FALSE;
}

static gboolean
get_axes (Dot              *self,
          StrataBuilder    *b,
          const StrataCall *call,
          int              *axes)
{
  gint64 sizes[2];

  if (!strata_merge_check_pair (b, call))
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      int rank = call->inputs[i]->shape.rank;

      axes[i] = self->axes.v[self->axes.n == 1 ? 0 : i];
      axes[i] += axes[i] < 0 ? rank : 0;
      if (axes[i] < 1 || axes[i] >= rank)
        {
          strata_builder_fail (b, STRATA_ERROR_VALUE,
                               "axes must name dimensions after the batch: input %d has %d dimensions", i + 1, rank);
          return FALSE;
        }
      sizes[i] = call->inputs[i]->shape.dims[axes[i]];
    }
  if (sizes[0] == sizes[1] || sizes[0] == STRATA_UNKNOWN || sizes[1] == STRATA_UNKNOWN)
    return TRUE;
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "expected the same size along axis %d of the first input and axis %d of the second, received "
                       "%" PRId64
                       " and %" PRId64, axes[0], axes[1], sizes[0], sizes[1]);
  return FALSE;
}

/* Divides by the length along @axis; a vector of zeros stays. */
static StrataValue *
normalize_along (StrataBuilder *b,
                 StrataValue   *x,
                 int            axis)
{
  StrataValue *inverse = strata_rsqrt (b, strata_reduce_sum (b, strata_square (b, x), STRATA_AXIS (axis), TRUE));

  return strata_multiply (b, x, strata_minimum (b, inverse, strata_builder_scalar (b, 1e7)));
}

/* (batch, ..., n) with @axis moved last and the dimensions between made one. */
static StrataValue *
to_matrix (StrataBuilder *b,
           StrataValue   *x,
           int            axis)
{
  int permutation[STRATA_MAX_RANK], n = 0, rank = x->shape.rank;
  StrataShape flat;

  for (int i = 0; i < rank; i++)
    if (i != axis)
      permutation[n++] = i;
  permutation[n] = axis;
  x = strata_transpose (b, x, permutation);
  flat = STRATA_SHAPE (x->shape.dims[0], strata_shape_get_span (&x->shape, 1, rank - 1), x->shape.dims[rank - 1]);
  return strata_reshape (b, x, &flat);
}

static void
dot_call (StrataLayer   *layer,
          StrataBuilder *b,
          StrataCall    *call)
{
  Dot *self = (Dot *) layer;
  StrataValue *inputs[2], *y;
  StrataShape shape;
  int axes[2];

  if (!get_axes (self, b, call, axes))
    return;
  if (call->inputs[0]->shape.rank + call->inputs[1]->shape.rank - 3 > STRATA_MAX_RANK)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "at most %d dimensions can come out", STRATA_MAX_RANK);
      return;
    }
  shape = STRATA_SHAPE (call->inputs[0]->shape.dims[0]);
  for (int i = 0; i < 2; i++)
    {
      StrataValue *x = strata_cast (b, call->inputs[i], STRATA_FLOAT32);

      for (int d = 1; d < x->shape.rank; d++)
        if (d != axes[i])
          strata_shape_append (&shape, x->shape.dims[d]);
      inputs[i] = to_matrix (b, self->normalize ? normalize_along (b, x, axes[i]) : x, axes[i]);
    }
  if (shape.rank == 1)
    strata_shape_append (&shape, 1);
  y = strata_matmul (b, inputs[0], inputs[1], FALSE, TRUE);
  strata_call_return (call, strata_reshape (b, y, &shape));
}

const StrataLayerInfo strata_layer_dot = {
  .object = {
    .name = "Dot",
    .title = "Dot product",
    .category = "Merging",
    .description = "Multiplies two inputs along one dimension of each and sums: how alike they are",
    .formula = "y[i, j] = Σₖ x₁[i, k] · x₂[j, k]",
    .params = params,
    .instance_size = sizeof (Dot),
    .samples = (const char *const[]){
      "{\"axes\": 2}",
      "{\"axes\": [1, 1]}",
      "{\"axes\": -1, \"normalize\": true}",
      "{\"axes\": [1, 2]}",
      "{\"axes\": [-1, 1], \"normalize\": true}",
      NULL },
    .configured = dot_configured,
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,4,4;2,4,4",
  .call = dot_call,
};
