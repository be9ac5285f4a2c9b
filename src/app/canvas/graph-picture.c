/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/graph-picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <gdk/gdk.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "base/error.h"
#include "canvas/category.h"
#include "canvas/curve.h"
#include "canvas/metrics.h"
#include "canvas/ports.h"
#include "canvas/rounded.h"
#include "canvas/words.h"

#define MARGIN 24
#define PADDING STRATA_NODE_PADDING

/* Pixels for each that is shown, to be sharp on dense screens; points for each on paper. */
#define PNG_DENSITY 2
#define PDF_POINTS 0.75
/* The largest picture of pixels, which is what Cairo can hold. */
#define MAX_PIXELS 32000

static const GdkRGBA ink = { 0.12, 0.12, 0.13, 1 };

static gboolean
is_shown (GPtrArray     *nodes,
          StrataDocNode *node)
{
  return nodes == NULL || nodes->len == 0 || g_ptr_array_find (nodes, node, NULL);
}

static gboolean
get_area (StrataDocument  *document,
          GPtrArray       *nodes,
          graphene_rect_t *area)
{
  const GPtrArray *all = strata_document_get_nodes (document);
  gboolean any = FALSE;

  *area = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  for (guint i = 0; i < all->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (all, i);
      graphene_rect_t card = GRAPHENE_RECT_INIT (strata_doc_node_get_x (node), strata_doc_node_get_y (node), STRATA_NODE_WIDTH, STRATA_NODE_HEIGHT);

      if (!is_shown (nodes, node))
        continue;
      if (any)
        graphene_rect_union (area, &card, area);
      else
        *area = card;
      any = TRUE;
    }
  graphene_rect_inset (area, -MARGIN, -MARGIN);
  return any;
}

/**
 * strata_graph_picture_get_size:
 * @nodes: (nullable) (element-type StrataDocNode): which nodes, or %NULL or none for all
 * @width: (out): in pixels at 100 %
 * @height: (out): likewise
 */
void
strata_graph_picture_get_size (StrataDocument *document,
                               GPtrArray      *nodes,
                               double         *width,
                               double         *height)
{
  graphene_rect_t area;

  get_area (document, nodes, &area);
  *width = area.size.width;
  *height = area.size.height;
}

/* Draws a line of text; returns how wide it is. At the right edge, @x is where it ends. */
static double
draw_text (cairo_t    *cr,
           const char *text,
           double      size,
           gboolean    bold,
           double      alpha,
           double      x,
           double      y,
           double      width,
           gboolean    right)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  int used;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &used, NULL);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, alpha);
  cairo_move_to (cr, right ? x - used : x, y);
  pango_cairo_show_layout (cr, layout);
  return used;
}

static void
draw_ports (cairo_t       *cr,
            StrataDocNode *node)
{
  guint n_inputs = strata_doc_node_get_n_inputs (node), n = n_inputs + strata_doc_node_get_n_outputs (node);

  for (guint i = 0; i < n; i++)
    {
      StrataPort port = { node, i >= n_inputs, i >= n_inputs ? i - n_inputs : i };
      double reach = strata_port_is_list (&port) ? STRATA_LIST_PORT_REACH : STRATA_PORT_SIZE / 2.0 - 1;
      graphene_point_t middle;

      strata_port_get_position (&port, STRATA_FLOW_DOWN, &middle);
      strata_rounded_add (cr, strata_doc_node_get_x (node) + middle.x - reach, strata_doc_node_get_y (node) + middle.y - STRATA_PORT_SIZE / 2.0 + 1,
                          2 * reach, STRATA_PORT_SIZE - 2, STRATA_PORT_SIZE / 2.0 - 1);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_fill_preserve (cr);
      cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.7);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
}

static void
draw_card (cairo_t       *cr,
           StrataDocNode *node)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (node);
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  double x = strata_doc_node_get_x (node), y = strata_doc_node_get_y (node), inner = STRATA_NODE_WIDTH - 2 * PADDING, used = 0;
  g_autofree char *words = strata_words_object (STRATA_OBJECT (strata_doc_node_get_layer (node))), *shape = spec != NULL ? strata_words_shape (&spec->shape) : NULL;
  g_autofree char *count = strata_doc_node_get_n_params (node) > 0 ? strata_words_count (strata_doc_node_get_n_params (node)) : NULL;
  GdkRGBA color;

  strata_category_get_color (info != NULL ? info->object.category : NULL, FALSE, &color);
  strata_rounded_add (cr, x, y, STRATA_NODE_WIDTH, STRATA_NODE_HEIGHT, STRATA_NODE_RADIUS);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, x, y, STRATA_NODE_EDGE, STRATA_NODE_HEIGHT);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);
  cairo_restore (cr);
  strata_rounded_add (cr, x, y, STRATA_NODE_WIDTH, STRATA_NODE_HEIGHT, STRATA_NODE_RADIUS);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.3);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);

  draw_text (cr, strata_doc_node_get_name (node), 15, TRUE, 1, x + PADDING, y + 9, inner, FALSE);
  draw_text (cr, strata_doc_node_get_class_name (node), 13, FALSE, 0.65, x + PADDING, y + 30, inner, FALSE);
  /* As on the canvas: what is usual about a layer goes without saying, so then it is told what it does. */
  if (*words == '\0' && info != NULL && info->object.description != NULL)
    {
      g_free (words);
      words = g_strdup (g_dgettext (NULL, info->object.description));
    }
  draw_text (cr, words, 13, FALSE, 0.85, x + PADDING, y + 51, inner, FALSE);
  cairo_rectangle (cr, x + STRATA_NODE_EDGE, y + 75, STRATA_NODE_WIDTH - STRATA_NODE_EDGE, 1);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.12);
  cairo_fill (cr);
  if (count != NULL)
    used = draw_text (cr, count, 13, FALSE, 0.65, x + STRATA_NODE_WIDTH - PADDING, y + 80, inner / 2, TRUE) + 8;
  if (shape != NULL)
    draw_text (cr, shape, 13, FALSE, 0.85, x + PADDING, y + 80, inner - used, FALSE);
  draw_ports (cr, node);
}

