/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/shape.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

static StrataShape *
strata_shape_copy (StrataShape *self)
{
  return g_memdup2 (self, sizeof *self);
}

G_DEFINE_BOXED_TYPE (StrataShape, strata_shape, strata_shape_copy, g_free)

/**
 * strata_shape_new:
 * @dims: (array length=rank): sizes, %STRATA_UNKNOWN where one is not known
 * @rank: how many, %STRATA_MAX_RANK at most; what there is beyond is left out
 *
 * For languages that make no structs of their own; in C, `STRATA_SHAPE (2, 3)` is one.
 * Returns: (transfer full): a shape
 */
StrataShape *
strata_shape_new (const gint64 *dims,
                  int           rank)
{
  StrataShape *self = g_new0 (StrataShape, 1);

  self->rank = CLAMP (rank, 0, STRATA_MAX_RANK);
  for (int i = 0; i < self->rank; i++)
    self->dims[i] = dims[i];
  return self;
}

/**
 * strata_shape_get_size:
 *
 * Returns: how many elements, or %STRATA_UNKNOWN
 */
gint64
strata_shape_get_size (const StrataShape *self)
{
  return strata_shape_get_span (self, 0, self->rank);
}

/**
 * strata_shape_get_span:
 *
 * Returns: the product of dimensions @from up to but not including @to, or
 *   %STRATA_UNKNOWN where it is not known or does not fit 62 bits
 */
gint64
strata_shape_get_span (const StrataShape *self,
                       int                from,
                       int                to)
{
  gint64 size = 1;

  for (int i = from; i < to; i++)
    if (self->dims[i] < 0 || (self->dims[i] > 0 && size > G_MAXINT64 / 2 / self->dims[i]))
      return STRATA_UNKNOWN;
    else
      size *= self->dims[i];
  return size;
}

gboolean
strata_shape_is_known (const StrataShape *self)
{
  for (int i = 0; i < self->rank; i++)
    if (self->dims[i] < 0)
      return FALSE;
  return TRUE;
}

gboolean
strata_shape_equal (const StrataShape *a,
                    const StrataShape *b)
{
  return a->rank == b->rank && memcmp (a->dims, b->dims, a->rank * sizeof a->dims[0]) == 0;
}

/**
 * strata_shape_is_compatible:
 *
 * Returns: whether the shapes are equal where both are known
 */
gboolean
strata_shape_is_compatible (const StrataShape *a,
                            const StrataShape *b)
{
  if (a->rank != b->rank)
    return FALSE;
  for (int i = 0; i < a->rank; i++)
    if (a->dims[i] >= 0 && b->dims[i] >= 0 && a->dims[i] != b->dims[i])
      return FALSE;
  return TRUE;
}

/**
 * strata_shape_broadcast:
 * @result: (out): what elementwise operations on both make
 *
 * NumPy's rule: aligned at the last dimension, sizes are equal or one is 1.
 * Returns: whether the shapes fit
 */
gboolean
strata_shape_broadcast (const StrataShape *a,
                        const StrataShape *b,
                        StrataShape       *result)
{
  StrataShape shape = { .rank = MAX (a->rank, b->rank) };

  for (int i = 1; i <= shape.rank; i++)
    {
      gint64 x = i <= a->rank ? a->dims[a->rank - i] : 1;
      gint64 y = i <= b->rank ? b->dims[b->rank - i] : 1;

      if (x != y && x != 1 && y != 1 && x != STRATA_UNKNOWN && y != STRATA_UNKNOWN)
        return FALSE;
      /* Unknown against a real size is that size; against 1 it stays unknown. */
      shape.dims[shape.rank - i] = x == 1 ? y : y == 1 ? x : MAX (x, y);
    }
  *result = shape;
  return TRUE;
}

void
strata_shape_append (StrataShape *self,
                     gint64       dim)
{
  strata_shape_insert (self, self->rank, dim);
}

void
strata_shape_insert (StrataShape *self,
                     int          position,
                     gint64       dim)
{
  g_return_if_fail (self->rank < STRATA_MAX_RANK && position >= 0 && position <= self->rank);

  memmove (self->dims + position + 1, self->dims + position, (self->rank - position) * sizeof self->dims[0]);
  self->dims[position] = dim;
  self->rank++;
}

void
strata_shape_remove (StrataShape *self,
                     int          position)
{
  g_return_if_fail (position >= 0 && position < self->rank);

  self->rank--;
  memmove (self->dims + position, self->dims + position + 1, (self->rank - position) * sizeof self->dims[0]);
}

/**
 * strata_shape_to_string:
 *
 * Returns: (transfer full): as Keras prints it, such as `(None, 28, 28, 1)`
 */
char *
strata_shape_to_string (const StrataShape *self)
{
  GString *text = g_string_new ("(");

  for (int i = 0; i < self->rank; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (self->dims[i] < 0)
        g_string_append (text, "None");
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, self->dims[i]);
    }
  g_string_append (text, self->rank == 1 ? ",)" : ")");
  return g_string_free (text, FALSE);
}

JsonNode *
strata_shape_to_json (const StrataShape *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (int i = 0; i < self->rank; i++)
    if (self->dims[i] < 0)
      json_array_add_null_element (array);
    else
      json_array_add_int_element (array, self->dims[i]);
  json_node_take_array (node, array);
  return node;
}

/**
 * strata_shape_from_json:
 * @node: a list of numbers and nulls, or Keras's `__tuple__` of it
 * @shape: (out): the shape
 */
gboolean
strata_shape_from_json (JsonNode     *node,
                        StrataShape  *shape,
                        GError      **error)
{
  JsonArray *list = strata_json_get_items (node);
  StrataShape result = { 0 };

  if (list == NULL || json_array_get_length (list) > STRATA_MAX_RANK)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "A shape must be a list of at most %d sizes", STRATA_MAX_RANK);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);
      gint64 dim = STRATA_UNKNOWN;

      if (!JSON_NODE_HOLDS_NULL (item))
        {
          dim = JSON_NODE_HOLDS_VALUE (item) ? json_node_get_int (item) : -2;
          if (dim < STRATA_UNKNOWN || dim > G_MAXINT32)
            {
              strata_set_error (error, STRATA_ERROR_SHAPE, "A shape has a size that is not a number from 0 to %d",
                                G_MAXINT32);
              return FALSE;
            }
        }
      strata_shape_append (&result, dim);
    }
  *shape = result;
  return TRUE;
}
