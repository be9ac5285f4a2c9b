/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "ops/sorting.h"

/* Operations that put numbers in order, and take them by places. */

/* Along the axis that the config names, or all as one row: that axis comes last. */
static StrataValue *
turn (StrataOperands *self,
      StrataValue    *x,
      int            *axis)
{
  gboolean flat = strata_operands_param (self, "axis") == NULL;

  *axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank);
  x = flat ? strata_reshape (self->b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape))) : x;
  return strata_builder_has_failed (self->b) ? x : strata_swap_axes (self->b, x, *axis, -1);
}

static void
emit_order (StrataOperands *self,
            gboolean        numbers)
{
  int axis;
  StrataValue *places, *y = strata_sort (self->b, turn (self, strata_operands_get_float (self, 0), &axis), FALSE,
                                         &places);

  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_swap_axes (self->b, numbers ? y : places, axis, -1),
                            numbers ? strata_operands_get_dtype (self) : STRATA_INT32);
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

/*
 * What is in order is also parted at any place. (Keras on TensorFlow cuts numbers to whole ones first, and fails on
 * rows.)
 */
static void
emit_argpartition (StrataOperands *self)
{
  emit_order (self, FALSE);
}

static void
emit_top_k (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *values, *places;
  int last = x->shape.rank - 1;
  gint64 size = last >= 0 ? x->shape.dims[last] : -1, k = strata_operands_integer (self, "k");

  if (size < 1 || k < 1 || k > size)
    {
      strata_operands_fail (self, "takes 1 to %" PRId64 " of the numbers along the last dimension", size);
      return;
    }
  values = strata_sort (self->b, x, TRUE, &places);
  if (strata_builder_has_failed (self->b))
    return;
  strata_operands_return (self, strata_slice (self->b, values, last, 0, k), strata_operands_get_dtype (self));
  strata_operands_return (self, strata_slice (self->b, places, last, 0, k), STRATA_INT32);
}

static void
emit_take_along_axis (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  int axis;
  StrataValue *x = strata_operands_get_float (self, 0), *places = strata_operands_get (self, 1), *y;

  if (!strata_builder_has_failed (b) && strata_operands_param (self, "axis") != NULL &&
      x->shape.rank != places->shape.rank)
    strata_operands_fail (self, "needs indices of as many dimensions as its input");
  if (strata_builder_has_failed (b))
    return;
  places = turn (self, places, &axis);
  x = turn (self, x, &axis);
  if (strata_builder_has_failed (b))
    return;
  /* Rows of which there is one stand for as many as the other has. */
  for (int i = 0; i < x->shape.rank - 1; i++)
    {
      StrataShape wider = places->shape;

      wider.dims[i] = x->shape.dims[i];
      if (places->shape.dims[i] == 1 && x->shape.dims[i] > 1)
        places = strata_cast (b, strata_broadcast_to (b, strata_cast (b, places, STRATA_FLOAT32), &wider),
                              STRATA_INT32);
    }
  y = strata_take_along (b, x, places);
  if (!strata_builder_has_failed (b))
    strata_operands_return (self, strata_swap_axes (b, y, axis, -1), strata_operands_get_dtype (self));
}

/* Different numbers, or slices along an axis. Keras itself needs to be told how many, for shapes that are known. */
static void
emit_unique (StrataOperands *self)
{
  static const char *const wanted[] = { NULL, "return_index", "return_inverse", "return_counts" };
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *rows, *results[4];
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  int axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank);
  gint64 size = strata_operands_param (self, "size") != NULL ? strata_operands_integer (self, "size") : -1;
  StrataShape shape = x->shape;

  if (size < 1 || size > G_MAXINT32)
    strata_operands_fail (self,
                          "makes as many numbers as the data says unless it is told a size, and shapes are known "
                          "beforehand here");
  if (strata_builder_has_failed (b))
    return;
  if (flat)
    rows = strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, 1));
  else
    {
      rows = strata_swap_axes (b, x, 0, axis);
      shape = rows->shape;
      rows = strata_reshape (b, rows, &STRATA_SHAPE (shape.dims[0], strata_shape_get_span (&shape, 1, shape.rank)));
    }
  strata_unique (b, rows, size, strata_operands_flag (self, "sorted"), strata_operands_number (self, "fill_value"),
                 results);
  if (strata_builder_has_failed (b))
    return;
  if (flat)
    results[0] = strata_reshape (b, results[0], &STRATA_SHAPE (size));
  else
    {
      shape.dims[0] = size;
      results[0] = strata_swap_axes (b, strata_reshape (b, results[0], &shape), 0, axis);
    }
  if (flat)
    results[2] = strata_reshape (b, results[2], &x->shape);
  strata_operands_return (self, results[0], strata_operands_get_dtype (self));
  for (int i = 1; i < 4; i++)
    if (strata_operands_flag (self, wanted[i]))
      strata_operands_return (self, results[i], STRATA_INT32);
}

#define MATH .module = "keras.src.ops.math"

const StrataOperation strata_operations_sorting[] = {
  { .name = "Sort", .parameters = "axis=-1", .emit = emit_sort },
  { .name = "Argsort", .parameters = "axis=-1", .emit = emit_argsort },
  { .name = "Argpartition", .parameters = "kth,axis=-1", .emit = emit_argpartition },
  { .name = "TopK", MATH, .parameters = "k,sorted=true", .emit = emit_top_k },
  { .name = "Unique",
    .parameters = "sorted=true,return_index=false,return_inverse=false,return_counts=false,axis=null,size=null,"
                  "fill_value=null",
    .emit = emit_unique },
  { .name = "TakeAlongAxis", .arguments = "x,indices", .parameters = "axis=null", .emit = emit_take_along_axis },
  { NULL },
};
