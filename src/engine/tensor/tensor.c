/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/tensor.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "tensor/convert.h"
#include "tensor/memory.h"
#include "tensor/pages.h"

struct _StrataTensor
{
  gatomicrefcount ref_count;
  StrataDType dtype;
  StrataShape shape;
  gint64 size;
  gpointer data;
  StrataTensor *owner; /* whose memory this is a view of, or NULL */
};

G_DEFINE_BOXED_TYPE (StrataTensor, strata_tensor, strata_tensor_ref, strata_tensor_unref)

/* More than a machine has, but far from overflowing when multiplied by an element's size. */
#define MAX_BYTES ((gint64) 1 << 46)

static gpointer
allocate (gsize bytes)
{
  gpointer data;

  if (!strata_memory_holds (bytes))
    return NULL;
  /* Not aligned_alloc(), which wants sizes that are multiples of the alignment. */
  return posix_memalign (&data, strata_pages_get_alignment (bytes), MAX (bytes, 64)) == 0 ? data : NULL;
}

/**
 * strata_tensor_try_alloc: (skip)
 * @dtype: element type
 * @shape: its shape, all known
 *
 * Makes a tensor of anything, for who writes all of it at once: zeros take as long as reading. Fails where there is not
 * enough memory.
 * Returns: (transfer full): the tensor
 */
