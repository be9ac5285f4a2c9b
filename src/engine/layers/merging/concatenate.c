/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  gint64 axis;
} Concatenate;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Concatenate, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis",
                .description = "Along which dimension the inputs are put one after the other; -1 is the last"),
  { NULL },
};

static gboolean
check (StrataBuilder    *b,
       const StrataCall *call,
       int               axis)
{
  StrataShape first;

  if (call->n_inputs == 0)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "expected a list of inputs, received none; connect at least two layers to it");
      return FALSE;
    }
  first = call->inputs[0]->shape;
  if (axis < 0 || axis >= first.rank)
    {
      strata_builder_fail (b, STRATA_ERROR_VALUE, "there is no axis %d in inputs of %d dimensions", axis, first.rank);
      return FALSE;
    }
  for (guint i = 1; i < call->n_inputs; i++)
    {
      StrataShape shape = call->inputs[i]->shape;

      if (shape.rank == first.rank)
        shape.dims[axis] = first.dims[axis];
      if (!strata_shape_is_compatible (&first, &shape))
        {
          g_autofree char *one = strata_shape_to_string (&first);
          g_autofree char *other = strata_shape_to_string (&call->inputs[i]->shape);

          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               "expected inputs that differ only along axis %d, received %s and %s; make the other "
                               "sizes equal, "
                               "or flatten both first", axis, one, other);
          return FALSE;
        }
    }
  return TRUE;
}

/* An input without mask counts whole. */
static StrataValue *
concatenate_masks (StrataBuilder    *b,
                   const StrataCall *call,
                   int               axis)
{
  g_autofree StrataValue **masks = g_new (StrataValue *, call->n_inputs);
  StrataValue *whole;
  gboolean any = FALSE;

  for (guint i = 0; i < call->n_inputs; i++)
    any |= call->masks != NULL && call->masks[i] != NULL;
  if (!any)
    return NULL;

  for (guint i = 0; i < call->n_inputs; i++)
    {
      StrataValue *x = call->inputs[i];
      StrataValue *mask = call->masks[i] != NULL ? strata_merge_expand_mask (b, call->masks[i], x)
                          : strata_builder_scalar (b, 1);

      masks[i] = strata_broadcast_to (b, mask, &x->shape);
    }
  whole = strata_concatenate (b, masks, call->n_inputs, axis);
  return strata_reduce_max (b, whole, strata_axis_bit (whole, -1), FALSE);
}

static void
concatenate_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  int axis = ((Concatenate *) layer)->axis;
  g_autofree StrataValue **inputs = g_new (StrataValue *, MAX (call->n_inputs, 1));

  if (axis < 0 && call->n_inputs > 0)
    axis += call->inputs[0]->shape.rank;
  if (!check (b, call, axis))
    return;
  for (guint i = 0; i < call->n_inputs; i++)
    inputs[i] = strata_cast (b, call->inputs[i], STRATA_FLOAT32);
  strata_call_return (call, strata_concatenate (b, inputs, call->n_inputs, axis));
  call->output_masks[0] = concatenate_masks (b, call, axis);
}

const StrataLayerInfo strata_layer_concatenate = {
  .object = {
    .name = "Concatenate",
    .title = "Concatenate",
    .category = "Merging",
    .description = "Puts its inputs one after the other along one dimension",
    .formula = "y = [x₁, x₂, …]",
    .params = params,
    .instance_size = sizeof (Concatenate),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": 1}",
      "{\"axis\": 2}",
      "{\"axis\": -2}",
      "{\"axis\": -1, \"name\": \"joined\"}",
      NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,3,4;2,3,4;2,3,4",
  .call = concatenate_call,
};
