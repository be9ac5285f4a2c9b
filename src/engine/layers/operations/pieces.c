/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/matmul.h"
#include "ops/matrices.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* Parts of tensors, and tensors put together of others. */

#define MOST_PARTS 64

static void
give (StrataOperands *self,
      StrataValue    *value)
{
  strata_operands_return (self, value, strata_operands_get_dtype (self));
}

/* Parts that are as equal as can be, or that end where they are told to. */
static void
split_along (StrataOperands *self,
             int             axis)
{
  StrataValue *x = strata_operands_get (self, 0);
  gint64 size, at = 0, n;
  StrataInts ends;

  if (!strata_builder_has_failed (self->b) && (axis < 0 || axis >= x->shape.rank || x->shape.dims[axis] < 0))
    strata_operands_fail (self, "needs to know the size of a dimension that it parts");
  if (!strata_operands_ints (self, "indices_or_sections", &ends) ||
      (ends.scalar && (ends.v[0] < 1 || ends.v[0] > MOST_PARTS)))
    strata_operands_fail (self, "needs to know how many parts to make, at most %d", MOST_PARTS);
  if (strata_builder_has_failed (self->b))
    return;
  size = x->shape.dims[axis];
  n = ends.scalar ? ends.v[0] : ends.n + 1;
  if (ends.scalar && size % n != 0 && !g_str_equal (self->operation->name, "ArraySplit"))
    strata_operands_fail (self, "cannot make %" PRId64 " equal parts of %" PRId64 " slices", n, size);
  for (gint64 i = 0; i < n && !strata_builder_has_failed (self->b); i++)
    {
      gint64 end = ends.scalar ? at + size / n + (i < size % n) : i < ends.n ? ends.v[i] : size;

      end = CLAMP (end < 0 ? end + size : end, at, size);
      give (self, strata_slice (self->b, x, axis, at, end - at));
      at = end;
    }
}

static void
emit_split (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);

  if (g_str_equal (self->operation->name, "ArraySplit"))
    split_along (self, strata_operands_axis (self, "axis", x->shape.rank));
  else if (g_str_equal (self->operation->name, "Hsplit"))
    split_along (self, x->shape.rank == 1 ? 0 : 1);
  else
    split_along (self, g_str_equal (self->operation->name, "Vsplit") ? 0 : 2);
}

/* Where a part begins: whole numbers that the model has. */
static gboolean
read_starts (StrataOperands *self,
             guint           i,
             int             rank,
             gint64         *starts)
{
  JsonNode *node = strata_operands_find (self, i);
  g_autoptr (StrataTensor) numbers = node != NULL ? strata_operands_read_floats (node) : NULL;

  if (numbers == NULL || strata_tensor_get_size (numbers) != rank)
    {
      strata_operands_fail (self, "needs numbers that say where the part begins, one for each dimension");
      return FALSE;
    }
  for (int d = 0; d < rank; d++)
    starts[d] = strata_tensor_get_number (numbers, d);
  return TRUE;
}

static void
emit_slice (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  gint64 starts[STRATA_MAX_RANK];
  StrataInts shape;

  if (strata_builder_has_failed (self->b) || !read_starts (self, 1, x->shape.rank, starts))
    return;
  if (!strata_operands_ints (self, "shape", &shape) || shape.n != x->shape.rank)
    strata_operands_fail (self, "needs a size for each dimension");
  for (int d = 0; d < x->shape.rank && !strata_builder_has_failed (self->b); d++)
    {
      gint64 size = x->shape.dims[d], n = shape.v[d] < 0 && size >= 0 ? size - starts[d] : shape.v[d];

      /* All of a dimension whose size is not known. */
      if (size < 0 && starts[d] == 0 && n < 0)
        continue;
      if (starts[d] < 0 || n < 0 || (size >= 0 && starts[d] + n > size))
        strata_operands_fail (self, "has a part that does not lie within its input");
      else
        x = strata_slice (self->b, x, d, starts[d], n);
    }
  give (self, x);
}

