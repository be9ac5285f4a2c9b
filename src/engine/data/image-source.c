/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/image-source.h"

#include <string.h>

#include "tensor/convert.h"
#include "tensor/pool.h"

/* Small data is read once; of large data, as much is kept as this holds, and the rest is read again in each epoch. */
#define MOST_KEPT (512 << 20)

struct _StrataImageSource
{
  StrataSource parent_instance;

  GPtrArray *paths;
  StrataImageForm form;
  gsize size;           /* of a picture, in numbers */
  gsize n_may_keep;
  gint n_kept;
  float **kept;         /* a picture each, or NULL */
  gint32 *classes;      /* a class each, where others may stand for what cannot be read, or NULL */
  gint *broken;         /* whether each could not be read, with @classes */
  gint n_broken;
};

/**
 * StrataImageSource:
 *
 * Pictures in files, which are read when they are asked for: more of them than memory holds.
 */
G_DEFINE_FINAL_TYPE (StrataImageSource, strata_image_source, STRATA_TYPE_SOURCE)

typedef struct
{
  StrataImageSource *source;
  const gint64 *indices;
  StrataDType dtype;
  char *target;
  GError *error;        /* of the first that failed */
} Batch;

/* Pictures are kept by whoever reads them first: several threads may, and then one's is thrown away. */
static void
keep (StrataImageSource *self,
      gint64             index,
      float             *pixels)
{
  if ((gsize) g_atomic_int_add (&self->n_kept, 1) >= self->n_may_keep ||
      !g_atomic_pointer_compare_and_exchange (&self->kept[index], NULL, pixels))
    {
      g_atomic_int_add (&self->n_kept, -1);
      g_free (pixels);
    }
}

static gboolean
read_file (StrataImageSource  *self,
           gint64              index,
           float              *pixels,
           GError            **error)
{
  return strata_image_file_read (g_ptr_array_index (self->paths, index), &self->form, pixels, error);
}

static void
note_broken (StrataImageSource *self,
             gint64             index)
{
  if (g_atomic_int_compare_and_exchange (&self->broken[index], FALSE, TRUE))
    g_atomic_int_inc (&self->n_broken);
}

/* The next one of its class, whoever asks and whenever, so that runs can be repeated. Where half of all cannot be read,
 * something else is wrong. */
static gboolean
read_stand_in (StrataImageSource  *self,
               gint64              index,
               float              *pixels)
{
  gint64 n = self->paths->len;

  note_broken (self, index);
  for (gint64 i = 1; i < n && 2 * g_atomic_int_get (&self->n_broken) <= n; i++)
    {
      gint64 other = (index + i) % n;

      if (self->classes[other] != self->classes[index] || g_atomic_int_get (&self->broken[other]))
        continue;
      if (read_file (self, other, pixels, NULL))
        return TRUE;
      note_broken (self, other);
    }
  return FALSE;
}

/* The picture of this number, read from its file: to be freed. */
static float *
read_picture (StrataImageSource  *self,
              gint64              index,
              GError            **error)
{
  g_autofree float *pixels = g_try_new (float, self->size);
  g_autoptr (GError) why = NULL;

  if (pixels == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "There is not enough memory for a picture");
      return NULL;
    }
  if (read_file (self, index, pixels, &why) || (self->classes != NULL && read_stand_in (self, index, pixels)))
    return g_steal_pointer (&pixels);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

static void
read_task (gpointer data,
           guint    task,
           guint    thread)
{
  Batch *batch = data;
  StrataImageSource *self = batch->source;
  gint64 index = batch->indices[task];
  const float *kept = g_atomic_pointer_get (&self->kept[index]);
  g_autoptr (GError) error = NULL;
  g_autofree float *pixels = kept == NULL ? read_picture (self, index, &error) : NULL;
  char *row = batch->target + task * self->size * strata_dtype_get_size (batch->dtype);

  if (kept == NULL && pixels == NULL)
    {
      if (g_atomic_pointer_compare_and_exchange (&batch->error, NULL, error))
        error = NULL;
      return;
    }
  strata_convert (STRATA_FLOAT32, kept != NULL ? kept : pixels, batch->dtype, row, self->size);
  if (pixels != NULL)
    keep (self, index, g_steal_pointer (&pixels));
}

