/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "base/json.h"
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/sorting.h"

/* How often numbers are there, where they belong, and sums of those that belong together. */

#define MOST_CLASSES (1 << 24)

static gint64
get_count (StrataOperands *self,
           const char     *name)
{
  JsonNode *node = strata_operands_param (self, name);
  gint64 n = node != NULL && strata_json_is_number (node) ? json_node_get_int (node) : -1;

  if (n < 1 || n > MOST_CLASSES)
    strata_operands_fail (self, "needs a “%s” of 1 or more: sizes are known beforehand here", name);
  return CLAMP (n, 1, MOST_CLASSES);
}

/*
 * As many counts as the minimum says: numbers that are larger are left out, as nobody knows beforehand how many there
 * are.
 */
static void
emit_bincount (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *y;
  JsonNode *weights = strata_operands_param (self, "weights");
  g_autoptr (StrataTensor) numbers = weights != NULL && !JSON_NODE_HOLDS_NULL (weights)
                                     ? strata_operands_read_floats (weights) : NULL;
  gint64 n = get_count (self, "minlength");
  gboolean weighed = numbers != NULL;

  if (strata_builder_has_failed (self->b))
    return;
  y = weighed ? strata_broadcast_to (self->b, strata_builder_constant (self->b, g_steal_pointer (&numbers)), &x->shape)
              : strata_offset (self->b, strata_scale (self->b, x, 0), 1);
  /* What is less than zero counts nowhere, rather than from the end. */
  x = strata_where (self->b, strata_less (self->b, x, strata_builder_scalar (self->b, 0)),
                    strata_builder_scalar (self->b, n), x);
  y = strata_put_along (self->b, strata_cast (self->b, x, STRATA_INT32), y, n);
  strata_operands_return (self, y, weighed ? STRATA_FLOAT32 : STRATA_INT32);
}

/* How many of @edges are less than each number, or not more: a sum, which is exact. */
static StrataValue *
count_edges (StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *edges,
             gboolean       right)
{
  int rank = x->shape.rank;
  StrataValue *one = strata_expand_dims (b, x, rank), *passed = right ? strata_less_equal (b, edges, one)
                     : strata_less (b, edges, one);

  return strata_reduce_sum (b, passed, 1u << rank, FALSE);
}

static void
emit_search_sorted (StrataOperands *self)
{
  StrataValue *edges = strata_operands_get_float (self, 0), *x = strata_operands_get_float (self, 1);
  gboolean right = g_str_equal (strata_json_get_string (self->config, "side", "left"), "right");

  if (!strata_builder_has_failed (self->b) && edges->shape.rank != 1)
    strata_operands_fail (self, "takes one row that is sorted");
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, count_edges (self->b, x, edges, right), STRATA_INT32);
}

static void
emit_digitize (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *edges = strata_operands_get_float (self, 1);

  if (!strata_builder_has_failed (self->b) && edges->shape.rank != 1)
    strata_operands_fail (self, "takes one row of bins");
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, count_edges (self->b, x, edges, TRUE), STRATA_INT32);
}

