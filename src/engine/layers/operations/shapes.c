/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/resize.h"
#include "ops/shaping.h"

/* Operations that lay numbers out anew. */

#define MAX_TENSORS 64

static void
give (StrataOperands *self,
      StrataValue    *value)
{
  strata_operands_return (self, value, value->dtype);
}

static void
emit_reshape (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  StrataInts sizes;
  StrataShape shape = { 0 };

  if (!strata_operands_ints (self, "newshape", &sizes))
    strata_operands_fail (self, "needs a list of sizes as its new shape");
  for (int i = 0; i < sizes.n; i++)
    strata_shape_append (&shape, sizes.v[i] < 0 ? STRATA_UNKNOWN : sizes.v[i]);
  if (!strata_builder_has_failed (self->b))
    give (self, strata_reshape (self->b, x, &shape));
}

static void
emit_ravel (StrataOperands *self)
{
  StrataShape shape = STRATA_SHAPE (STRATA_UNKNOWN);

  give (self, strata_reshape (self->b, strata_operands_get (self, 0), &shape));
}

static void
emit_transpose (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int permutation[STRATA_MAX_RANK], rank = x->shape.rank;
  guint seen = 0;
  StrataInts axes;

  if (!strata_operands_ints (self, "axes", &axes))
    {
      axes.n = rank;
      for (int i = 0; i < rank; i++)
        axes.v[i] = rank - 1 - i;
    }
  for (int i = 0; i < axes.n && axes.n == rank; i++)
    {
      permutation[i] = axes.v[i] < 0 ? axes.v[i] + rank : axes.v[i];
      if (permutation[i] >= 0 && permutation[i] < rank)
        seen |= 1u << permutation[i];
    }
  if (seen != (1u << rank) - 1)
    strata_operands_fail (self, "needs each of its %d axes once", rank);
  else
    give (self, strata_transpose (self->b, x, permutation));
}

/* Takes one axis from its place and puts it into another. */
static void
move_axis (StrataOperands *self,
           const char     *from,
           const char     *to,
           gboolean        swap)
{
  StrataValue *x = strata_operands_get (self, 0);
  int permutation[STRATA_MAX_RANK], rank = x->shape.rank;
  int source = strata_operands_axis (self, from, rank), target = strata_operands_axis (self, to, rank);

  if (strata_builder_has_failed (self->b))
    return;
  for (int i = 0; i < rank; i++)
    if (swap)
      permutation[i] = i == source ? target : i == target ? source : i;
    else if (i == target)
      permutation[i] = source;
    else if (source < target)
      permutation[i] = i >= source && i < target ? i + 1 : i;
    else
      permutation[i] = i > target && i <= source ? i - 1 : i;
  give (self, strata_transpose (self->b, x, permutation));
}

static void
emit_swapaxes (StrataOperands *self)
{
  move_axis (self, "axis1", "axis2", TRUE);
}

static void
emit_moveaxis (StrataOperands *self)
{
  move_axis (self, "source", "destination", FALSE);
}

static void
emit_expand_dims (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int axis = strata_operands_axis (self, "axis", x->shape.rank + 1);

  if (!strata_builder_has_failed (self->b))
    give (self, strata_expand_dims (self->b, x, axis));
}

static void
emit_squeeze (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  gboolean all = strata_operands_param (self, "axis") == NULL;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);

  for (int i = x->shape.rank - 1; i >= 0 && !strata_builder_has_failed (self->b); i--)
    if (axes & 1u << i && (x->shape.dims[i] == 1 || !all))
      x = strata_squeeze (self->b, x, i);
  give (self, x);
}

static void
emit_flip (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);

  for (int i = 0; i < x->shape.rank && !strata_builder_has_failed (self->b); i++)
    if (axes & 1u << i)
      x = strata_reverse (self->b, x, i);
  give (self, x);
}

static void
emit_broadcast (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  StrataInts sizes;
  StrataShape shape = { 0 };

  if (!strata_operands_ints (self, "shape", &sizes))
    strata_operands_fail (self, "needs a list of sizes as its shape");
  for (int i = 0; i < sizes.n; i++)
    strata_shape_append (&shape, sizes.v[i]);
  if (!strata_builder_has_failed (self->b))
    give (self, strata_broadcast_to (self->b, x, &shape));
}

