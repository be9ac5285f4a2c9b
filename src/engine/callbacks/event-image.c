/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include <png.h>

#include "callbacks/event-file.h"

#define MOST_IMAGES 3

/* Weights as pictures: (images, rows, columns, channels), seen in the tensor by its strides. */
typedef struct
{
  gint64 n, rows, columns, channels;
  gint64 image_stride, row_stride, column_stride, channel_stride;
} Layout;

/* As Keras lays weights out: rows of the shorter side, a kernel of a sequence as an image for each channel. */
static gboolean
find_layout (const StrataShape *shape,
             Layout            *layout)
{
  gint64 dims[STRATA_MAX_RANK];
  int n = 0;

  for (int i = 0; i < shape->rank; i++)
    if (shape->dims[i] != 1)
      dims[n++] = shape->dims[i];
  if (n == 1)
    *layout = (Layout){ 1, dims[0], 1, 1, 0, 1, 0, 0 };
  else if (n == 2)
    *layout = dims[0] > dims[1] ? (Layout){ 1, dims[1], dims[0], 1, 0, 1, dims[1], 0 }
                                : (Layout){ 1, dims[0], dims[1], 1, 0, dims[1], 1, 0 };
  else if (n == 3)
    *layout = (Layout){ dims[2], dims[0], dims[1], 1, 1, dims[1] * dims[2], dims[2], 0 };
  else if (n == 4 && (dims[3] == 3 || dims[3] == 4))
    *layout = (Layout){ dims[0], dims[1], dims[2], dims[3], dims[1] * dims[2] * dims[3], dims[2] * dims[3], dims[3],
                        1 };
  else
    return FALSE;
  return layout->rows <= G_MAXINT16 && layout->columns <= G_MAXINT16;
}

/* From 0 to 1, others as the nearest of both. */
static GBytes *
new_png (const Layout *layout,
         StrataTensor *tensor,
         gint64        image)
{
  gsize size = layout->rows * layout->columns * layout->channels;
  g_autofree guint8 *pixels = g_malloc (size), *file = NULL;
  png_image png = { .version = PNG_IMAGE_VERSION, .width = layout->columns, .height = layout->rows };
  png_alloc_size_t length = 0;

  png.format = layout->channels == 1 ? PNG_FORMAT_GRAY : layout->channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
  for (gsize i = 0; i < size; i++)
    {
      gint64 channel = i % layout->channels, column = i / layout->channels % layout->columns;
      gint64 row = i / layout->channels / layout->columns;
      double value = strata_tensor_get_number (tensor, image * layout->image_stride + row * layout->row_stride +
                                               column * layout->column_stride +
                                                         channel * layout->channel_stride);

      pixels[i] = isnan (value) ? 0 : (guint8) CLAMP (value * 255.5, 0, 255);
    }
  if (!png_image_write_to_memory (&png, NULL, &length, 0, pixels, 0, NULL))
    return NULL;
  file = g_malloc (length);
  if (!png_image_write_to_memory (&png, file, &length, 0, pixels, 0, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&file), length);
}

/**
 * strata_event_file_add_images: (skip)
 * @images: weights of a shape that can be seen as images; of others nothing is written
 */
gboolean
strata_event_file_add_images (StrataEventFile  *self,
                              const char       *tag,
                              gint64            step,
                              StrataTensor     *images,
                              GError          **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *width = NULL, *height = NULL;
  Layout layout;

  if (strata_tensor_get_size (images) == 0 || !find_layout (strata_tensor_get_shape (images), &layout))
    return TRUE;
  width = g_strdup_printf ("%" G_GINT64_FORMAT, layout.columns);
  height = g_strdup_printf ("%" G_GINT64_FORMAT, layout.rows);
  g_ptr_array_add (texts, g_bytes_new (width, strlen (width)));
  g_ptr_array_add (texts, g_bytes_new (height, strlen (height)));
  for (gint64 i = 0; i < MIN (layout.n, MOST_IMAGES); i++)
    {
      GBytes *png = new_png (&layout, images, i);

      if (png == NULL)
        return TRUE;
      g_ptr_array_add (texts, png);
    }
  return strata_event_file_add_texts (self, tag, step, "images", NULL, (GBytes *const *) texts->pdata, texts->len,
                                      FALSE, error);
}
