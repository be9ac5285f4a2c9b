/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/*
 * Sorting by counting: a number's place is how many are smaller, and those as
 * large that come before. Places as one-hot rows put numbers in order, and
 * gradients flow through them.
 */

#define MOST_SORTED 1024

/* Of (..., n): (..., n, n), 1 where number i comes to place j. */
static StrataValue *
find_places (StrataBuilder *b,
             StrataValue   *x)
{
  int last = x->shape.rank - 1;
  gint64 n = x->shape.dims[last];
  StrataTensor *before = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n, n));
  StrataValue *own = strata_expand_dims (b, x, last + 1), *other = strata_expand_dims (b, x, last), *place;

  for (gint64 i = 0; i < n * n; i++)
    strata_tensor_get_floats (before)[i] = i % n < i / n;
  place = strata_add (b, strata_less (b, other, own),
                      strata_multiply (b, strata_equal (b, other, own), strata_builder_constant (b, before)));
  place = strata_reduce_sum (b, place, 1u << (last + 1), FALSE);
  return strata_one_hot (b, strata_cast (b, place, STRATA_INT32), n);
}

static gboolean
can_sort (StrataOperands *self,
          StrataValue    *x,
          int             axis)
{
  if (!strata_builder_has_failed (self->b) && x->shape.dims[axis] > MOST_SORTED)
    strata_operands_fail (self, "sorts at most %d numbers", MOST_SORTED);
  if (!strata_builder_has_failed (self->b) && x->shape.rank == STRATA_MAX_RANK)
    strata_operands_fail (self, "sorts at most %d dimensions", STRATA_MAX_RANK - 1);
  return !strata_builder_has_failed (self->b);
}

static StrataValue *
sort_last (StrataBuilder *b,
           StrataValue   *x)
{
  int last = x->shape.rank - 1;
  StrataValue *places = find_places (b, x);

  return strata_reduce_sum (b, strata_multiply (b, strata_expand_dims (b, x, last + 1), places), 1u << last, FALSE);
}

static void
emit_order (StrataOperands *self,
            gboolean        numbers)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y;
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  int axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank);

  x = flat ? strata_reshape (b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape))) : x;
  if (!can_sort (self, x, axis))
    return;
  y = strata_swap_axes (b, x, axis, -1);
  if (x->shape.dims[axis] >= 0 && numbers)
    y = sort_last (b, y);
  else if (x->shape.dims[axis] >= 0)
    {
      int last = y->shape.rank - 1;
      gint64 n = y->shape.dims[last];
      StrataTensor *count = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n, 1));

      for (gint64 i = 0; i < n; i++)
        strata_tensor_get_floats (count)[i] = i;
      y = strata_multiply (b, find_places (b, y), strata_builder_constant (b, count));
      y = strata_reduce_sum (b, y, 1u << last, FALSE);
    }
  strata_operands_return (self, strata_swap_axes (b, y, axis, -1), numbers ? strata_operands_get_dtype (self) : STRATA_INT32);
}

static void
emit_sort (StrataOperands *self)
{
  emit_order (self, TRUE);
}

static void
emit_argsort (StrataOperands *self)
{
  emit_order (self, FALSE);
}

/* Puts all @axes last, as one. */
static StrataValue *
gather_axes (StrataBuilder *b,
             StrataValue   *x,
             guint          axes)
{
  int permutation[STRATA_MAX_RANK], n = 0;
  StrataShape shape = { 0 };
  gint64 size = 1;

  for (int i = 0; i < x->shape.rank; i++)
    if (!(axes & 1u << i))
      {
        permutation[n++] = i;
        strata_shape_append (&shape, x->shape.dims[i]);
      }
  for (int i = 0; i < x->shape.rank; i++)
    if (axes & 1u << i)
      {
        permutation[n++] = i;
        size = size < 0 || x->shape.dims[i] < 0 ? STRATA_UNKNOWN : size * x->shape.dims[i];
      }
  strata_shape_append (&shape, size);
  return strata_reshape (b, strata_transpose (b, x, permutation), &shape);
}

