/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* A stand-in of the right shape while the size of a dimension is not known, and shapes are only worked out. */
static StrataValue *
leave_open (StrataBuilder *b,
            StrataValue   *x,
            int            axis)
{
  StrataShape shape = x->shape;

  shape.dims[axis] = STRATA_UNKNOWN;
  return strata_reshape (b, x, &shape);
}

/* Every @step-th from @start on: what lies between is cut off as the rest of rows. */
static StrataValue *
take_steps (StrataBuilder *b,
            StrataValue   *x,
            int            axis,
            gint64         start,
            gint64         count,
            gint64         step)
{
  gint64 before[STRATA_MAX_RANK] = { 0 }, after[STRATA_MAX_RANK] = { 0 };
  gint64 span = MIN (count * step, x->shape.dims[axis] - start);
  StrataDType dtype = x->dtype;
  StrataShape shape;

  if (count <= 1 || step == 1)
    return strata_slice (b, x, axis, start, count);
  x = strata_cast (b, strata_slice (b, x, axis, start, span), STRATA_FLOAT32);
  after[axis] = count * step - span;
  if (after[axis] > 0)
    x = strata_pad (b, x, before, after, 0);
  shape = x->shape;
  if (shape.rank == STRATA_MAX_RANK)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "Slices with steps are possible of at most %d dimensions",
                           STRATA_MAX_RANK - 1);
      return strata_builder_nothing (b);
    }
  shape.dims[axis] = count;
  strata_shape_insert (&shape, axis + 1, step);
  x = strata_slice (b, strata_reshape (b, x, &shape), axis + 1, 0, 1);
  return strata_cast (b, strata_squeeze (b, x, axis + 1), dtype);
}

static gint64
get_bound (JsonObject *slice,
           const char *name,
           gint64      size,
           gint64      fallback)
{
  JsonNode *node = json_object_get_member (slice, name);
  gint64 bound;

  if (node == NULL || !strata_json_is_number (node))
    return fallback;
  bound = json_node_get_int (node);
  return CLAMP (bound < 0 ? bound + size : bound, 0, size);
}

static StrataValue *
take_slice (StrataOperands *self,
            StrataValue    *x,
            int             axis,
            JsonObject     *slice)
{
  JsonNode *step_node = json_object_get_member (slice, "step");
  gint64 step = step_node != NULL && strata_json_is_number (step_node) ? json_node_get_int (step_node) : 1;
  gboolean backwards = step == -1, bounded;
  gint64 size = x->shape.dims[axis], start, stop;

  bounded = strata_json_is_number (json_object_get_member (slice, "start")) ||
            strata_json_is_number (json_object_get_member (slice, "stop"));
  if (backwards && !bounded)
    return strata_reverse (self->b, x, axis);
  if (step < 1 || step > G_MAXINT32)
    {
      strata_operands_fail (self, "takes slices with steps forwards, or all of them backwards");
      return x;
    }
  if (!bounded && step == 1)
    return x;
  if (size < 0)
    return leave_open (self->b, x, axis);
  start = get_bound (slice, "start", size, 0);
  stop = get_bound (slice, "stop", size, size);
  return take_steps (self->b, x, axis, start, stop > start ? (stop - start + step - 1) / step : 0, step);
}

static StrataValue *
take_one (StrataOperands *self,
          StrataValue    *x,
          int             axis,
          gint64          index)
{
  gint64 size = x->shape.dims[axis];

  if (size >= 0 && (index < -size || index >= size))
    {
      strata_operands_fail (self, "takes number %" PRId64 " of only %" PRId64, index, size);
      return x;
    }
  if (size < 0 && index < 0)
    {
      StrataShape shape = x->shape;

      strata_shape_remove (&shape, axis);
      return strata_reshape (self->b, x, &shape);
    }
  x = strata_slice (self->b, x, axis, index < 0 ? index + size : index, 1);
  return strata_squeeze (self->b, x, axis);
}

static gboolean
is_class (JsonNode   *node,
          const char *class_name)
{
  return JSON_NODE_HOLDS_OBJECT (node) &&
         g_str_equal (strata_json_get_string (json_node_get_object (node), "class_name", ""), class_name);
}

/* How many dimensions of the input the keys from @first on use. */
static int
count_used (JsonArray *keys,
            guint      first)
{
  int n = 0;

  for (guint i = first; i < json_array_get_length (keys); i++)
    n += !JSON_NODE_HOLDS_NULL (json_array_get_element (keys, i)) &&
        !is_class (json_array_get_element (keys, i), "__ellipsis__");
  return n;
}

