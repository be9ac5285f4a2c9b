/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

/* Networks look at fewer pixels; of larger pictures, no more is kept. */
#define LARGEST_SIDE 512

static GdkPixbuf *
read_pixels (GFile         *file,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GdkPixbuf) pixbuf = stream != NULL
                                 ? gdk_pixbuf_new_from_stream (G_INPUT_STREAM (stream), cancellable, error) : NULL;
  double scale;

  if (pixbuf == NULL)
    return NULL;
  scale = (double) LARGEST_SIDE / MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  if (scale >= 1)
    return g_steal_pointer (&pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, MAX (1, (int) (gdk_pixbuf_get_width (pixbuf) * scale)),
                                  MAX (1, (int) (gdk_pixbuf_get_height (pixbuf) * scale)), GDK_INTERP_BILINEAR);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  GdkPixbuf *pixbuf = read_pixels (task_data, cancellable, &error);

  if (pixbuf == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pixbuf, g_object_unref);
}

/**
 * strata_picture_read_async: (skip)
 *
 * Reads a file of any usual format, in a thread.
 */
void
strata_picture_read_async (GFile               *file,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, work);
}

/**
 * strata_picture_read_finish: (skip)
 *
 * Returns: (transfer full): the picture, or %NULL with @error set; what is transparent lies on white paper
 */
float *
strata_picture_read_finish (GAsyncResult  *result,
                            int           *width,
                            int           *height,
                            GError       **error)
{
  g_autoptr (GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), error);
  int channels = pixbuf != NULL ? gdk_pixbuf_get_n_channels (pixbuf) : 0;
  float *picture;

  if (pixbuf == NULL)
    return NULL;
  *width = gdk_pixbuf_get_width (pixbuf);
  *height = gdk_pixbuf_get_height (pixbuf);
  picture = g_new (float, (gsize) *width * *height * 3);
  for (int y = 0; y < *height; y++)
    for (int x = 0; x < *width; x++)
      {
        const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf) + x *
                              channels;
        float alpha = channels == 4 ? pixel[3] / 255.0f : 1;

        for (int c = 0; c < 3; c++)
          picture[((gsize) y * *width + x) * 3 + c] = alpha * pixel[c] / 255.0f + 1 - alpha;
      }
  return picture;
}

typedef struct
{
  GFile *file;
  StrataImageForm form;
} Sample;

static void
sample_free (gpointer data)
{
  Sample *sample = data;

  g_object_unref (sample->file);
  g_free (sample);
}

static void
work_sample (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Sample *sample = task_data;
  g_autofree float *pixels = g_new (float, (gsize) sample->form.height * sample->form.width * sample->form.channels);
  GError *error = NULL;

  if (g_file_peek_path (sample->file) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             _("The picture must be a file of this computer"));
  else if (!strata_image_file_read (g_file_peek_path (sample->file), &sample->form, pixels, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&pixels), g_free);
}

/**
 * strata_picture_read_sample_async: (skip)
 * @form: what is made of the pictures that a network learned from
 *
 * Reads a file just as those pictures were read, in a thread.
 */
void
strata_picture_read_sample_async (GFile                 *file,
                                  const StrataImageForm *form,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Sample *sample = g_new (Sample, 1);

  *sample = (Sample){ g_object_ref (file), *form };
  g_task_set_task_data (task, sample, sample_free);
  g_task_run_in_thread (task, work_sample);
}

/**
 * strata_picture_read_sample_finish: (skip)
 * @form: (out): what was made of it
 *
 * Returns: (transfer full): the numbers of a sample, or %NULL with @error set
 */
float *
strata_picture_read_sample_finish (GAsyncResult     *result,
                                   StrataImageForm  *form,
                                   GError          **error)
{
  *form = ((Sample *) g_task_get_task_data (G_TASK (result)))->form;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * strata_picture_to_ink: (skip)
 *
 * Returns: (transfer full): how much ink is where, from 0 to 1, whether it is dark on light paper or light on dark
 */
float *
strata_picture_to_ink (const float *picture,
                       int          width,
                       int          height)
{
  gsize n = (gsize) width * height;
  float *ink = g_new (float, n), low = 1, high = 0;
  double mean = 0;

  for (gsize i = 0; i < n; i++)
    {
      ink[i] = 0.299f * picture[i * 3] + 0.587f * picture[i * 3 + 1] + 0.114f * picture[i * 3 + 2];
      low = MIN (low, ink[i]);
      high = MAX (high, ink[i]);
      mean += ink[i] / n;
    }
  for (gsize i = 0; i < n; i++)
    {
      float light = high > low ? (ink[i] - low) / (high - low) : 0;

      ink[i] = mean > (low + high) / 2 && high > low ? 1 - light : light;
    }
  return ink;
}

/**
 * strata_picture_scale: (skip)
 * @channels: numbers of a pixel, at most 3
 * @scaled: (out caller-allocates): the picture in another size; each pixel is the mean of what it covers
 */
void
strata_picture_scale (const float *picture,
                      int          width,
                      int          height,
                      int          channels,
                      float       *scaled,
                      int          columns,
                      int          rows)
{
  for (int j = 0; j < rows; j++)
    for (int i = 0; i < columns; i++)
      {
        int left = (int) ((gint64) i * width / columns);
        int right = MAX (left + 1, (int) ((gint64) (i + 1) * width / columns));
        int top = (int) ((gint64) j * height / rows), bottom = MAX (top + 1, (int) ((gint64) (j + 1) * height / rows));
        double sum[3] = { 0 };

        for (int y = top; y < bottom; y++)
          for (int x = left; x < right; x++)
            for (int c = 0; c < channels; c++)
              sum[c] += picture[((gsize) y * width + x) * channels + c];
        for (int c = 0; c < channels; c++)
          scaled[(j * columns + i) * channels + c] = (float) (sum[c] / ((double) (right - left) * (bottom - top)));
      }
}
