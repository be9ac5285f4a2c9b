/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/array-source.h"

#include <inttypes.h>

#include "tensor/convert.h"
#include "tensor/pool.h"

/* Numbers worth a task of their own. Rows come in any order, so each is a wait for memory. */
#define TASK_NUMBERS 4096
/* So that the wait is short, rows are asked for ahead. */
#define ROWS_AHEAD 3
#define CACHE_LINE 64

struct _StrataArraySource
{
  StrataSource parent_instance;

  GPtrArray *arrays;
};

/**
 * StrataArraySource:
 *
 * Arrays in memory: the first dimension of each is the samples; all have as many.
 */
G_DEFINE_FINAL_TYPE (StrataArraySource, strata_array_source, STRATA_TYPE_SOURCE)

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
  gsize from_bytes = self->row * strata_dtype_get_size (self->from);
  gsize bytes = self->row * strata_dtype_get_size (self->to);
  gint64 first = task * self->task_rows;

  for (gint64 i = first; i < MIN (first + self->task_rows, self->n); i++)
    {
      const char *ahead = self->source + self->indices[MIN (i + ROWS_AHEAD, self->n - 1)] * from_bytes;

      for (gsize at = 0; at < from_bytes; at += CACHE_LINE)
        __builtin_prefetch (ahead + at);
      strata_convert (self->from, self->source + self->indices[i] * from_bytes, self->to,
                      self->target + i * bytes, self->row);
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
      strata_set_error (error, STRATA_ERROR_TYPE, "the model expects %s, the data holds %s",
                        strata_dtype_get_name (dtype), strata_dtype_get_name (from));
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
  G_OBJECT_CLASS (klass)->finalize = strata_array_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = array_source_fill;
}

static void
strata_array_source_init (StrataArraySource *self)
{
  self->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
}

static void
add_array (StrataArraySource *self,
           StrataTensor      *array)
{
  StrataShape sample = *strata_tensor_get_shape (array);

  strata_shape_remove (&sample, 0);
  strata_source_set_size (STRATA_SOURCE (self), strata_tensor_get_dim (array, 0));
  strata_source_add_array (STRATA_SOURCE (self), strata_tensor_get_dtype (array), &sample);
  g_ptr_array_add (self->arrays, strata_tensor_ref (array));
}

/**
 * strata_array_source_new:
 * @arrays: (array length=n_arrays): tensors whose first dimension is the samples
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
          strata_set_error (error, STRATA_ERROR_DATA, "a single number holds no samples");
          return NULL;
        }
      if (strata_tensor_get_dim (arrays[i], 0) != strata_tensor_get_dim (arrays[0], 0))
        {
          strata_set_error (error, STRATA_ERROR_DATA,
                            "all arrays must hold as many samples: one holds %" PRId64 ", another %" PRId64,
                            strata_tensor_get_dim (arrays[0], 0), strata_tensor_get_dim (arrays[i], 0));
          return NULL;
        }
      add_array (self, arrays[i]);
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
