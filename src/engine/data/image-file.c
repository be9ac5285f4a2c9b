/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/image-file.h"

#include <math.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

/* A picture of more pixels than any camera's is an accident, or meant to fill the memory. */
#define MOST_PIXELS (256 << 20)

/* Those that Keras takes. */
const char *const strata_image_suffixes[] = { ".bmp", ".gif", ".jpeg", ".jpg", ".png", NULL };

/* A part of a picture, in floats from 0 to 255. */
typedef struct
{
  int height, width, channels;
  float *pixels;
} Picture;

/**
 * strata_image_file_check: (skip)
 *
 * Looks at no more than the beginning of a file.
 *
 * Returns: whether it is a picture, as far as that says
 */
gboolean
strata_image_file_check (const char *path)
{
  int width, height;

  return gdk_pixbuf_get_file_info (path, &width, &height) != NULL && width > 0 && height > 0 && (gint64) width * height <= MOST_PIXELS;
}

/* The middle part that has the proportions of @form, as Keras cuts it. */
static void
crop (const StrataImageForm *form,
      int                   *top,
      int                   *left,
      int                   *height,
      int                   *width)
{
  int rows = (int) ((double) *width * form->height / form->width), columns = (int) ((double) *height * form->width / form->height);

  rows = CLAMP (rows, 1, *height);
  columns = CLAMP (columns, 1, *width);
  *top = (*height - rows) / 2;
  *left = (*width - columns) / 2;
  *height = rows;
  *width = columns;
}

/* Gray as ITU-R BT.601 has it, in the fractions that TensorFlow takes. What is transparent keeps the colour below. */
static void
unpack (GdkPixbuf *pixbuf,
        int        top,
        int        left,
        Picture   *picture)
{
  int n = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *bytes = gdk_pixbuf_read_pixels (pixbuf);
  float *at = picture->pixels;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        const guint8 *pixel = bytes + (gsize) (top + y) * stride + (gsize) (left + x) * n;

        if (picture->channels == 1)
          *at++ = (pixel[0] * 9797 + pixel[1] * 19234 + pixel[2] * 3737) >> 15;
        else
          for (int c = 0; c < 3; c++)
            *at++ = pixel[c];
      }
}

/* Between which two pixels one of @n lies, and how near to the second. */
static float
place (int  i,
       int  n,
       int  from,
       int *first,
       int *second)
{
  float at = (i + 0.5f) * ((float) from / n) - 0.5f, below = floorf (at);

  *first = MAX ((int) below, 0);
  *second = MIN ((int) ceilf (at), from - 1);
  return at - below;
}

/* Bilinear, without a filter for smaller pictures: what Keras does. */
static void
scale (const Picture *picture,
       int            height,
       int            width,
       float         *pixels)
{
  gsize stride = (gsize) picture->width * picture->channels;

  for (int y = 0; y < height; y++)
    {
      int above, under;
      float down = place (y, height, picture->height, &above, &under);

      for (int x = 0; x < width; x++)
        {
          int left, right, n = picture->channels;
          float across = place (x, width, picture->width, &left, &right);
          const float *a = picture->pixels + above * stride, *b = picture->pixels + under * stride;

          for (int c = 0; c < n; c++)
            {
              float upper = a[left * n + c] + (a[right * n + c] - a[left * n + c]) * across;
              float lower = b[left * n + c] + (b[right * n + c] - b[left * n + c]) * across;

              *pixels++ = upper + (lower - upper) * down;
            }
        }
    }
}

static gboolean
convert (GdkPixbuf              *pixbuf,
         const StrataImageForm  *form,
         float                  *pixels,
         GError                **error)
{
  int top = 0, left = 0, height = gdk_pixbuf_get_height (pixbuf), width = gdk_pixbuf_get_width (pixbuf);
  Picture picture = { .channels = form->channels };

  if (form->crop)
    crop (form, &top, &left, &height, &width);
  picture.height = height;
  picture.width = width;
  picture.pixels = g_try_malloc_n ((gsize) height * width, form->channels * sizeof (float));
  if (picture.pixels == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, "There is not enough memory for a picture of %d × %d pixels", width, height);
      return FALSE;
    }
  unpack (pixbuf, top, left, &picture);
  scale (&picture, form->height, form->width, pixels);
  g_free (picture.pixels);
  return TRUE;
}

/**
 * strata_image_file_read: (skip)
 * @form: what to make of the picture
 * @pixels: (out caller-allocates): from 0 to 255, row by row
 *
 * Reads a picture like Keras's `image_dataset_from_directory`.
 */
gboolean
strata_image_file_read (const char             *path,
                        const StrataImageForm  *form,
                        float                  *pixels,
                        GError                **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!strata_image_file_check (path))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, "“%s” is no picture, or is gone", path);
      return FALSE;
    }
  pixbuf = gdk_pixbuf_new_from_file (path, &cause);
  if (pixbuf == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, "“%s” cannot be read: %s", path, cause->message);
      return FALSE;
    }
  return convert (pixbuf, form, pixels, error);
}
