/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/source.h"

#include <string.h>

#include "tensor/convert.h"
#include "tensor/pool.h"

/* Numbers worth a task of their own. Rows come in any order, so each is a wait for memory. */
#define TASK_NUMBERS 4096
/* So that the wait is short, rows are asked for ahead. */
#define ROWS_AHEAD 3
#define CACHE_LINE 64

G_DEFINE_ABSTRACT_TYPE (StrataSource, strata_source, G_TYPE_OBJECT)

static void
strata_source_class_init (StrataSourceClass *klass)
{
}

static void
strata_source_init (StrataSource *self)
{
}

/**
 * strata_source_get_size:
 *
 * Returns: how many samples there are
 */
gint64
strata_source_get_size (StrataSource *self)
{
  return STRATA_SOURCE_GET_CLASS (self)->get_size (self);
}

guint
strata_source_get_n_arrays (StrataSource *self)
{
  return STRATA_SOURCE_GET_CLASS (self)->get_n_arrays (self);
}

/**
 * strata_source_get_spec: (skip)
 * @array: which array
 * @dtype: (out): its element type
 * @shape: (out): its shape, for one sample
 */
void
strata_source_get_spec (StrataSource *self,
                        guint         array,
                        StrataDType  *dtype,
                        StrataShape  *shape)
{
  STRATA_SOURCE_GET_CLASS (self)->get_spec (self, array, dtype, shape);
}

/**
 * strata_source_fill: (skip)
 * @array: which array
 * @indices: which samples
 * @n: how many
 * @dtype: what to write them as
 * @target: where to
 */
gboolean
strata_source_fill (StrataSource  *self,
                    guint          array,
                    const gint64  *indices,
                    gint64         n,
                    StrataDType    dtype,
                    gpointer       target,
                    GError       **error)
{
  return STRATA_SOURCE_GET_CLASS (self)->fill (self, array, indices, n, dtype, target, error);
}

/* Arrays in memory */

#define STRATA_TYPE_ARRAY_SOURCE (strata_array_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataArraySource, strata_array_source, STRATA, ARRAY_SOURCE, StrataSource)

struct _StrataArraySource
{
  StrataSource parent_instance;

  GPtrArray *arrays;
};

G_DEFINE_FINAL_TYPE (StrataArraySource, strata_array_source, STRATA_TYPE_SOURCE)

static gint64
array_source_get_size (StrataSource *source)
{
  StrataArraySource *self = STRATA_ARRAY_SOURCE (source);

  return self->arrays->len > 0 ? strata_tensor_get_dim (g_ptr_array_index (self->arrays, 0), 0) : 0;
}

static guint
array_source_get_n_arrays (StrataSource *source)
{
  return STRATA_ARRAY_SOURCE (source)->arrays->len;
}

static void
array_source_get_spec (StrataSource *source,
                       guint         array,
                       StrataDType  *dtype,
                       StrataShape  *shape)
{
  StrataTensor *tensor = g_ptr_array_index (STRATA_ARRAY_SOURCE (source)->arrays, array);

  *dtype = strata_tensor_get_dtype (tensor);
  *shape = *strata_tensor_get_shape (tensor);
  strata_shape_remove (shape, 0);
}

typedef struct
{
  const char *source;
  char *target;
  const gint64 *indices;
  gint64 n, row, task_rows;
  StrataDType from, to;
} Gathering;

static void
gather_rows (gpointer data,
             guint    task,
             guint    thread)
{
  const Gathering *self = data;
  gsize from_bytes = self->row * strata_dtype_get_size (self->from), bytes = self->row * strata_dtype_get_size (self->to);
  gint64 first = task * self->task_rows;

  for (gint64 i = first; i < MIN (first + self->task_rows, self->n); i++)
    {
      const char *ahead = self->source + self->indices[MIN (i + ROWS_AHEAD, self->n - 1)] * from_bytes;

      for (gsize at = 0; at < from_bytes; at += CACHE_LINE)
        __builtin_prefetch (ahead + at);
      strata_convert (self->from, self->source + self->indices[i] * from_bytes, self->to, self->target + i * bytes, self->row);
    }
}

static gboolean
array_source_fill (StrataSource  *source,
                   guint          array,
                   const gint64  *indices,
                   gint64         n,
                   StrataDType    dtype,
                   gpointer       target,
                   GError       **error)
{
  StrataTensor *tensor = g_ptr_array_index (STRATA_ARRAY_SOURCE (source)->arrays, array);
  StrataDType from = strata_tensor_get_dtype (tensor);
  gint64 row = strata_tensor_get_size (tensor) / MAX (1, strata_tensor_get_dim (tensor, 0));
  gint64 task_rows = MAX (1, TASK_NUMBERS / MAX (1, row));
  Gathering gathering = { strata_tensor_get_data (tensor), target, indices, n, row, task_rows, from, dtype };

  if ((from == STRATA_STRING) != (dtype == STRATA_STRING))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TYPE, "the model expects %s, the data holds %s", strata_dtype_get_name (dtype),
                   strata_dtype_get_name (from));
      return FALSE;
    }
  strata_pool_run ((n + task_rows - 1) / task_rows, gather_rows, &gathering);
  return TRUE;
}