/* Lists may mix types; float32 wins. */
static guint
get_alike (StrataOperands  *self,
           StrataValue    **values)
{
  guint n = strata_operands_get_list (self, 0, values, MAX_TENSORS);
  StrataDType dtype = strata_operands_get_dtype (self);

  for (guint i = 1; i < n; i++)
    if (values[i]->dtype != values[0]->dtype)
      {
        for (guint k = 0; k < n; k++)
          values[k] = strata_cast (self->b, values[k], dtype);
        break;
      }
  return n;
}

static void
emit_concatenate (StrataOperands *self)
{
  StrataValue *values[MAX_TENSORS];
  guint n = get_alike (self, values);
  int axis = n > 0 ? strata_operands_axis (self, "axis", values[0]->shape.rank) : 0;

  if (!strata_builder_has_failed (self->b))
    give (self, strata_concatenate (self->b, values, n, axis));
}

static void
emit_stack (StrataOperands *self)
{
  StrataValue *values[MAX_TENSORS];
  guint n = get_alike (self, values);
  int axis = n > 0 ? strata_operands_axis (self, "axis", values[0]->shape.rank + 1) : 0;

  for (guint i = 0; i < n; i++)
    values[i] = strata_expand_dims (self->b, values[i], axis);
  if (!strata_builder_has_failed (self->b))
    give (self, strata_concatenate (self->b, values, n, axis));
}

static void
emit_unstack (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int axis = strata_operands_axis (self, "axis", x->shape.rank);
  gint64 n = strata_builder_has_failed (self->b) ? 0 : x->shape.dims[axis];

  if (n < 1 || n > MAX_TENSORS)
    strata_operands_fail (self, "parts 1 to %d slices, and their number must be known", MAX_TENSORS);
  for (gint64 i = 0; i < n && !strata_builder_has_failed (self->b); i++)
    give (self, strata_squeeze (self->b, strata_slice (self->b, x, axis, i, 1), axis));
}

/* Equal parts, or parts that end where they are told to. */
static void
emit_split (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int axis = strata_operands_axis (self, "axis", x->shape.rank);
  gint64 size = strata_builder_has_failed (self->b) ? -1 : x->shape.dims[axis], at = 0;
  StrataInts ends;
  int n;

  if (size < 0 || !strata_operands_ints (self, "indices_or_sections", &ends) ||
      (ends.scalar && (ends.v[0] < 1 || ends.v[0] > MAX_TENSORS)))
    {
      strata_operands_fail (self, "needs to know how many parts to make of how many slices, at most %d", MAX_TENSORS);
      return;
    }
  n = ends.scalar ? ends.v[0] : ends.n + 1;
  if (ends.scalar && size % n != 0)
    strata_operands_fail (self, "cannot make %d equal parts of %" PRId64 " slices", n, size);
  for (int i = 0; i < n && !strata_builder_has_failed (self->b); i++)
    {
      gint64 end = ends.scalar ? (i + 1) * (size / n) : i < ends.n ? ends.v[i] : size;

      end = CLAMP (end < 0 ? end + size : end, at, size);
      give (self, strata_slice (self->b, x, axis, at, end - at));
      at = end;
    }
}

static void
emit_repeat (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  int axis = strata_operands_axis (self, "axis", x->shape.rank);
  StrataInts repeats;

  if (!strata_operands_ints (self, "repeats", &repeats) || repeats.n != 1 || repeats.v[0] < 1)
    strata_operands_fail (self, "needs one whole number of repeats, and an axis");
  if (!strata_builder_has_failed (self->b))
    give (self, strata_repeat (self->b, x, axis, repeats.v[0]));
}

static void
emit_tile (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0), *copies[MAX_TENSORS];
  StrataInts repeats;

  if (!strata_operands_ints (self, "repeats", &repeats))
    strata_operands_fail (self, "needs whole numbers of repeats");
  while (x->shape.rank < repeats.n && !strata_builder_has_failed (self->b))
    x = strata_expand_dims (self->b, x, 0);
  for (int i = 0; i < repeats.n && !strata_builder_has_failed (self->b); i++)
    {
      gint64 n = repeats.v[i];

      if (n < 1 || n > MAX_TENSORS)
        strata_operands_fail (self, "repeats 1 to %d times", MAX_TENSORS);
      for (gint64 k = 0; k < MIN (n, MAX_TENSORS); k++)
        copies[k] = x;
      if (n > 1 && n <= MAX_TENSORS)
        x = strata_concatenate (self->b, copies, n, x->shape.rank - repeats.n + i);
    }
  give (self, x);
}

