/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/graph-picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <math.h>

#include "base/error.h"
#include "base/json.h"
#include "canvas/metrics.h"
#include "canvas/note-draw.h"
#include "canvas/picture-card.h"
#include "canvas/rounded.h"
#include "canvas/text.h"
#include "canvas/wire-path.h"
#include "document/group.h"
#include "widgets/words.h"

#define MARGIN 24
/* Room around the shape on a wire, as on the canvas. */
#define PILL_PADDING 7
#define PILL_ROOM 12

/* Pixels for each that is shown, to be sharp on dense screens; points for each on paper. */
#define PNG_DENSITY 2
#define PDF_POINTS 0.75
/* The largest picture of pixels, which is what Cairo can hold. */
#define MAX_PIXELS 32000

/* What is drawn: the nodes, the wires between them with their curves, and the notes among them. */
typedef struct
{
  StrataFlow flow;
  PangoContext *context;
  gboolean mirrored;
  GPtrArray *nodes, *wires, *notes;
  GArray *curves;
  GArray *titles;               /* where titles of frames are, which shapes on wires leave free */
  graphene_rect_t area;
} Picture;

static void
get_card_area (StrataDocNode   *node,
               graphene_rect_t *area,
               gpointer         user_data)
{
  graphene_rect_init (area, strata_doc_node_get_x (node), strata_doc_node_get_y (node),
                      strata_doc_node_get_width (node), strata_doc_node_get_height (node));
}

static StrataFlow
get_flow (StrataDocument *document)
{
  JsonNode *view = strata_document_get_setting (document, "view");
  const char *name = view != NULL && JSON_NODE_HOLDS_OBJECT (view)
                     ? strata_json_get_string (json_node_get_object (view), "flow", NULL) : NULL;

  return g_strcmp0 (name, "right") == 0 ? STRATA_FLOW_RIGHT : STRATA_FLOW_DOWN;
}

/* The desktop's font, in which cards are measured. */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *name = NULL;
  PangoFontDescription *font;

  if (settings != NULL)
    g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "Sans");
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  return context;
}

static void
include (Picture               *self,
         const graphene_rect_t *area)
{
  if (self->area.size.width == 0)
    self->area = *area;
  else
    graphene_rect_union (&self->area, area, &self->area);
}

static void
collect_nodes (Picture        *self,
               StrataDocument *document,
               GPtrArray      *nodes)
{
  g_autoptr (GPtrArray) units = strata_document_dup_units (document, strata_document_get_place (document));

  for (guint i = 0; i < units->len; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (units, i);
      graphene_rect_t area;

      if (nodes != NULL && nodes->len > 0 && !g_ptr_array_find (nodes, unit, NULL))
        continue;
      strata_picture_card_measure (unit, self->context);
      get_card_area (unit, &area, NULL);
      include (self, &area);
      g_ptr_array_add (self->nodes, g_object_ref (unit));
    }
}

/* All notes, or with some nodes the frames that hold any of them. */
static void
collect_notes (Picture        *self,
               StrataDocument *document,
               gboolean        all)
{
  g_autoptr (GPtrArray) notes = strata_document_dup_notes (document, strata_document_get_place (document));

  for (guint i = 0; i < notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i);
      const StrataNoteLook *look = strata_doc_note_get_look (note);
      g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
      gboolean wanted = all;

      strata_document_collect_held (document, note, held, others);
      for (guint j = 0; j < held->len && !wanted; j++)
        wanted = g_ptr_array_find (self->nodes, g_ptr_array_index (held, j), NULL);
      if (!wanted)
        continue;
      include (self, &GRAPHENE_RECT_INIT (look->x, look->y, look->width, look->height));
      g_ptr_array_add (self->notes, g_object_ref (note));
    }
}

static gboolean
has_end (Picture          *self,
         GHashTable       *shown,
         const StrataPort *port)
{
  return port->node == NULL || g_hash_table_contains (shown, port->node);
}

static void
collect_wires (Picture        *self,
               StrataDocument *document)
{
  const GPtrArray *wires = strata_document_get_wires (document);
  StrataDocNode *scope = strata_document_get_place (document);
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    g_hash_table_add (shown, g_ptr_array_index (self->nodes, i));
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      StrataPort output, input;
      graphene_rect_t bounds;
      StrataCurve curve;

      if (!strata_wire_get_ports (wire, scope, &output, &input) || !has_end (self, shown, &output) ||
          !has_end (self, shown, &input))
        continue;
      strata_wire_lay (wire, scope, self->flow, get_card_area, NULL, &curve);
      strata_wire_lead_around (&curve, self->flow, self->nodes, &output, &input, get_card_area, NULL);
      strata_curve_get_bounds (&curve, &bounds);
      include (self, &bounds);
      g_ptr_array_add (self->wires, g_object_ref (wire));
      g_array_append_val (self->curves, curve);
    }
}