static void
get_end (StrataDocNode    *node,
         gboolean          output,
         guint             index,
         graphene_point_t *point)
{
  strata_port_get_position (&(StrataPort){ node, output, index }, STRATA_FLOW_DOWN, point);
  point->x += strata_doc_node_get_x (node);
  point->y += strata_doc_node_get_y (node);
}

static void
draw_wire (cairo_t       *cr,
           StrataDocWire *wire)
{
  graphene_point_t from, to;
  StrataCurve curve;

  get_end (strata_doc_wire_get_from (wire), TRUE, strata_doc_wire_get_from_port (wire), &from);
  get_end (strata_doc_wire_get_to (wire), FALSE, strata_doc_wire_get_to_port (wire), &to);
  strata_curve_init (&curve, &from, &to, STRATA_FLOW_DOWN);
  cairo_move_to (cr, curve.points[0].x, curve.points[0].y);
  cairo_curve_to (cr, curve.points[1].x, curve.points[1].y, curve.points[2].x, curve.points[2].y, curve.points[3].x, curve.points[3].y);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.55);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/**
 * strata_graph_picture_draw:
 * @nodes: (nullable) (element-type StrataDocNode): which nodes, or %NULL or none for all
 *
 * Draws the network from the origin to the right and down, at 100 %.
 */
void
strata_graph_picture_draw (StrataDocument *document,
                           GPtrArray      *nodes,
                           cairo_t        *cr)
{
  const GPtrArray *all = strata_document_get_nodes (document), *wires = strata_document_get_wires (document);
  graphene_rect_t area;

  if (!get_area (document, nodes, &area))
    return;
  cairo_save (cr);
  cairo_translate (cr, -area.origin.x, -area.origin.y);
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);

      if (is_shown (nodes, strata_doc_wire_get_from (wire)) && is_shown (nodes, strata_doc_wire_get_to (wire)))
        draw_wire (cr, wire);
    }
  for (guint i = 0; i < all->len; i++)
    if (is_shown (nodes, g_ptr_array_index (all, i)))
      draw_card (cr, g_ptr_array_index (all, i));
  cairo_restore (cr);
}

static cairo_status_t
write_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A surface of the kind that the file's name ends in, and how much larger it is than the canvas. */
static cairo_surface_t *
create_surface (const char *file_name,
                double      width,
                double      height,
                GByteArray *bytes,
                double     *scale)
{
  g_autofree char *lower = g_ascii_strdown (file_name, -1);
  cairo_surface_t *surface;

  *scale = 1;
  if (g_str_has_suffix (lower, ".svg"))
    {
      surface = cairo_svg_surface_create_for_stream (write_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    }
  if (g_str_has_suffix (lower, ".pdf"))
    {
      *scale = PDF_POINTS;
      return cairo_pdf_surface_create_for_stream (write_bytes, bytes, width * PDF_POINTS, height * PDF_POINTS);
    }
  *scale = MIN (PNG_DENSITY, MAX_PIXELS / MAX (width, height));
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * *scale), (int) (height * *scale));
}

/**
 * strata_graph_picture_export:
 * @nodes: (nullable) (element-type StrataDocNode): which nodes, or %NULL or none for all
 * @file_name: ends in .svg, .pdf or .png
 *
 * Returns: (transfer full): what goes into the file
 */
GBytes *
strata_graph_picture_export (StrataDocument  *document,
                             GPtrArray       *nodes,
                             const char      *file_name,
                             GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double width, height, scale;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  strata_graph_picture_get_size (document, nodes, &width, &height);
  surface = create_surface (file_name, width, height, bytes, &scale);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  strata_graph_picture_draw (document, nodes, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_IMAGE)
    status = cairo_surface_write_to_png_stream (surface, write_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FILE, _("The network could not be drawn: %s"), cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