/* x[..., 1, ::2, None] */
static StrataValue *
take_keys (StrataOperands *self,
           StrataValue    *x,
           JsonArray      *keys)
{
  int axis = 0;

  for (guint i = 0; i < json_array_get_length (keys) && !strata_builder_has_failed (self->b); i++)
    {
      JsonNode *key = json_array_get_element (keys, i);

      if (is_class (key, "__ellipsis__"))
        axis = x->shape.rank - count_used (keys, i);
      else if (JSON_NODE_HOLDS_NULL (key))
        x = strata_expand_dims (self->b, x, axis++);
      else if (axis < 0 || axis >= x->shape.rank)
        strata_operands_fail (self, "has more keys than its input has dimensions");
      else if (is_class (key, "__slice__") && strata_json_get_object (json_node_get_object (key), "config") != NULL)
        {
          x = take_slice (self, x, axis, strata_json_get_object (json_node_get_object (key), "config"));
          axis++;
        }
      else if (strata_json_is_number (key))
        x = take_one (self, x, axis, json_node_get_int (key));
      else
        strata_operands_fail (self, "takes numbers, slices, ... and None as keys");
    }
  return x;
}

static void
emit_get_item (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  JsonNode *key = self->args != NULL && json_array_get_length (self->args) > 1 ? json_array_get_element (self->args, 1)
                  : NULL;
  g_autoptr (JsonArray) keys = NULL;
  JsonArray *items = key != NULL ? strata_json_get_items (key) : NULL;

  if (key == NULL && self->call->arguments != NULL)
    key = json_object_get_member (self->call->arguments, "key");
  if (items != NULL)
    keys = json_array_ref (items);
  else if (key != NULL)
    {
      keys = json_array_new ();
      json_array_add_element (keys, json_node_copy (key));
    }
  if (keys == NULL)
    strata_operands_fail (self, "lacks its key");
  else
    {
      StrataDType dtype = x->dtype;

      strata_operands_return (self, take_keys (self, x, keys), dtype);
    }
}

static StrataValue *
move_first (StrataBuilder *b,
            StrataValue   *x,
            int            axis)
{
  int permutation[STRATA_MAX_RANK] = { axis };

  for (int i = 1; i < x->shape.rank; i++)
    permutation[i] = i <= axis ? i - 1 : i;
  return axis > 0 ? strata_transpose (b, x, permutation) : x;
}

/* Moves the first @n dimensions to where @axis is. */
static StrataValue *
move_back (StrataBuilder *b,
           StrataValue   *x,
           int            n,
           int            axis)
{
  int permutation[STRATA_MAX_RANK];

  for (int i = 0; i < x->shape.rank; i++)
    permutation[i] = i < axis ? i + n : i < axis + n ? i - axis : i;
  return axis > 0 ? strata_transpose (b, x, permutation) : x;
}

static void
emit_take (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *indices = strata_operands_get (self, 1);
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  int axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank);
  StrataShape row = STRATA_SHAPE (STRATA_UNKNOWN);
  StrataValue *below;

  if (strata_builder_has_failed (self->b))
    return;
  x = flat ? strata_reshape (self->b, x, &row) : move_first (self->b, x, axis);
  /* Negative ones count from the end. */
  indices = strata_cast (self->b, indices, STRATA_FLOAT32);
  below = strata_less (self->b, indices, strata_builder_scalar (self->b, 0));
  indices = strata_add (self->b, indices, strata_scale (self->b, below, MAX (x->shape.dims[0], 0)));
  indices = strata_cast (self->b, indices, STRATA_INT32);
  x = strata_gather (self->b, x, indices);
  if (!strata_builder_has_failed (self->b))
    {
      StrataDType dtype = strata_operands_get (self, 0)->dtype;

      strata_operands_return (self, move_back (self->b, x, indices->shape.rank, axis),
                              strata_dtype_is_float (dtype) ? STRATA_FLOAT32 : dtype);
    }
}

static void
emit_one_hot (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  StrataInts classes;
  int rank = x->shape.rank, axis = strata_operands_axis (self, "axis", rank + 1), permutation[STRATA_MAX_RANK];

  if (!strata_operands_ints (self, "num_classes", &classes) || classes.v[0] < 1 || classes.v[0] > G_MAXINT32)
    strata_operands_fail (self, "needs to know how many classes there are");
  if (strata_builder_has_failed (self->b) || rank + 1 > STRATA_MAX_RANK)
    return;
  for (int i = 0; i <= rank; i++)
    permutation[i] = i < axis ? i : i == axis ? rank : i - 1;
  x = strata_one_hot (self->b, strata_cast (self->b, x, STRATA_INT32), classes.v[0]);
  strata_operands_return (self, axis < rank ? strata_transpose (self->b, x, permutation) : x, STRATA_FLOAT32);
}

const StrataOperation strata_operations_indexing[] = {
  { .name = "GetItem", .arguments = "x,key", .emit = emit_get_item },
  { .name = "Take", .arguments = "x,indices", .parameters = "axis=null", .emit = emit_take },
  { .name = "OneHot", .module = "keras.src.ops.nn", .parameters = "num_classes,axis=-1,dtype=null,sparse=false",
    .emit = emit_one_hot },
  { NULL },
};