/* Puts @updates over a part: zeros around them, and ones where they are. */
static void
emit_slice_update (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *updates = strata_operands_get_float (self, 2), *covered;
  gint64 starts[STRATA_MAX_RANK], after[STRATA_MAX_RANK];

  if (strata_builder_has_failed (b) || !read_starts (self, 1, x->shape.rank, starts))
    return;
  if (updates->shape.rank != x->shape.rank || !strata_shape_is_known (&x->shape) ||
      !strata_shape_is_known (&updates->shape))
    {
      strata_operands_fail (self, "needs tensors of as many dimensions, of a size that is known");
      return;
    }
  for (int d = 0; d < x->shape.rank; d++)
    {
      starts[d] = CLAMP (starts[d], 0, MAX (x->shape.dims[d] - updates->shape.dims[d], 0));
      after[d] = x->shape.dims[d] - updates->shape.dims[d] - starts[d];
      if (after[d] < 0)
        {
          strata_operands_fail (self, "has a part that is larger than its input");
          return;
        }
    }
  covered = strata_pad (b, strata_offset (b, strata_scale (b, strata_stop_gradient (b, updates), 0), 1), starts, after,
                        0);
  give (self, strata_where (b, covered, strata_pad (b, updates, starts, after, 0), x));
}

/* The places of @indices (n, depth) in an array, as (n): the first @depth dimensions as one. */
static StrataValue *
flatten_indices (StrataOperands    *self,
                 StrataValue       *indices,
                 const StrataShape *shape,
                 gint64            *n)
{
  StrataBuilder *b = self->b;
  int depth = indices->shape.rank == 2 ? (int) indices->shape.dims[1] : 0;
  StrataTensor *factors;

  *n = 1;
  if (depth < 1 || depth > shape->rank || strata_shape_get_span (shape, 0, depth) < 0)
    {
      strata_operands_fail (self, "needs a row of indices for each update, and an array of a size that is known");
      return indices;
    }
  factors = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (depth));
  for (int d = depth - 1; d >= 0; d--)
    {
      strata_tensor_get_floats (factors)[d] = *n;
      *n *= shape->dims[d];
    }
  return strata_cast (b,
                      strata_reduce_sum (b, strata_multiply (b, indices, strata_builder_constant (b, factors)),
                                         STRATA_AXIS (1), FALSE), STRATA_INT32);
}

/* Sums of the updates that go to each place, and how many do. */
static StrataValue *
scatter (StrataOperands     *self,
         StrataValue        *indices,
         StrataValue        *updates,
         const StrataShape  *shape,
         StrataValue       **counts)
{
  StrataBuilder *b = self->b;
  gint64 n, rows;
  StrataValue *places, *ones;

  *counts = updates;
  if (strata_builder_has_failed (b))
    return updates;
  rows = indices->shape.dims[0];
  places = flatten_indices (self, indices, shape, &n);
  if (strata_builder_has_failed (b))
    return updates;
  updates = strata_reshape (b, updates, &STRATA_SHAPE (rows, n > 0 ? strata_shape_get_size (shape) / n : 0));
  ones = strata_offset (b, strata_scale (b, strata_stop_gradient (b, updates), 0), 1);
  *counts = strata_reshape (b, strata_scatter_add (b, places, ones, n), shape);
  return strata_reshape (b, strata_scatter_add (b, places, updates, n), shape);
}

static void
emit_scatter (StrataOperands *self)
{
  StrataValue *indices = strata_operands_get_float (self, 0), *values = strata_operands_get_float (self, 1), *counts;
  StrataShape shape = { 0 };
  StrataInts sizes;

  if (!strata_operands_ints (self, "shape", &sizes) || sizes.n < 1)
    strata_operands_fail (self, "needs a shape");
  for (int d = 0; d < sizes.n; d++)
    strata_shape_append (&shape, sizes.v[d]);
  give (self, scatter (self, indices, values, &shape, &counts));
}