/* Counts in bins of one width, and where they begin and end. */
static void
emit_histogram (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *least, *most, *edges, *inner, *inside, *counts;
  JsonNode *range = strata_operands_param (self, "range");
  g_autoptr (StrataTensor) given = range != NULL && !JSON_NODE_HOLDS_NULL (range) ? strata_operands_read_floats (range)
                                   : NULL;
  gint64 n = get_count (self, "bins"), size;
  StrataTensor *shares;

  if (strata_builder_has_failed (b))
    return;
  size = strata_shape_get_size (&x->shape);
  x = strata_reshape (b, x, &STRATA_SHAPE (size));
  least = given != NULL ? strata_builder_scalar (b, strata_tensor_get_number (given, 0))
          : strata_reduce_min (b, x, STRATA_ALL_AXES, FALSE);
  most = given != NULL && strata_tensor_get_size (given) > 1
         ? strata_builder_scalar (b, strata_tensor_get_number (given, 1))
                                                             : strata_reduce_max (b, x, STRATA_ALL_AXES, FALSE);
  shares = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n + 1));
  if (shares == NULL)
    return;
  for (gint64 i = 0; i <= n; i++)
    strata_tensor_get_floats (shares)[i] = (float) i / n;
  edges = strata_add (b, least,
                      strata_multiply (b, strata_builder_constant (b, shares), strata_subtract (b, most, least)));
  inside = strata_logical_and (b, strata_greater_equal (b, x, least), strata_less_equal (b, x, most));
  if (n > 1)
    inner = count_edges (b, x, strata_slice (b, edges, 0, 1, n - 1), TRUE);
  else
    inner = strata_scale (b, inside, 0);
  counts = strata_put_along (b, strata_cast (b, inner, STRATA_INT32), inside, n);
  strata_operands_return (self, counts, STRATA_FLOAT32);
  strata_operands_return (self, edges, STRATA_FLOAT32);
}

static void
emit_is_in (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *set = strata_operands_get_float (self, 1), *found;
  int rank = x->shape.rank;

  set = strata_reshape (b, set, &STRATA_SHAPE (strata_shape_get_size (&set->shape)));
  found = strata_reduce_max (b, strata_equal (b, strata_expand_dims (b, x, rank), set), 1u << rank, FALSE);
  strata_operands_return (self, strata_operands_flag (self, "invert") ? strata_logical_not (b, found) : found,
                          STRATA_BOOL);
}

/* Whether fewer than k scores are above that of the class. */
static void
emit_in_top_k (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *classes = strata_operands_get (self, 0), *scores = strata_operands_get_float (self, 1), *own, *above;

  if (!strata_builder_has_failed (b) && (scores->shape.rank != 2 || classes->shape.rank != 1))
    strata_operands_fail (self, "takes a class for each row of scores");
  if (strata_builder_has_failed (b))
    return;
  own = strata_take_along (b, scores, strata_expand_dims (b, strata_cast (b, classes, STRATA_INT32), 1));
  above = strata_reduce_sum (b, strata_greater (b, scores, own), STRATA_AXIS (1), FALSE);
  strata_operands_return (self, strata_less (b, above, strata_builder_scalar (b, strata_operands_number (self, "k"))),
                          STRATA_BOOL);
}

static void
emit_multi_hot (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  gint64 n = get_count (self, "num_classes");

  if (strata_builder_has_failed (self->b))
    return;
  x = strata_one_hot (self->b, strata_cast (self->b, x, STRATA_INT32), n);
  strata_operands_return (self, strata_reduce_max (self->b, x, 1u << (x->shape.rank > 2 ? 1 : 0), FALSE),
                          STRATA_FLOAT32);
}

/* (segments, n): 1 where a row belongs to a segment. */
static StrataValue *
find_members (StrataOperands *self,
              StrataValue    *ids,
              gint64          n)
{
  StrataValue *hot = strata_one_hot (self->b, strata_cast (self->b, ids, STRATA_INT32), n);

  return strata_transpose (self->b, hot, (int[]){ 1, 0 });
}

