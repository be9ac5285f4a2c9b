/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"

/* Turning, shifting and putting side by side. */

#define MAX_TENSORS 64

static StrataValue *
roll (StrataBuilder *b,
      StrataValue   *x,
      int            axis,
      gint64         shift)
{
  gint64 n = x->shape.dims[axis], first;

  if (n <= 1)
    return x;
  first = ((-shift % n) + n) % n;
  if (first == 0)
    return x;
  return strata_concatenate (b,
                             (StrataValue *[]){ strata_slice (b, x, axis, first, n - first),
                                                strata_slice (b, x, axis, 0, first) }, 2, axis);
}

static void
emit_roll (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0), *y = x;
  StrataInts shifts, axes;

  if (!strata_operands_ints (self, "shift", &shifts) || shifts.n < 1)
    strata_operands_fail (self, "needs whole numbers of places to shift by");
  if (strata_builder_has_failed (self->b))
    return;
  if (!strata_operands_ints (self, "axis", &axes))
    {
      y = strata_reshape (self->b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape)));
      y = strata_reshape (self->b, roll (self->b, y, 0, shifts.v[0]), &x->shape);
      axes.n = 0;
    }
  for (int i = 0; i < axes.n && !strata_builder_has_failed (self->b); i++)
    {
      int axis = axes.v[i] + (axes.v[i] < 0 ? x->shape.rank : 0);

      if (axis < 0 || axis >= x->shape.rank || (shifts.n > 1 && shifts.n != axes.n))
        strata_operands_fail (self, "needs axes that its input has, and a shift for each");
      else
        y = roll (self->b, y, axis, shifts.v[shifts.n > 1 ? i : 0]);
    }
  strata_operands_return (self, y, x->dtype);
}

/* A quarter turn takes the first axis to the second. */
static void
emit_rot90 (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int times = (strata_operands_integer (self, "k") % 4 + 4) % 4, first, second;
  StrataInts axes;

  if (!strata_operands_ints (self, "axes", &axes) || axes.n != 2)
    strata_operands_fail (self, "needs two axes");
  if (strata_builder_has_failed (self->b))
    return;
  first = axes.v[0] + (axes.v[0] < 0 ? x->shape.rank : 0);
  second = axes.v[1] + (axes.v[1] < 0 ? x->shape.rank : 0);
  if (MIN (first, second) < 0 || MAX (first, second) >= x->shape.rank || first == second)
    {
      strata_operands_fail (self, "needs two axes that its input has");
      return;
    }
  for (int i = 0; i < times; i++)
    x = strata_swap_axes (self->b, strata_reverse (self->b, x, second), first, second);
  strata_operands_return (self, x, x->dtype);
}

static void
reverse (StrataOperands *self,
         int             axis)
{
  StrataValue *x = strata_operands_get (self, 0);

  if (x->shape.rank <= axis)
    strata_operands_fail (self, "needs more dimensions");
  else
    strata_operands_return (self, strata_reverse (self->b, x, axis), x->dtype);
}

static void
emit_flipud (StrataOperands *self)
{
  reverse (self, 0);
}

static void
emit_fliplr (StrataOperands *self)
{
  reverse (self, 1);
}

/* Puts tensors side by side along @axis, which all get. */
static void
stack (StrataOperands *self,
       int             axis)
{
  StrataValue *values[MAX_TENSORS];
  guint n = strata_operands_get_list (self, 0, values, MAX_TENSORS);
  StrataDType dtype = strata_operands_get_dtype (self);

  for (guint i = 0; i < n; i++)
    {
      values[i] = strata_cast (self->b, values[i], dtype);
      if (axis == 0 && values[i]->shape.rank == 1)
        values[i] = strata_expand_dims (self->b, values[i], 0);
      while (axis == 2 && values[i]->shape.rank < 3 && !strata_builder_has_failed (self->b))
        values[i] = strata_expand_dims (self->b, values[i], values[i]->shape.rank);
    }
  if (n > 0 && !strata_builder_has_failed (self->b))
    strata_operands_return (self,
                            strata_concatenate (self->b, values, n, axis == 1 && values[0]->shape.rank == 1 ? 0 : axis),
                            dtype);
}

static void
emit_vstack (StrataOperands *self)
{
  stack (self, 0);
}

static void
emit_hstack (StrataOperands *self)
{
  stack (self, 1);
}

static void
emit_dstack (StrataOperands *self)
{
  stack (self, 2);
}

