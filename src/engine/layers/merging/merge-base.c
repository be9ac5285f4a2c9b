/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

#include "ops/shaping.h"

/**
 * strata_merge_check: (skip)
 *
 * Returns: whether the inputs can be combined number by number; the builder has failed otherwise
 */
gboolean
strata_merge_check (StrataBuilder    *b,
                    const StrataCall *call)
{
  StrataShape whole;

  if (call->n_inputs == 0)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "expected a list of inputs, received none; connect at least two layers to it");
      return FALSE;
    }
  whole = call->inputs[0]->shape;
  for (guint i = 1; i < call->n_inputs; i++)
    {
      StrataShape shape = call->inputs[i]->shape;

      while (shape.rank > 0 && shape.rank < whole.rank)
        strata_shape_insert (&shape, 1, 1);
      while (whole.rank > 0 && whole.rank < shape.rank)
        strata_shape_insert (&whole, 1, 1);
      if (!strata_shape_broadcast (&whole, &shape, &whole))
        {
          g_autofree char *first = strata_shape_to_string (&call->inputs[0]->shape);
          g_autofree char *other = strata_shape_to_string (&call->inputs[i]->shape);

          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               "expected inputs of the same shape, received %s and %s; give the layers before it the "
                               "same units, "
                               "filters or padding, or use Concatenate", first, other);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * strata_merge_check_pair: (skip)
 *
 * Returns: whether a layer that takes two inputs has two
 */
gboolean
strata_merge_check_pair (StrataBuilder    *b,
                         const StrataCall *call)
{
  if (call->n_inputs == 2)
    return TRUE;
  strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected exactly two inputs, received %u", call->n_inputs);
  return FALSE;
}

/**
 * strata_merge_align: (skip)
 * @inputs: (out): the inputs as float32, each with as many dimensions: new ones stand after the batch
 */
void
strata_merge_align (StrataBuilder     *b,
                    const StrataCall  *call,
                    StrataValue      **inputs)
{
  int rank = 0;

  for (guint i = 0; i < call->n_inputs; i++)
    rank = MAX (rank, call->inputs[i]->shape.rank);
  for (guint i = 0; i < call->n_inputs; i++)
    {
      StrataShape shape = call->inputs[i]->shape;

      while (shape.rank > 0 && shape.rank < rank)
        strata_shape_insert (&shape, 1, 1);
      inputs[i] = strata_reshape (b, strata_cast (b, call->inputs[i], STRATA_FLOAT32), &shape);
    }
}

/**
 * strata_merge_fold: (skip)
 *
 * Returns: (transfer none): the inputs combined from first to last; %NULL where they do not fit
 */
StrataValue *
strata_merge_fold (StrataBuilder    *b,
                   const StrataCall *call,
                   StrataMergeFunc   merge)
{
  g_autofree StrataValue **inputs = g_new (StrataValue *, MAX (call->n_inputs, 1));
  StrataValue *y;

  if (!strata_merge_check (b, call))
    return NULL;
  strata_merge_align (b, call, inputs);
  y = inputs[0];
  for (guint i = 1; i < call->n_inputs; i++)
    y = merge (b, y, inputs[i]);
  return y;
}

/**
 * strata_merge_mask: (skip)
 *
 * Returns: (transfer none) (nullable): what counts in any input; %NULL where one has no mask
 */
StrataValue *
strata_merge_mask (StrataBuilder    *b,
                   const StrataCall *call)
{
  StrataValue *mask = NULL;

  for (guint i = 0; i < call->n_inputs; i++)
    {
      StrataValue *other = call->masks != NULL ? call->masks[i] : NULL;

      if (other == NULL)
        return NULL;
      mask = mask == NULL ? other : strata_logical_or (b, mask, other);
    }
  return mask;
}

/**
 * strata_merge_expand_mask: (skip)
 *
 * Returns: (transfer none): the mask with dimensions of size 1 added so that it goes with @x
 */
StrataValue *
strata_merge_expand_mask (StrataBuilder *b,
                          StrataValue   *mask,
                          StrataValue   *x)
{
  StrataShape shape = mask->shape;

  while (shape.rank < x->shape.rank)
    strata_shape_append (&shape, 1);
  return strata_reshape (b, strata_cast (b, mask, STRATA_FLOAT32), &shape);
}

/**
 * strata_merge_choose: (skip)
 * @merge: one that has no neutral number, such as maximum
 *
 * Combines the inputs; where only one of them counts, it is taken as it is.
 */
StrataValue *
strata_merge_choose (StrataBuilder    *b,
                     const StrataCall *call,
                     StrataMergeFunc   merge)
{
  g_autofree StrataValue **inputs = g_new (StrataValue *, MAX (call->n_inputs, 1));
  StrataValue *y = NULL, *y_mask = NULL;

  if (!strata_merge_check (b, call))
    return NULL;
  strata_merge_align (b, call, inputs);
  for (guint i = 0; i < call->n_inputs; i++)
    {
      StrataValue *x = inputs[i], *mask = call->masks != NULL && call->masks[i] != NULL
                       ? strata_merge_expand_mask (b, call->masks[i], x) : NULL;

      if (y == NULL)
        {
          y = x;
          y_mask = mask;
          continue;
        }
      if (mask != NULL)
        x = strata_where (b, mask, x, y);
      if (y_mask != NULL)
        y = strata_where (b, y_mask, y, x);
      y_mask = mask != NULL && y_mask != NULL ? strata_logical_or (b, y_mask, mask) : NULL;
      y = merge (b, y, x);
    }
  return y;
}
