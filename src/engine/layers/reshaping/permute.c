/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  StrataInts dims;
} Permute;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, Permute, dims, NULL, .minimum = 1, .maximum = STRATA_MAX_RANK - 1, .soft_minimum = 1,
                .soft_maximum = 4,
                .title = "Dimensions",
                .description = "For each dimension after the batch, which one stands there, counted from 1"),
  { NULL },
};

static gboolean
permute_configured (StrataObject  *object,
                    GError       **error)
{
  Permute *self = (Permute *) object;
  guint seen = 0;

  self->dims.scalar = FALSE;
  for (int i = 0; i < self->dims.n; i++)
    seen |= 1u << self->dims.v[i];
  if (self->dims.n < STRATA_MAX_RANK && seen == (2u << self->dims.n) - 2)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "dims must name each dimension from 1 to %d once; the batch stays where it is",
                    self->dims.n);
  return FALSE;
}

static void
permute_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  const StrataInts *dims = &((Permute *) layer)->dims;
  StrataValue *x = call->inputs[0];
  int permutation[STRATA_MAX_RANK] = { 0 };

  if (x->shape.rank != dims->n + 1)
    {
      g_autofree char *shape = strata_shape_to_string (&x->shape);

      strata_builder_fail (b, STRATA_ERROR_SHAPE, "dims names %d dimensions, the input has %d after the batch: %s",
                           dims->n,
                           x->shape.rank - 1, shape);
      return;
    }
  for (int i = 0; i < dims->n; i++)
    permutation[i + 1] = dims->v[i];
  strata_call_return (call, strata_transpose (b, x, permutation));
}

const StrataLayerInfo strata_layer_permute = {
  .object = {
    .name = "Permute",
    .title = "Permute",
    .category = "Reshaping",
    .description = "Puts the dimensions in another order, as turning rows into columns does",
    .formula = "size of y along axis k = size of x along axis dims[k]",
    .params = params,
    .instance_size = sizeof (Permute),
    .samples = (const char *const[]){
      "{\"dims\": [2, 1, 3]}",
      "{\"dims\": [3, 1, 2]}",
      "{\"dims\": [1, 2, 3]}",
      "{\"dims\": [3, 2, 1]}",
      "{\"dims\": [2, 3, 1]}",
      NULL },
    .configured = permute_configured,
  },
  .min_rank = 2,
  .sample_inputs = "2,3,4,5",
  .call = permute_call,
};