static gboolean
read_margins (StrataOperands *self,
              int             rank,
              gint64         *before,
              gint64         *after)
{
  JsonNode *node = strata_operands_param (self, "pad_width");
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (list == NULL || json_array_get_length (list) != (guint) rank)
    return FALSE;
  for (int i = 0; i < rank; i++)
    {
      JsonNode *item = json_array_get_element (list, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (item) ? json_node_get_array (item) : NULL;

      if (pair == NULL || json_array_get_length (pair) != 2)
        return FALSE;
      if (!strata_json_is_number (json_array_get_element (pair, 0)) ||
          !strata_json_is_number (json_array_get_element (pair, 1)))
        return FALSE;
      before[i] = json_array_get_int_element (pair, 0);
      after[i] = json_array_get_int_element (pair, 1);
      if (before[i] < 0 || after[i] < 0 || before[i] > G_MAXINT32 || after[i] > G_MAXINT32)
        return FALSE;
    }
  return TRUE;
}

/* What is seen in mirrors at both ends of an axis; @skip is 1 where the mirrors stand on the last numbers. */
static StrataValue *
mirror (StrataBuilder *b,
        StrataValue   *x,
        int            axis,
        gint64         skip,
        gint64         before,
        gint64         after)
{
  StrataValue *parts[3];
  int n = 0;

  if (before > 0)
    parts[n++] = strata_reverse (b, strata_slice (b, x, axis, skip, before), axis);
  parts[n++] = x;
  if (after > 0)
    parts[n++] = strata_slice (b, strata_reverse (b, x, axis), axis, skip, after);
  return n > 1 ? strata_concatenate (b, parts, n, axis) : x;
}

static void
emit_pad (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  JsonNode *value = strata_operands_find (self, 1);
  const char *mode = strata_json_get_string (self->config, "mode", "");
  gint64 before[STRATA_MAX_RANK], after[STRATA_MAX_RANK];
  gboolean mirrored = g_ascii_strcasecmp (mode, "reflect") == 0 || g_ascii_strcasecmp (mode, "symmetric") == 0;

  if (!mirrored && g_ascii_strcasecmp (mode, "constant") != 0)
    strata_operands_fail (self, "is computed with the modes “constant”, “reflect” and “symmetric”, as on TensorFlow");
  else if (value != NULL && (mirrored || !strata_json_is_number (value)))
    strata_operands_fail (self, "is filled up with one number, where the mode is “constant”");
  else if (!read_margins (self, x->shape.rank, before, after))
    strata_operands_fail (self, "needs the margins before and after each dimension");
  else if (!mirrored)
    strata_operands_return (self,
                            strata_pad (self->b, x, before, after, value != NULL ? json_node_get_double (value) : 0),
                            strata_operands_get_dtype (self));
  else
    {
      gint64 skip = g_ascii_strcasecmp (mode, "reflect") == 0;

      for (int i = 0; i < x->shape.rank && !strata_builder_has_failed (self->b); i++)
        x = mirror (self->b, x, i, skip, before[i], after[i]);
      strata_operands_return (self, x, strata_operands_get_dtype (self));
    }
}

const StrataOperation strata_operations_shapes[] = {
  { .name = "Reshape", .parameters = "newshape", .emit = emit_reshape },
  { .name = "Ravel", .emit = emit_ravel },
  { .name = "Transpose", .parameters = "axes=null", .emit = emit_transpose },
  { .name = "Swapaxes", .parameters = "axis1,axis2", .emit = emit_swapaxes },
  { .name = "Moveaxis", .parameters = "source,destination", .emit = emit_moveaxis },
  { .name = "ExpandDims", .parameters = "axis", .emit = emit_expand_dims },
  { .name = "Squeeze", .parameters = "axis=null", .emit = emit_squeeze },
  { .name = "Flip", .parameters = "axis=null", .emit = emit_flip },
  { .name = "BroadcastTo", .parameters = "shape", .emit = emit_broadcast },
  { .name = "Concatenate", .arguments = "xs*", .parameters = "axis=0", .emit = emit_concatenate },
  { .name = "Stack", .arguments = "x*", .parameters = "axis=0", .emit = emit_stack },
  { .name = "Unstack", .module = "keras.src.ops.core", .parameters = "num=null,axis=0", .emit = emit_unstack },
  { .name = "Split", .parameters = "indices_or_sections,axis=0", .emit = emit_split },
  { .name = "Repeat", .parameters = "repeats,axis=null", .emit = emit_repeat },
  { .name = "Tile", .parameters = "repeats", .emit = emit_tile },
  { .name = "Pad", .arguments = "x,constant_values", .parameters = "pad_width,mode=\"constant\"", .emit = emit_pad },
  { NULL },
};