static void
picture_init (Picture        *self,
              StrataDocument *document,
              GPtrArray      *nodes)
{
  *self = (Picture){ .flow = get_flow (document), .context = create_context () };
  self->mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  self->nodes = g_ptr_array_new_with_free_func (g_object_unref);
  self->wires = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->curves = g_array_new (FALSE, FALSE, sizeof (StrataCurve));
  self->titles = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  collect_nodes (self, document, nodes);
  collect_notes (self, document, nodes == NULL || nodes->len == 0);
  collect_wires (self, document);
  graphene_rect_inset (&self->area, -MARGIN, -MARGIN);
}

static void
picture_clear (Picture *self)
{
  g_object_unref (self->context);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->wires);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->curves);
  g_array_unref (self->titles);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

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
  g_auto (Picture) picture = { 0 };

  picture_init (&picture, document, nodes);
  *width = picture.area.size.width;
  *height = picture.area.size.height;
}

static void
set_ink (cairo_t *cr,
         double   alpha)
{
  cairo_set_source_rgba (cr, STRATA_PICTURE_INK.red, STRATA_PICTURE_INK.green, STRATA_PICTURE_INK.blue, alpha);
}

static void
draw_wires (Picture *self,
            cairo_t *cr)
{
  for (guint i = 0; i < self->curves->len; i++)
    strata_curve_trace (&g_array_index (self->curves, StrataCurve, i), cr);
  set_ink (cr, 0.55);
  cairo_set_line_width (cr, STRATA_WIRE_WIDTH);
  cairo_stroke (cr);
}

/* The shape of what a wire carries, where there is room for it between the cards. */
static void
draw_pill (Picture           *self,
           cairo_t           *cr,
           StrataDocWire     *wire,
           const StrataCurve *curve)
{
  const StrataSpec *spec = strata_doc_wire_get_spec (wire);
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  graphene_rect_t pill;
  graphene_point_t middle, end;
  int width, height;

  if (spec == NULL)
    return;
  text = strata_words_shape (&spec->shape);
  layout = strata_text_layout_new_for (self->context, text, 11, PANGO_WEIGHT_NORMAL);
  pango_layout_get_pixel_size (layout, &width, &height);
  strata_curve_get_end (curve, &end);
  if (fabs (end.y - curve->points[0].y) <= height + PILL_ROOM &&
      fabs (end.x - curve->points[0].x) <= width + 2 * PILL_ROOM)
    return;
  strata_curve_get_point (curve, 0.5, &middle);
  graphene_rect_init (&pill, middle.x - width / 2.0 - PILL_PADDING, middle.y - height / 2.0 - 2,
                      width + 2 * PILL_PADDING, height + 4);
  for (guint i = 0; i < self->titles->len; i++)
    if (graphene_rect_intersection (&g_array_index (self->titles, graphene_rect_t, i), &pill, NULL))
      return;
  strata_rounded_add (cr, pill.origin.x, pill.origin.y, pill.size.width, pill.size.height, height / 2.0 + 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  set_ink (cr, 0.25);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  strata_picture_draw_layout (cr, layout, middle.x - width / 2.0, middle.y - height / 2.0, 0.85);
}

static void
draw_notes (Picture        *self,
            cairo_t        *cr,
            StrataNoteKind  kind)
{
  StrataNoteStyle style = { self->context, STRATA_PICTURE_INK, { 1, 1, 1, 1 }, .edge_alpha = 0.7, .scale = 1,
                            .mirrored = self->mirrored };

  for (guint i = 0; i < self->notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (self->notes, i);
      const StrataNoteLook *look = strata_doc_note_get_look (note);
      graphene_rect_t title;

      if (strata_doc_note_get_kind (note) == kind)
        {
          strata_note_draw (cr, note, &GRAPHENE_RECT_INIT (look->x, look->y, look->width, look->height),
                            &style, &title);
          g_array_append_val (self->titles, title);
        }
    }
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
  g_auto (Picture) self = { 0 };

  picture_init (&self, document, nodes);
  cairo_save (cr);
  cairo_translate (cr, -self.area.origin.x, -self.area.origin.y);
  draw_notes (&self, cr, STRATA_NOTE_FRAME);
  draw_wires (&self, cr);
  for (guint i = 0; i < self.wires->len; i++)
    draw_pill (&self, cr, g_ptr_array_index (self.wires, i), &g_array_index (self.curves, StrataCurve, i));
  draw_notes (&self, cr, STRATA_NOTE_TEXT);
  for (guint i = 0; i < self.nodes->len; i++)
    strata_picture_card_draw (cr, g_ptr_array_index (self.nodes, i), self.flow, self.context, self.mirrored);
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
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FILE, _("The network could not be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