/* The least, largest or product of what each place has and of all updates that go there. */
static StrataValue *
gather_updates (StrataOperands *self,
                StrataValue    *x,
                StrataValue    *indices,
                StrataValue    *updates,
                const char     *reduction)
{
  static const struct
  {
    const char *name;
    double neutral;
    StrataValue *(*reduce) (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
    StrataValue *(*join) (StrataBuilder *b, StrataValue *x, StrataValue *y);
  } reductions[] = {
    { "max", -INFINITY, strata_reduce_max, strata_maximum },
    { "min", INFINITY, strata_reduce_min, strata_minimum },
    { "mul", 1, strata_reduce_prod, strata_multiply },
  };
  StrataBuilder *b = self->b;
  gint64 n, rows = indices->shape.dims[0], width;
  StrataValue *places, *members, *found;
  guint k = 0;

  while (k < G_N_ELEMENTS (reductions) && !g_str_equal (reductions[k].name, reduction))
    k++;
  if (k == G_N_ELEMENTS (reductions))
    strata_operands_fail (self, "knows the reductions “add”, “max”, “min” and “mul”");
  if (strata_builder_has_failed (b))
    return x;
  places = flatten_indices (self, indices, &x->shape, &n);
  if (strata_builder_has_failed (b))
    return x;
  width = n > 0 ? strata_shape_get_size (&x->shape) / n : 0;
  members = strata_expand_dims (b, strata_transpose (b, strata_one_hot (b, places, n), (int[]){ 1, 0 }), 2);
  found = strata_where (b, members, strata_reshape (b, updates, &STRATA_SHAPE (1, rows, width)),
                        strata_builder_scalar (b, reductions[k].neutral));
  found = strata_reshape (b, reductions[k].reduce (b, found, STRATA_AXIS (1), FALSE), &x->shape);
  return reductions[k].join (b, x, found);
}

static void
emit_scatter_update (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  const char *reduction = strata_json_get_string (self->config, "reduction", "none");
  StrataValue *x = strata_operands_get_float (self, 0), *indices = strata_operands_get_float (self, 1);
  StrataValue *updates = strata_operands_get_float (self, 2);
  StrataValue *counts, *sums;

  if (!g_str_equal (reduction, "none") && !g_str_equal (reduction, "add"))
    {
      give (self, gather_updates (self, x, indices, updates, reduction));
      return;
    }
  sums = scatter (self, indices, updates, &x->shape, &counts);
  if (strata_builder_has_failed (b))
    return;
  if (g_str_equal (reduction, "add"))
    give (self, strata_add (b, x, sums));
  else
    /* Which of several updates of one place counts is left open by TensorFlow: here it is their mean. */
    give (self, strata_where (b, counts,
                              strata_divide (b, sums, strata_maximum (b, counts, strata_builder_scalar (b, 1))), x));
}

/* A matrix of a vector, moved by k; or a diagonal of a matrix. */
static StrataValue *
make_diagonal (StrataOperands *self,
               StrataValue    *x,
               gint64          k)
{
  gint64 n = x->shape.dims[0], margins[2][2] = { { MAX (-k, 0), MAX (k, 0) }, { MAX (k, 0), MAX (-k, 0) } };

  if (n < 0 || ABS (k) > 65536)
    {
      strata_operands_fail (self, "needs to know how many numbers there are");
      return x;
    }
  x = strata_matrix_from_diagonal (self->b, x);
  return k != 0 ? strata_pad (self->b, x, margins[0], margins[1], 0) : x;
}

static void
emit_diag (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  gboolean flat = g_str_equal (self->operation->name, "Diagflat");
  gint64 k = strata_operands_integer (self, "k");

  if (strata_builder_has_failed (self->b))
    return;
  if (flat)
    x = strata_reshape (self->b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape)));
  if (x->shape.rank == 1)
    give (self, make_diagonal (self, x, k));
  else if (x->shape.rank == 2)
    {
      g_autoptr (JsonObject) config = json_object_new ();
      StrataOperands diagonal = *self;

      json_object_set_int_member (config, "offset", k);
      json_object_set_int_member (config, "axis1", 0);
      json_object_set_int_member (config, "axis2", 1);
      diagonal.operation = strata_operation_find ("Diagonal");
      diagonal.config = config;
      strata_operation_call (&diagonal);
    }
  else
    strata_operands_fail (self, "takes a vector or a matrix");
}

