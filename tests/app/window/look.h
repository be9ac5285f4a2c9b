/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

/* What a widget looks like, as pixels, for tests of what is seen. */

/* Its picture, drawn as on the screen; what is behind it is white. */
static inline GdkPixbuf *
look_at (GtkWidget *widget)
{
  GdkPaintable *paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GskRenderNode *node;
  GdkTexture *texture;
  g_autoptr (GdkPixbuf) pixels = NULL;

  gdk_paintable_snapshot (paintable, snapshot, area.size.width, area.size.height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture = gsk_renderer_render_texture (renderer, node, &area);
  png = gdk_texture_save_to_png_bytes (texture);
  stream = g_memory_input_stream_new_from_bytes (png);
  pixels = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  g_object_unref (texture);
  gsk_render_node_unref (node);
  g_object_unref (paintable);
  return gdk_pixbuf_composite_color_simple (pixels, area.size.width, area.size.height, GDK_INTERP_NEAREST, 255, 64,
                                            0xffffff, 0xffffff);
}

static inline const guint8 *
get_pixel (GdkPixbuf *picture,
           int        x,
           int        y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) + x *
         gdk_pixbuf_get_n_channels (picture);
}

static inline gboolean
are_unlike (const guint8 *p,
            const guint8 *q)
{
  return ABS (p[0] - q[0]) + ABS (p[1] - q[1]) + ABS (p[2] - q[2]) > 90;
}

/* How many pixels of two pictures of one size differ. */
static inline guint
count_unlike (GdkPixbuf *a,
              GdkPixbuf *b)
{
  guint n = 0;

  g_assert_cmpint (gdk_pixbuf_get_width (a), ==, gdk_pixbuf_get_width (b));
  g_assert_cmpint (gdk_pixbuf_get_height (a), ==, gdk_pixbuf_get_height (b));
  for (int y = 0; y < gdk_pixbuf_get_height (a); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (a); x++)
      n += are_unlike (get_pixel (a, x, y), get_pixel (b, x, y));
  return n;
}

/* How many pixels of a part of a picture differ from its upper left one. */
static inline guint
count_ink (GdkPixbuf *picture,
           int        left,
           int        top,
           int        width,
           int        height)
{
  guint n = 0;

  g_assert_true (left >= 0 && top >= 0 && left + width <= gdk_pixbuf_get_width (picture) &&
                 top + height <= gdk_pixbuf_get_height (picture));
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      n += are_unlike (get_pixel (picture, x, y), get_pixel (picture, left, top));
  return n;
}