StrataTensor *
strata_tensor_try_alloc (StrataDType         dtype,
                         const StrataShape  *shape,
                         GError            **error)
{
  gint64 size = strata_shape_get_size (shape);
  gsize bytes = 0, used;
  gpointer data = NULL;
  StrataTensor *self;

  if (size >= 0 && size < MAX_BYTES)
    {
      bytes = (size * strata_dtype_get_size (dtype) + 63) / 64 * 64;
      data = allocate (bytes);
    }
  if (data == NULL)
    {
      g_autofree char *text = strata_shape_to_string (shape);

      strata_set_error (error, STRATA_ERROR_DATA, "There is not enough memory for an array of shape %s", text);
      return NULL;
    }

  strata_pages_enlarge (data, bytes);
  /* Behind the last number there are zeros, as everywhere else. */
  used = size * strata_dtype_get_size (dtype);
  memset ((char *) data + used, 0, bytes - used);
  self = g_new0 (StrataTensor, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->dtype = dtype;
  self->shape = *shape;
  self->size = size;
  self->data = data;
  return self;
}

/**
 * strata_tensor_try_new:
 * @dtype: element type
 * @shape: its shape, all known
 *
 * Makes a tensor of zeros. For sizes that come from files or users: fails where
 * there is not enough memory.
 * Returns: (transfer full): the tensor
 */
StrataTensor *
strata_tensor_try_new (StrataDType         dtype,
                       const StrataShape  *shape,
                       GError            **error)
{
  StrataTensor *self = strata_tensor_try_alloc (dtype, shape, error);

  if (self != NULL)
    memset (self->data, 0, self->size * strata_dtype_get_size (dtype));
  return self;
}

/**
 * strata_tensor_new:
 * @dtype: element type
 * @shape: its shape, all known
 *
 * Returns: (transfer full): a tensor of zeros; the program ends where memory runs out
 */
StrataTensor *
strata_tensor_new (StrataDType        dtype,
                   const StrataShape *shape)
{
  g_autoptr (GError) error = NULL;
  StrataTensor *self = strata_tensor_try_new (dtype, shape, &error);

  if (self == NULL)
    g_error ("%s", error->message);
  return self;
}

StrataTensor *
strata_tensor_new_scalar (float value)
{
  StrataTensor *self = strata_tensor_new (STRATA_FLOAT32, &STRATA_SCALAR);

  *(float *) self->data = value;
  return self;
}

/**
 * strata_tensor_new_floats: (skip)
 * @shape: its shape
 * @values: as many numbers, row by row; copied
 *
 * Returns: (transfer full): a float32 tensor
 */
StrataTensor *
strata_tensor_new_floats (const StrataShape *shape,
                          const float       *values)
{
  StrataTensor *self = strata_tensor_new (STRATA_FLOAT32, shape);

  memcpy (self->data, values, strata_tensor_get_bytes (self));
  return self;
}

/**
 * strata_tensor_new_from_bytes:
 * @dtype: element type, of numbers
 * @shape: its shape, all known
 * @bytes: its numbers, row by row as the processor has them; copied
 *
 * Returns: (transfer full): the tensor, or %NULL where there are more or fewer bytes than it holds
 */
StrataTensor *
strata_tensor_new_from_bytes (StrataDType         dtype,
                              const StrataShape  *shape,
                              GBytes             *bytes,
                              GError            **error)
{
  g_autoptr (StrataTensor) self = NULL;

  if (dtype == STRATA_STRING)
    {
      strata_set_error (error, STRATA_ERROR_TYPE, "Texts are not made of bytes");
      return NULL;
    }
  self = strata_tensor_try_alloc (dtype, shape, error);
  if (self == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) != strata_tensor_get_bytes (self))
    {
      strata_set_error (error, STRATA_ERROR_DATA, "%zu bytes are needed, but there are %zu",
                        strata_tensor_get_bytes (self), g_bytes_get_size (bytes));
      return NULL;
    }
  memcpy (self->data, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_steal_pointer (&self);
}

/**
 * strata_tensor_to_bytes:
 * @self: a tensor of numbers
 *
 * Returns: (transfer full): a copy of its numbers, row by row
 */
GBytes *
strata_tensor_to_bytes (const StrataTensor *self)
{
  g_return_val_if_fail (self->dtype != STRATA_STRING, NULL);

  return g_bytes_new (self->data, strata_tensor_get_bytes (self));
}

StrataTensor *
strata_tensor_ref (StrataTensor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_tensor_unref (StrataTensor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->owner != NULL)
    strata_tensor_unref (self->owner);
  else
    {
      if (self->dtype == STRATA_STRING)
        for (gint64 i = 0; i < self->size; i++)
          g_free (((char **) self->data)[i]);
      free (self->data);
    }
  g_free (self);
}

/**
 * strata_tensor_copy:
 *
 * Returns: (transfer full): a tensor with memory of its own
 */
StrataTensor *
strata_tensor_copy (const StrataTensor *self)
{
  StrataTensor *copy = strata_tensor_new (self->dtype, &self->shape);

  strata_tensor_set_data (copy, self->data);
  return copy;
}

/**
 * strata_tensor_cast:
 *
 * Returns: (transfer full): the same numbers in another type, or %NULL for texts
 */
StrataTensor *
strata_tensor_cast (const StrataTensor  *self,
                    StrataDType          dtype,
                    GError             **error)
{
  StrataTensor *result;

  if (self->dtype == dtype)
    return strata_tensor_copy (self);
  if (self->dtype == STRATA_STRING || dtype == STRATA_STRING)
    {
      strata_set_error (error, STRATA_ERROR_TYPE, "Texts cannot be turned into %s",
                        strata_dtype_get_name (dtype == STRATA_STRING ? self->dtype : dtype));
      return NULL;
    }

  result = strata_tensor_new (dtype, &self->shape);
  strata_convert (self->dtype, self->data, dtype, result->data, self->size);
  return result;
}

static StrataTensor *
new_view (StrataTensor      *self,
          const StrataShape *shape,
          gpointer           data)
{
  StrataTensor *view = g_new0 (StrataTensor, 1);

  g_atomic_ref_count_init (&view->ref_count);
  view->dtype = self->dtype;
  view->shape = *shape;
  view->size = strata_shape_get_size (shape);
  view->data = data;
  view->owner = strata_tensor_ref (self->owner != NULL ? self->owner : self);
  return view;
}

/**
 * strata_tensor_reshape:
 * @shape: a shape of as many elements
 *
 * Returns: (transfer full): a view of the same memory
 */
StrataTensor *
strata_tensor_reshape (StrataTensor      *self,
                       const StrataShape *shape)
{
  g_return_val_if_fail (strata_shape_get_size (shape) == self->size, NULL);

  return new_view (self, shape, self->data);
}

/**
 * strata_tensor_slice:
 * @start: first index along the first dimension
 * @n: how many
 *
 * Returns: (transfer full): a view of part of the same memory
 */
StrataTensor *
strata_tensor_slice (StrataTensor *self,
                     gint64        start,
                     gint64        n)
{
  StrataShape shape = self->shape;
  gint64 row;

  g_return_val_if_fail (shape.rank > 0 && start >= 0 && n >= 0 && start + n <= shape.dims[0], NULL);

  row = strata_shape_get_span (&shape, 1, shape.rank) * strata_dtype_get_size (self->dtype);
  shape.dims[0] = n;
  return new_view (self, &shape, (char *) self->data + start * row);
}

StrataDType
strata_tensor_get_dtype (const StrataTensor *self)
{
  return self->dtype;
}

/**
 * strata_tensor_get_shape:
 *
 * Returns: (transfer none): its shape
 */
const StrataShape *
strata_tensor_get_shape (const StrataTensor *self)
{
  return &self->shape;
}

/**
 * strata_tensor_get_dim:
 * @axis: which; negative ones count from the end
 */
gint64
strata_tensor_get_dim (const StrataTensor *self,
                       int                 axis)
{
  g_return_val_if_fail (axis >= -self->shape.rank && axis < self->shape.rank, 0);

  return self->shape.dims[axis < 0 ? axis + self->shape.rank : axis];
}

gint64
strata_tensor_get_size (const StrataTensor *self)
{
  return self->size;
}

gsize
strata_tensor_get_bytes (const StrataTensor *self)
{
  return self->size * strata_dtype_get_size (self->dtype);
}

gpointer
strata_tensor_get_data (StrataTensor *self)
{
  return self->data;
}

/**
 * strata_tensor_get_floats: (skip)
 *
 * Returns: (transfer none): the memory of a float32 tensor
 */
float *
strata_tensor_get_floats (StrataTensor *self)
{
  g_return_val_if_fail (self->dtype == STRATA_FLOAT32, NULL);

  return self->data;
}

/**
 * strata_tensor_get_number:
 * @i: index into the flattened tensor
 *
 * Returns: an element of any numeric type as a double
 */
double
strata_tensor_get_number (StrataTensor *self,
                          gint64        i)
{
  double number = 0;

  g_return_val_if_fail (i >= 0 && i < self->size && self->dtype != STRATA_STRING, 0);

  strata_convert (self->dtype, (char *) self->data + i * strata_dtype_get_size (self->dtype), STRATA_FLOAT64, &number,
                  1);
  return number;
}

void
strata_tensor_set_string (StrataTensor *self,
                          gint64        i,
                          const char   *text)
{
  char **strings = self->data;

  g_return_if_fail (self->dtype == STRATA_STRING && i >= 0 && i < self->size);

  g_free (strings[i]);
  strings[i] = g_strdup (text);
}

/**
 * strata_tensor_set_data: (skip)
 * @data: as many elements of the tensor's type
 *
 * Overwrites all elements; texts are copied.
 */
void
strata_tensor_set_data (StrataTensor  *self,
                        gconstpointer  data)
{
  if (self->dtype != STRATA_STRING)
    memcpy (self->data, data, strata_tensor_get_bytes (self));
  else
    for (gint64 i = 0; i < self->size; i++)
      strata_tensor_set_string (self, i, ((const char *const *) data)[i]);
}

/**
 * strata_tensor_copy_from:
 * @source: a tensor of the same shape; its type is converted
 *
 * Overwrites the elements of @self.
 */
gboolean
strata_tensor_copy_from (StrataTensor        *self,
                         const StrataTensor  *source,
                         GError             **error)
{
  if (!strata_shape_equal (&self->shape, &source->shape))
    {
      g_autofree char *expected = strata_shape_to_string (&self->shape);
      g_autofree char *received = strata_shape_to_string (&source->shape);

      strata_set_error (error, STRATA_ERROR_SHAPE, "expected an array of shape %s, received %s", expected, received);
      return FALSE;
    }
  if (self->dtype == STRATA_STRING || source->dtype == STRATA_STRING)
    {
      strata_set_error (error, STRATA_ERROR_TYPE, "texts cannot be copied into numbers");
      return FALSE;
    }

  strata_convert (source->dtype, source->data, self->dtype, self->data, self->size);
  return TRUE;
}