/* Every product of numbers of both, dimension by dimension. */
static void
emit_kron (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1);
  StrataShape shape = { 0 };

  while (!strata_builder_has_failed (b) && x->shape.rank < y->shape.rank)
    x = strata_expand_dims (b, x, 0);
  while (!strata_builder_has_failed (b) && y->shape.rank < x->shape.rank)
    y = strata_expand_dims (b, y, 0);
  if (!strata_builder_has_failed (b) && 2 * x->shape.rank > STRATA_MAX_RANK)
    strata_operands_fail (self, "takes at most %d dimensions", STRATA_MAX_RANK / 2);
  if (strata_builder_has_failed (b))
    return;
  for (int d = 0, rank = x->shape.rank; d < rank; d++)
    {
      strata_shape_append (&shape, x->shape.dims[2 * d] < 0 || y->shape.dims[2 * d] < 0 ? STRATA_UNKNOWN
                           : x->shape.dims[2 * d] * y->shape.dims[2 * d]);
      x = strata_expand_dims (b, x, 2 * d + 1);
      y = strata_expand_dims (b, y, 2 * d);
    }
  give (self, strata_reshape (b, strata_multiply (b, x, y), &shape));
}

/* Vectors at right angles to both; of vectors of two numbers, the third is zero. */
static void
emit_cross (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  gboolean one = strata_operands_param (self, "axis") != NULL &&
                 !JSON_NODE_HOLDS_NULL (strata_operands_param (self, "axis"));
  StrataValue *x[2], *parts[2][3], *result[3];
  gint64 n[2];

  for (int i = 0; i < 2; i++)
    {
      x[i] = strata_operands_get_float (self, i);
      if (strata_builder_has_failed (b))
        return;
      x[i] = strata_swap_axes (b, x[i],
                               strata_operands_axis (self, one ? "axis" : i == 0 ? "axisa" : "axisb", x[i]->shape.rank),
                               -1);
      n[i] = x[i]->shape.dims[x[i]->shape.rank - 1];
      if (n[i] != 2 && n[i] != 3)
        {
          strata_operands_fail (self, "takes vectors of two or three numbers");
          return;
        }
      for (int k = 0; k < 3; k++)
        parts[i][k] = k < n[i] ? strata_slice (b, x[i], -1, k, 1) : strata_scale (b, parts[i][0], 0);
    }
  for (int k = 0; k < 3; k++)
    result[k] = strata_subtract (b, strata_multiply (b, parts[0][(k + 1) % 3], parts[1][(k + 2) % 3]),
                                 strata_multiply (b, parts[0][(k + 2) % 3], parts[1][(k + 1) % 3]));
  if (strata_builder_has_failed (b))
    return;
  if (n[0] == 2 && n[1] == 2)
    give (self, strata_squeeze (b, result[2], result[2]->shape.rank - 1));
  else
    {
      StrataValue *y = strata_concatenate (b, result, 3, -1);

      give (self, strata_swap_axes (b, y, strata_operands_axis (self, one ? "axis" : "axisc", y->shape.rank), -1));
    }
}

static void
emit_vander (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *columns[MOST_PARTS], *power;
  JsonNode *wanted = strata_operands_param (self, "N");
  gint64 n = wanted != NULL && strata_json_is_number (wanted) ? json_node_get_int (wanted) : x->shape.rank == 1
             ? x->shape.dims[0] : -1;
  gboolean increasing = strata_operands_flag (self, "increasing");

  if (x->shape.rank != 1 || n < 1 || n > MOST_PARTS)
    strata_operands_fail (self, "takes a vector, and makes 1 to %d columns", MOST_PARTS);
  if (strata_builder_has_failed (self->b))
    return;
  power = strata_offset (self->b, strata_scale (self->b, x, 0), 1);
  for (gint64 i = 0; i < n; i++)
    {
      columns[increasing ? i : n - 1 - i] = strata_expand_dims (self->b, power, 1);
      power = strata_multiply (self->b, power, x);
    }
  give (self, strata_concatenate (self->b, columns, n, 1));
}

