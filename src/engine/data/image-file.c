/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/image-file.h"

#include <math.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

/* A picture of more pixels than any camera's is an accident, or meant to fill the memory. */
#define MOST_PIXELS (128 << 20)

/* Those that Keras takes. */
const char *const strata_image_suffixes[] = { ".bmp", ".gif", ".jpeg", ".jpg", ".png", NULL };

/* A part of a picture as it was read: rows of @stride bytes, pixels of @n. */
typedef struct
{
  const guint8 *bytes;
  int height, width, channels, stride, n;
} Picture;

/* GdkPixbuf complains of those, rather than refuse them. */
static gboolean
is_gif_of_no_size (const char *path)
{
  guint8 start[10] = { 0 };
  FILE *file = g_fopen (path, "rb");
  gboolean read = file != NULL && fread (start, sizeof start, 1, file) == 1;

  if (file != NULL)
    fclose (file);
  return read && memcmp (start, "GIF8", 4) == 0 && ((start[6] | start[7]) == 0 || (start[8] | start[9]) == 0);
}

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

  return !is_gif_of_no_size (path) && gdk_pixbuf_get_file_info (path, &width, &height) != NULL &&
         width > 0 && height > 0 &&
         (gint64) width * height <= MOST_PIXELS;
}

/* The middle part that has the proportions of @form, as Keras cuts it. */
static void
crop (const StrataImageForm *form,
      int                   *top,
      int                   *left,
      int                   *height,
      int                   *width)
{
  int rows = (int) ((double) *width * form->height / form->width);
  int columns = (int) ((double) *height * form->width / form->height);

  rows = CLAMP (rows, 1, *height);
  columns = CLAMP (columns, 1, *width);
  *top = (*height - rows) / 2;
  *left = (*width - columns) / 2;
  *height = rows;
  *width = columns;
}

/*
 * From 0 to 255. Gray as ITU-R BT.601 has it, in the fractions that TensorFlow takes. What is transparent keeps the
 * colour below.
 */
static float
get (const Picture *self,
     int            y,
     int            x,
     int            channel)
{
  const guint8 *pixel = self->bytes + (gsize) y * self->stride + (gsize) x * self->n;

  return self->channels == 1 ? (pixel[0] * 9797 + pixel[1] * 19234 + pixel[2] * 3737) >> 15 : pixel[channel];
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
  for (int y = 0; y < height; y++)
    {
      int above, under;
      float down = place (y, height, picture->height, &above, &under);

      for (int x = 0; x < width; x++)
        {
          int left, right;
          float across = place (x, width, picture->width, &left, &right);

          for (int c = 0; c < picture->channels; c++)
            {
              float a = get (picture, above, left, c), b = get (picture, under, left, c);
              float upper = a + (get (picture, above, right, c) - a) * across;
              float lower = b + (get (picture, under, right, c) - b) * across;

              *pixels++ = upper + (lower - upper) * down;
            }
        }
    }
}

static void
convert (GdkPixbuf             *pixbuf,
         const StrataImageForm *form,
         float                 *pixels)
{
  int top = 0, left = 0, height = gdk_pixbuf_get_height (pixbuf), width = gdk_pixbuf_get_width (pixbuf);
  Picture picture = { .channels = form->channels, .stride = gdk_pixbuf_get_rowstride (pixbuf),
                      .n = gdk_pixbuf_get_n_channels (pixbuf) };

  if (form->crop)
    crop (form, &top, &left, &height, &width);
  picture.height = height;
  picture.width = width;
  picture.bytes = gdk_pixbuf_read_pixels (pixbuf) + (gsize) top * picture.stride + (gsize) left * picture.n;
  scale (&picture, form->height, form->width, pixels);
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
      strata_set_error (error, STRATA_ERROR_DATA, "“%s” is no picture, or is gone", path);
      return FALSE;
    }
  pixbuf = gdk_pixbuf_new_from_file (path, &cause);
  if (pixbuf == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "“%s” cannot be read: %s", path, cause->message);
      return FALSE;
    }
  convert (pixbuf, form, pixels);
  return TRUE;
}