/* Rows that belong together become one; where none belongs, TensorFlow has the least, the largest, or 1. */
static void
emit_segments (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *ids = strata_operands_get (self, 1), *y, *members, *filled;
  gint64 n = get_count (self, "num_segments"), rows;
  const char *name = self->operation->name;
  StrataShape shape;

  if (!strata_builder_has_failed (b) && (ids->shape.rank != 1 || x->shape.rank < 1))
    strata_operands_fail (self, "takes a segment for each row");
  if (strata_builder_has_failed (b))
    return;
  shape = x->shape;
  rows = shape.dims[0];
  if (g_str_equal (name, "SegmentSum"))
    {
      /* A segment that is none is left out. */
      ids = strata_cast (b, ids, STRATA_INT32);
      strata_operands_return (self, strata_scatter_add (b, ids, x, n), strata_operands_get_dtype (self));
      return;
    }
  x = strata_reshape (b, x, &STRATA_SHAPE (1, rows, strata_shape_get_span (&shape, 1, shape.rank)));
  members = strata_expand_dims (b, find_members (self, ids, n), 2);
  filled = strata_builder_scalar (b, g_str_equal (name, "SegmentMax") ? -G_MAXFLOAT : g_str_equal (name, "SegmentMin")
                                  ? G_MAXFLOAT : 1);
  y = strata_where (b, members, x, filled);
  y = (g_str_equal (name, "SegmentMax") ? strata_reduce_max : g_str_equal (name, "SegmentMin") ? strata_reduce_min
       : strata_reduce_prod) (b, y, STRATA_AXIS (1), FALSE);
  shape.dims[0] = n;
  strata_operands_return (self, strata_reshape (b, y, &shape), strata_operands_get_dtype (self));
}

/* Each index of the flat array as one for each dimension. */
static void
emit_unravel_index (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *along[STRATA_MAX_RANK];
  gint64 size = 1;
  StrataInts shape;

  if (!strata_operands_ints (self, "shape", &shape) || shape.n < 1)
    strata_operands_fail (self, "needs a shape");
  for (int d = 0; d < shape.n; d++)
    {
      if (shape.v[d] < 1 || size > (1 << 24) / shape.v[d])
        strata_operands_fail (self, "needs a shape of at most %d numbers", 1 << 24);
      size *= MAX (shape.v[d], 1);
      size = MIN (size, 1 << 24);
    }
  x = strata_where (b, strata_less (b, x, strata_builder_scalar (b, 0)), strata_offset (b, x, size), x);
  for (int d = shape.n - 1; d >= 0 && !strata_builder_has_failed (b); d--)
    {
      StrataValue *n = strata_builder_scalar (b, shape.v[d]);

      along[d] = strata_modulo (b, x, n);
      x = strata_floor_divide (b, x, n);
    }
  for (int d = 0; d < shape.n && !strata_builder_has_failed (b); d++)
    strata_operands_return (self, along[d], strata_operands_get_dtype (self));
}

#define MATH .module = "keras.src.ops.math"
#define SEGMENTS(op_name)                                                                                              \
  { .name = op_name, MATH, .arguments = "data,segment_ids", .parameters = "num_segments=null,sorted=false",            \
    .emit = emit_segments }

const StrataOperation strata_operations_counting[] = {
  { .name = "Bincount", .parameters = "weights=null,minlength=0,sparse=false", .emit = emit_bincount },
  { .name = "SearchSorted", .python = "keras.ops.searchsorted", .arguments = "sorted_sequence,values",
    .parameters = "side=\"left\"", .emit = emit_search_sorted },
  { .name = "Digitize", .arguments = "x,bins", .emit = emit_digitize },
  { .name = "Histogram", .parameters = "bins=10,range=null", .emit = emit_histogram },
  { .name = "IsIn", .python = "keras.ops.isin", .arguments = "x1,x2", .parameters = "assume_unique=false,invert=false",
    .emit = emit_is_in },
  { .name = "InTopK", MATH, .python = "keras.ops.in_top_k", .arguments = "targets,predictions", .parameters = "k",
    .emit = emit_in_top_k },
  { .name = "MultiHot", .module = "keras.src.ops.nn", .arguments = "inputs",
    .parameters = "num_classes=null,axis=-1,dtype=null,sparse=false", .emit = emit_multi_hot },
  SEGMENTS ("SegmentSum"),
  SEGMENTS ("SegmentMax"),
  SEGMENTS ("SegmentMin"),
  SEGMENTS ("SegmentProd"),
  { .name = "UnravelIndex", .arguments = "indices", .parameters = "shape", .emit = emit_unravel_index },
  { NULL },
};