/* Of several conditions the first that holds chooses. */
static void
emit_select (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *conditions[MOST_PARTS], *choices[MOST_PARTS], *y;
  guint n = strata_operands_get_list (self, 0, conditions, MOST_PARTS);
  guint m = strata_operands_get_list (self, 1, choices, MOST_PARTS);

  if (n != m)
    strata_operands_fail (self, "takes as many conditions as choices");
  y = strata_operands_find (self, 2) != NULL ? strata_operands_get_float (self, 2) : strata_builder_scalar (b, 0);
  for (guint i = n; i > 0 && !strata_builder_has_failed (b); i--)
    y = strata_where (b, strata_cast (b, conditions[i - 1], STRATA_FLOAT32),
                      strata_cast (b, choices[i - 1], STRATA_FLOAT32), y);
  strata_operands_return (self, y, STRATA_FLOAT32);
}

static void
emit_meshgrid (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *axes[STRATA_MAX_RANK];
  gboolean crossed = !g_str_equal (strata_json_get_string (self->config, "indexing", "xy"), "ij");
  guint n = strata_operands_get_list (self, 0, axes, STRATA_MAX_RANK);
  StrataShape whole = { .rank = n };

  for (guint i = 0; i < n; i++)
    {
      guint place = crossed && i < 2 && n > 1 ? 1 - i : i;

      whole.dims[place] = axes[i]->shape.rank == 1 ? axes[i]->shape.dims[0] : -1;
      if (whole.dims[place] < 0)
        strata_operands_fail (self, "takes vectors of a size that is known");
    }
  for (guint i = 0; i < n && !strata_builder_has_failed (b); i++)
    {
      guint place = crossed && i < 2 && n > 1 ? 1 - i : i;
      StrataShape row = { .rank = n };

      for (guint d = 0; d < n; d++)
        row.dims[d] = d == place ? whole.dims[d] : 1;
      strata_operands_return (self,
                              strata_broadcast_to (b,
                                                   strata_reshape (b, strata_cast (b, axes[i], STRATA_FLOAT32), &row),
                                                   &whole), axes[i]->dtype);
    }
}

#define CORE .module = "keras.src.ops.core"

const StrataOperation strata_operations_pieces[] = {
  { .name = "ArraySplit", .parameters = "indices_or_sections,axis=0", .emit = emit_split },
  { .name = "Hsplit", .parameters = "indices_or_sections", .emit = emit_split },
  { .name = "Vsplit", .parameters = "indices_or_sections", .emit = emit_split },
  { .name = "Dsplit", .parameters = "indices_or_sections", .emit = emit_split },
  { .name = "Slice", CORE, .arguments = "inputs,start_indices", .parameters = "shape", .emit = emit_slice },
  { .name = "SliceUpdate", CORE, .arguments = "inputs,start_indices,updates", .emit = emit_slice_update },
  { .name = "Scatter", CORE, .arguments = "indices,values", .parameters = "shape", .emit = emit_scatter },
  { .name = "ScatterUpdate", CORE, .arguments = "inputs,indices,updates", .parameters = "reduction=null",
    .emit = emit_scatter_update },
  { .name = "Diag", .parameters = "k=0", .emit = emit_diag },
  { .name = "Diagflat", .parameters = "k=0", .emit = emit_diag },
  { .name = "Kron", .arguments = "x1,x2", .emit = emit_kron },
  { .name = "Cross", .arguments = "x1,x2", .parameters = "axisa=-1,axisb=-1,axisc=-1,axis=null", .emit = emit_cross },
  { .name = "Vander", .parameters = "N=null,increasing=false", .emit = emit_vander },
  { .name = "Select", .arguments = "condlist*,choicelist*,default", .emit = emit_select },
  { .name = "Meshgrid", .arguments = "x*", .parameters = "indexing=\"xy\"", .emit = emit_meshgrid },
  { NULL },
};