static StrataValue *
take_quantile (StrataBuilder *b,
               StrataValue   *sorted,
               double         q)
{
  int last = sorted->shape.rank - 1;
  gint64 n = sorted->shape.dims[last];
  double at = q * (n - 1);
  gint64 low = CLAMP ((gint64) floor (at), 0, n - 1), high = MIN (low + 1, n - 1);
  StrataValue *below = strata_slice (b, sorted, last, low, 1), *above = strata_slice (b, sorted, last, high, 1);

  return strata_squeeze (b, strata_add (b, strata_scale (b, below, 1 - (at - low)), strata_scale (b, above, at - low)), last);
}

static void
emit_quantiles (StrataOperands *self,
                double          q)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *sorted, *y;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);

  if (strata_builder_has_failed (b))
    return;
  sorted = gather_axes (b, x, axes);
  if (!can_sort (self, sorted, sorted->shape.rank - 1))
    return;
  if (sorted->shape.dims[sorted->shape.rank - 1] > 0)
    y = take_quantile (b, sort_last (b, sorted), q);
  else
    y = strata_reduce_sum (b, sorted, 1u << (sorted->shape.rank - 1), FALSE);
  for (int i = 0; strata_operands_flag (self, "keepdims") && i < x->shape.rank; i++)
    if (axes & 1u << i)
      y = strata_expand_dims (b, y, i);
  strata_operands_return (self, y, STRATA_FLOAT32);
}

static void
emit_median (StrataOperands *self)
{
  emit_quantiles (self, 0.5);
}

static void
emit_quantile (StrataOperands *self)
{
  JsonNode *q = strata_operands_find (self, 1), *method = strata_operands_param (self, "method");
  double share = q != NULL && JSON_NODE_HOLDS_VALUE (q) ? json_node_get_double (q) : -1;

  share = g_str_equal (self->operation->name, "Percentile") && share >= 0 ? share / 100 : share;
  if (share < 0 || share > 1)
    strata_operands_fail (self, "needs one number that says which quantile");
  else if (method == NULL || !JSON_NODE_HOLDS_VALUE (method) || g_strcmp0 (json_node_get_string (method), "linear") != 0)
    strata_operands_fail (self, "is only computed with the method “linear”");
  else
    emit_quantiles (self, share);
}

/* Along the last axis: y[..., k] = x[..., indices[..., k]]. */
static void
emit_take_along_axis (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *indices = strata_operands_get_float (self, 1), *hot, *y;
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  int axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank), last;
  gint64 n;

  if (flat)
    {
      x = strata_reshape (b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape)));
      indices = strata_reshape (b, indices, &STRATA_SHAPE (strata_shape_get_size (&indices->shape)));
    }
  if (!can_sort (self, x, axis))
    return;
  if (x->shape.rank != indices->shape.rank)
    {
      strata_operands_fail (self, "needs indices of as many dimensions as its input");
      return;
    }
  last = x->shape.rank - 1;
  x = strata_swap_axes (b, x, axis, -1);
  indices = strata_swap_axes (b, indices, axis, -1);
  n = x->shape.dims[last];
  if (n < 0)
    y = indices;
  else
    {
      StrataValue *below = strata_less (b, indices, strata_builder_scalar (b, 0));

      hot = strata_one_hot (b, strata_cast (b, strata_add (b, indices, strata_scale (b, below, n)), STRATA_INT32), n);
      y = strata_reduce_sum (b, strata_multiply (b, hot, strata_expand_dims (b, x, last)), 1u << (last + 1), FALSE);
    }
  strata_operands_return (self, strata_swap_axes (b, y, axis, -1), STRATA_FLOAT32);
}

const StrataOperation strata_operations_sorting[] = {
  { .name = "Sort", .parameters = "axis=-1", .emit = emit_sort },
  { .name = "Argsort", .parameters = "axis=-1", .emit = emit_argsort },
  { .name = "Median", .parameters = "axis=null,keepdims=false", .emit = emit_median },
  { .name = "Quantile", .arguments = "x,q", .parameters = "axis=null,method=\"linear\",keepdims=false", .emit = emit_quantile },
  { .name = "Percentile", .arguments = "x,q", .parameters = "axis=null,method=\"linear\",keepdims=false", .emit = emit_quantile },
  { .name = "TakeAlongAxis", .arguments = "x,indices", .parameters = "axis=null", .emit = emit_take_along_axis },
  { NULL },
};
