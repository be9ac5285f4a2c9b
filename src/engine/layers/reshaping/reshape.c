/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "layers/layer.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  StrataInts target_shape;
} Reshape;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, Reshape, target_shape, NULL, .minimum = -1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 1024,
                .title = "Target shape",
                .description = "The new sizes, without the batch; one of them may be -1, to be worked out"),
  { NULL },
};

static gboolean
reshape_configured (StrataObject  *object,
                    GError       **error)
{
  Reshape *self = (Reshape *) object;
  int n_open = 0;

  self->target_shape.scalar = FALSE;
  for (int i = 0; i < self->target_shape.n; i++)
    n_open += self->target_shape.v[i] == STRATA_UNKNOWN;
  if (n_open <= 1 && self->target_shape.n < STRATA_MAX_RANK)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "target_shape may have at most %d sizes, and only one of them -1", STRATA_MAX_RANK - 1);
  return FALSE;
}

static void
reshape_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  const StrataInts *target = &((Reshape *) layer)->target_shape;
  StrataValue *x = call->inputs[0];
  StrataShape shape = STRATA_SHAPE (x->shape.dims[0]);
  gint64 size = strata_shape_get_span (&x->shape, 1, x->shape.rank), known = 1;
  int open = -1;

  for (int i = 0; i < target->n; i++)
    {
      strata_shape_append (&shape, target->v[i]);
      if (target->v[i] == STRATA_UNKNOWN)
        open = i + 1;
      else
        known *= target->v[i];
    }
  if (size >= 0 && (open < 0 ? size != known : known == 0 || size % known != 0))
    {
      g_autofree char *from = strata_shape_to_string (&x->shape), *to = strata_shape_to_string (&shape);

      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "the %" PRId64 " numbers of a sample of shape %s cannot be laid out as %s; the "
                           "sizes after the batch "
                           "must multiply to %" PRId64, size, from, to, size);
      return;
    }
  if (size >= 0 && open > 0)
    shape.dims[open] = size / known;
  strata_call_return (call, strata_reshape (b, x, &shape));
}

const StrataLayerInfo strata_layer_reshape = {
  .object = {
    .name = "Reshape",
    .title = "Reshape",
    .category = "Reshaping",
    .description = "Lays the same numbers out in another shape",
    .formula = "y[k] = x[k], both counted row by row",
    .params = params,
    .instance_size = sizeof (Reshape),
    .samples = (const char *const[]){
      "{\"target_shape\": [24]}",
      "{\"target_shape\": [4, 6]}",
      "{\"target_shape\": [-1, 8]}",
      "{\"target_shape\": [2, 2, -1]}",
      "{\"target_shape\": [1, 3, 8, 1]}",
      NULL },
    .configured = reshape_configured,
  },
  .min_rank = 1,
  .sample_inputs = "2,6,4",
  .call = reshape_call,
};