static void
emit_append (StrataOperands *self)
{
  StrataValue *pair[] = { strata_operands_get (self, 0), strata_operands_get (self, 1) };
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  StrataDType dtype = strata_operands_get_dtype (self);
  int axis = flat ? 0 : strata_operands_axis (self, "axis", pair[0]->shape.rank);

  for (int i = 0; i < 2; i++)
    {
      pair[i] = strata_cast (self->b, pair[i], dtype);
      pair[i] = flat ? strata_reshape (self->b, pair[i], &STRATA_SHAPE (strata_shape_get_size (&pair[i]->shape)))
                : pair[i];
    }
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_concatenate (self->b, pair, 2, axis), dtype);
}

static void
emit_full_like (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0), *value = strata_operands_get_float (self, 1);

  if (strata_operands_param (self, "dtype") != NULL)
    strata_operands_fail (self, "has a type of its own, with which Strata does not compute it");
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_broadcast_to (self->b, value, &x->shape), x->dtype);
}

/* Blocks of pixels become channels, or come of them; (batch, rows, columns, channels). */
static void
regroup (StrataOperands *self,
         gboolean        to_space)
{
  StrataValue *x = strata_operands_get (self, 0);
  JsonNode *format = strata_operands_param (self, "data_format");
  gint64 n = strata_operands_integer (self, "block_size");
  StrataShape s = x->shape, split;
  int permutation[] = { 0, 1, 3, 2, 4, 5 };

  if (s.rank != 4 || n < 1 || n > 1024 ||
      (format != NULL && g_strcmp0 (json_node_get_string (format), "channels_last") != 0))
    strata_operands_fail (self, "takes images with channels last, and a block size of at least 1");
  else if (s.dims[3] >= 0 && to_space && s.dims[3] % (n * n) != 0)
    strata_operands_fail (self, "needs channels that part into %" PRId64, n * n);
  if (strata_builder_has_failed (self->b))
    return;
  if (to_space)
    {
      gint64 depth = s.dims[3] < 0 ? STRATA_UNKNOWN : s.dims[3] / (n * n);

      split = STRATA_SHAPE (s.dims[0], s.dims[1], s.dims[2], n, n, depth);
      memcpy (permutation, (int[]){ 0, 1, 3, 2, 4, 5 }, sizeof permutation);
      s = STRATA_SHAPE (s.dims[0], s.dims[1] < 0 ? STRATA_UNKNOWN : s.dims[1] * n, s.dims[2] < 0 ? STRATA_UNKNOWN
                        : s.dims[2] * n, depth);
    }
  else
    {
      gint64 rows = s.dims[1] < 0 ? STRATA_UNKNOWN : s.dims[1] / n, columns = s.dims[2] < 0 ? STRATA_UNKNOWN
                    : s.dims[2] / n;

      split = STRATA_SHAPE (s.dims[0], rows, n, columns, n, s.dims[3]);
      s = STRATA_SHAPE (s.dims[0], rows, columns, s.dims[3] < 0 ? STRATA_UNKNOWN : s.dims[3] * n * n);
    }
  x = strata_transpose (self->b, strata_reshape (self->b, x, &split), permutation);
  strata_operands_return (self, strata_reshape (self->b, x, &s), x->dtype);
}

static void
emit_depth_to_space (StrataOperands *self)
{
  regroup (self, TRUE);
}

static void
emit_space_to_depth (StrataOperands *self)
{
  regroup (self, FALSE);
}

#define NN .module = "keras.src.ops.nn"

const StrataOperation strata_operations_arrangement[] = {
  { .name = "Roll", .parameters = "shift,axis=null", .emit = emit_roll },
  { .name = "Rot90", .arguments = "array", .parameters = "k=1,axes=[0, 1]", .emit = emit_rot90 },
  { .name = "Flipud", .emit = emit_flipud },
  { .name = "Fliplr", .emit = emit_fliplr },
  { .name = "Vstack", .arguments = "xs*", .emit = emit_vstack },
  { .name = "Hstack", .arguments = "xs*", .emit = emit_hstack },
  { .name = "Dstack", .arguments = "xs*", .emit = emit_dstack },
  { .name = "Append", .arguments = "x1,x2", .parameters = "axis=null", .emit = emit_append },
  { .name = "FullLike", .arguments = "x,fill_value", .parameters = "dtype=null", .emit = emit_full_like },
  { .name = "DepthToSpace", NN, .parameters = "block_size,data_format=\"channels_last\"", .emit = emit_depth_to_space },
  { .name = "SpaceToDepth", NN, .parameters = "block_size,data_format=\"channels_last\"", .emit = emit_space_to_depth },
  { NULL },
};