static gboolean
image_source_fill (StrataSource  *source,
                   guint          array,
                   const gint64  *indices,
                   gint64         n,
                   StrataDType    dtype,
                   gpointer       target,
                   GError       **error)
{
  Batch batch = { STRATA_IMAGE_SOURCE (source), indices, dtype, target, NULL };

  strata_pool_run ((guint) n, read_task, &batch);
  if (batch.error == NULL)
    return TRUE;
  g_propagate_error (error, batch.error);
  return FALSE;
}

static void
strata_image_source_finalize (GObject *object)
{
  StrataImageSource *self = STRATA_IMAGE_SOURCE (object);

  for (guint i = 0; i < self->paths->len; i++)
    g_free (self->kept[i]);
  g_free (self->kept);
  g_free (self->classes);
  g_free (self->broken);
  g_ptr_array_unref (self->paths);

  G_OBJECT_CLASS (strata_image_source_parent_class)->finalize (object);
}

static void
strata_image_source_class_init (StrataImageSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_image_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = image_source_fill;
}

static void
strata_image_source_init (StrataImageSource *self)
{
}

/**
 * strata_image_source_new:
 * @paths: (element-type filename): files of pictures
 * @form: what is made of each
 *
 * Returns: (transfer full): a source of float32, from 0 to 255
 */
StrataSource *
strata_image_source_new (GPtrArray             *paths,
                         const StrataImageForm *form)
{
  StrataImageSource *self = g_object_new (STRATA_TYPE_IMAGE_SOURCE, NULL);

  self->paths = g_ptr_array_ref (paths);
  self->form = *form;
  strata_source_set_size (STRATA_SOURCE (self), paths->len);
  strata_source_add_array (STRATA_SOURCE (self), STRATA_FLOAT32,
                           &STRATA_SHAPE (form->height, form->width, form->channels));
  self->size = (gsize) form->height * form->width * form->channels;
  self->n_may_keep = MOST_KEPT / (self->size * sizeof (float));
  self->kept = g_new0 (float *, MAX (paths->len, 1));
  return STRATA_SOURCE (self);
}

/**
 * strata_image_source_set_classes: (skip)
 * @classes: (array): the class of each picture
 *
 * Has a picture that cannot be read replaced by the next one of its class. Is to be said before anything is read.
 */
void
strata_image_source_set_classes (StrataImageSource *self,
                                 const gint32      *classes)
{
  g_return_if_fail (self->classes == NULL);

  self->classes = g_memdup2 (classes, MAX (self->paths->len, 1) * sizeof *classes);
  self->broken = g_new0 (gint, MAX (self->paths->len, 1));
}

/**
 * strata_image_source_keeps_all: (skip)
 *
 * Returns: whether each file is read but once, however often its picture is asked for
 */
gboolean
strata_image_source_keeps_all (StrataImageSource *self)
{
  return self->paths->len <= self->n_may_keep;
}

/**
 * strata_image_source_count_broken: (skip)
 * @path: (out) (transfer none) (optional): one of them
 *
 * Returns: how many pictures could not be read so far, and had others stand for them
 */
guint
strata_image_source_count_broken (StrataImageSource  *self,
                                  const char        **path)
{
  guint n = (guint) g_atomic_int_get (&self->n_broken);

  for (guint i = 0; path != NULL && n > 0 && i < self->paths->len; i++)
    if (g_atomic_int_get (&self->broken[i]))
      {
        *path = g_ptr_array_index (self->paths, i);
        break;
      }
  return n;
}