static void
strata_array_source_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_ARRAY_SOURCE (object)->arrays);

  G_OBJECT_CLASS (strata_array_source_parent_class)->finalize (object);
}

static void
strata_array_source_class_init (StrataArraySourceClass *klass)
{
  StrataSourceClass *source_class = STRATA_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_array_source_finalize;
  source_class->get_size = array_source_get_size;
  source_class->get_n_arrays = array_source_get_n_arrays;
  source_class->get_spec = array_source_get_spec;
  source_class->fill = array_source_fill;
}

static void
strata_array_source_init (StrataArraySource *self)
{
  self->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
}

/**
 * strata_array_source_new: (skip)
 * @arrays: tensors whose first dimension is the samples
 * @n_arrays: how many
 *
 * Returns: (transfer full): a source of samples in memory
 */
StrataSource *
strata_array_source_new (StrataTensor *const  *arrays,
                         guint                 n_arrays,
                         GError              **error)
{
  g_autoptr (StrataArraySource) self = g_object_new (STRATA_TYPE_ARRAY_SOURCE, NULL);

  for (guint i = 0; i < n_arrays; i++)
    {
      if (strata_tensor_get_shape (arrays[i])->rank == 0)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, "a single number holds no samples");
          return NULL;
        }
      if (strata_tensor_get_dim (arrays[i], 0) != strata_tensor_get_dim (arrays[0], 0))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA,
                       "all arrays must hold as many samples: one holds %" G_GINT64_FORMAT ", another %" G_GINT64_FORMAT,
                       strata_tensor_get_dim (arrays[0], 0), strata_tensor_get_dim (arrays[i], 0));
          return NULL;
        }
      g_ptr_array_add (self->arrays, strata_tensor_ref (arrays[i]));
    }
  return STRATA_SOURCE (g_steal_pointer (&self));
}

/**
 * strata_array_source_new1:
 * @array: a tensor whose first dimension is the samples
 *
 * Returns: (transfer full): a source of its samples
 */
StrataSource *
strata_array_source_new1 (StrataTensor *array)
{
  g_return_val_if_fail (strata_tensor_get_shape (array)->rank > 0, NULL);

  return strata_array_source_new (&array, 1, NULL);
}

/* A range of another source */

#define STRATA_TYPE_SLICE_SOURCE (strata_slice_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataSliceSource, strata_slice_source, STRATA, SLICE_SOURCE, StrataSource)

struct _StrataSliceSource
{
  StrataSource parent_instance;

  StrataSource *source;
  gint64 first, last;
  gint64 *indices;
  gint64 n_indices;
};

G_DEFINE_FINAL_TYPE (StrataSliceSource, strata_slice_source, STRATA_TYPE_SOURCE)

static gint64
slice_source_get_size (StrataSource *source)
{
  StrataSliceSource *self = STRATA_SLICE_SOURCE (source);

  return self->last - self->first;
}

static guint
slice_source_get_n_arrays (StrataSource *source)
{
  return strata_source_get_n_arrays (STRATA_SLICE_SOURCE (source)->source);
}

static void
slice_source_get_spec (StrataSource *source,
                       guint         array,
                       StrataDType  *dtype,
                       StrataShape  *shape)
{
  strata_source_get_spec (STRATA_SLICE_SOURCE (source)->source, array, dtype, shape);
}

static gboolean
slice_source_fill (StrataSource  *source,
                   guint          array,
                   const gint64  *indices,
                   gint64         n,
                   StrataDType    dtype,
                   gpointer       target,
                   GError       **error)
{
  StrataSliceSource *self = STRATA_SLICE_SOURCE (source);

  if (n > self->n_indices)
    {
      self->indices = g_renew (gint64, self->indices, n);
      self->n_indices = n;
    }
  for (gint64 i = 0; i < n; i++)
    self->indices[i] = self->first + indices[i];
  return strata_source_fill (self->source, array, self->indices, n, dtype, target, error);
}

static void
strata_slice_source_finalize (GObject *object)
{
  StrataSliceSource *self = STRATA_SLICE_SOURCE (object);

  g_object_unref (self->source);
  g_free (self->indices);

  G_OBJECT_CLASS (strata_slice_source_parent_class)->finalize (object);
}

static void
strata_slice_source_class_init (StrataSliceSourceClass *klass)
{
  StrataSourceClass *source_class = STRATA_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_slice_source_finalize;
  source_class->get_size = slice_source_get_size;
  source_class->get_n_arrays = slice_source_get_n_arrays;
  source_class->get_spec = slice_source_get_spec;
  source_class->fill = slice_source_fill;
}

static void
strata_slice_source_init (StrataSliceSource *self)
{
}

/**
 * strata_slice_source_new:
 * @first: the first sample
 * @last: the one after the last sample
 *
 * Returns: (transfer full): some of the samples of @source
 */
StrataSource *
strata_slice_source_new (StrataSource *source,
                         gint64        first,
                         gint64        last)
{
  StrataSliceSource *self = g_object_new (STRATA_TYPE_SLICE_SOURCE, NULL);

  self->source = g_object_ref (source);
  self->first = first;
  self->last = MAX (first, last);
  return STRATA_SOURCE (self);
}
