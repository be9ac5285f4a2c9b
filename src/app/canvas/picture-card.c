/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/picture-card.h"

#include <gtk/gtk.h>

#include "canvas/card-layout.h"
#include "canvas/category.h"
#include "canvas/rounded.h"
#include "document/group.h"
#include "widgets/words.h"

#define PADDING STRATA_NODE_PADDING
#define ICON_SIZE 16
/* Icons are pixels where they are not drawings: enough of them for print. */
#define ICON_DENSITY 8
#define MUTED_ALPHA 0.6

typedef struct
{
  cairo_t *cr;
  StrataDocNode *node;
  PangoContext *context;
  StrataCardLayout layout;
  double x, y;
  gboolean mirrored;
} Card;

static void
set_ink (cairo_t *cr,
         double   alpha)
{
  cairo_set_source_rgba (cr, STRATA_PICTURE_INK.red, STRATA_PICTURE_INK.green, STRATA_PICTURE_INK.blue, alpha);
}

void
strata_picture_draw_layout (cairo_t     *cr,
                            PangoLayout *layout,
                            double       x,
                            double       y,
                            double       alpha)
{
  set_ink (cr, alpha);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static PangoLayout *
new_words (StrataDocNode *node,
           PangoContext  *context,
           gboolean       mirrored)
{
  g_autofree char *words = strata_words_card (node);

  return strata_card_line_new (context, STRATA_CARD_WORDS, words, mirrored);
}

/**
 * strata_picture_card_measure: (skip)
 *
 * Makes a node as high as its card must be, where it is not shown elsewhere as high already.
 */
void
strata_picture_card_measure (StrataDocNode *node,
                             PangoContext  *context)
{
  g_autoptr (PangoLayout) words = new_words (node, context, FALSE);
  StrataCardLayout layout;

  strata_card_layout_init (&layout, words);
  if (layout.height > strata_doc_node_get_height (node))
    strata_doc_node_set_height (node, layout.height);
}

static double
mirror (Card   *self,
        double  x,
        double  width)
{
  return self->x + (self->mirrored ? STRATA_NODE_WIDTH - x - width : x);
}

/* Text that begins at @x, or ends there where @ends. Returns how wide it is. */
static double
draw_line (Card           *self,
           StrataCardLine  line,
           const char     *text,
           double          x,
           double          width,
           gboolean        ends)
{
  g_autoptr (PangoLayout) layout = strata_card_line_new (self->context, line, text, self->mirrored);
  PangoRectangle used;

  pango_layout_set_width (layout, (int) (MAX (width, 0) * PANGO_SCALE));
  pango_layout_get_pixel_extents (layout, NULL, &used);
  strata_picture_draw_layout (self->cr, layout, mirror (self, ends ? x - used.width : x, used.width) - used.x,
                              self->y + self->layout.tops[line], strata_card_line_get_alpha (line));
  return used.width;
}

static void
draw_icon (Card          *self,
           const char    *category,
           const GdkRGBA *color)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree char *name = strata_category_dup_icon_name (category);
  g_autoptr (GtkIconPaintable) icon = NULL;
  GtkSnapshot *snapshot;
  GskRenderNode *drawn;

  if (display == NULL)
    return;
  icon = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (display), name, NULL, ICON_SIZE, ICON_DENSITY,
                                     self->mirrored ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR, 0);
  snapshot = gtk_snapshot_new ();
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE,
                                            (GdkRGBA[4]){ *color, *color, *color, *color }, 4);
  drawn = gtk_snapshot_free_to_node (snapshot);
  if (drawn == NULL)
    return;
  cairo_save (self->cr);
  cairo_translate (self->cr, mirror (self, PADDING, ICON_SIZE), self->y + 13);
  gsk_render_node_draw (drawn, self->cr);
  cairo_restore (self->cr);
  gsk_render_node_unref (drawn);
}

static void
draw_ground (Card          *self,
             const GdkRGBA *color)
{
  double height = strata_doc_node_get_height (self->node);

  strata_rounded_add (self->cr, self->x, self->y, STRATA_NODE_WIDTH, height, STRATA_NODE_RADIUS);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_fill_preserve (self->cr);
  cairo_save (self->cr);
  cairo_clip_preserve (self->cr);
  cairo_new_path (self->cr);
  cairo_rectangle (self->cr, mirror (self, 0, STRATA_NODE_EDGE), self->y, STRATA_NODE_EDGE, height);
  gdk_cairo_set_source_rgba (self->cr, color);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  strata_rounded_add (self->cr, self->x, self->y, STRATA_NODE_WIDTH, height, STRATA_NODE_RADIUS);
  set_ink (self->cr, 0.3);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  cairo_rectangle (self->cr, mirror (self, STRATA_NODE_EDGE, STRATA_NODE_WIDTH - STRATA_NODE_EDGE),
                   self->y + self->layout.rule, STRATA_NODE_WIDTH - STRATA_NODE_EDGE, 1);
  set_ink (self->cr, 0.12);
  cairo_fill (self->cr);
}

static void
draw_text (Card       *self,
           const char *words)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (self->node, 0);
  double text = PADDING + ICON_SIZE + 8, right = STRATA_NODE_WIDTH - PADDING, used = 0;
  gint64 n_params = strata_doc_node_get_n_params (self->node);

  draw_line (self, STRATA_CARD_NAME, strata_doc_node_get_name (self->node), text, right - text, FALSE);
  draw_line (self, STRATA_CARD_CLASS, strata_doc_node_get_class_name (self->node), text, right - text, FALSE);
  draw_line (self, STRATA_CARD_WORDS, words, PADDING, right - PADDING, FALSE);
  if (n_params > 0)
    {
      g_autofree char *count = strata_words_count (n_params);

      used = draw_line (self, STRATA_CARD_COUNT, count, right, STRATA_NODE_WIDTH / 2, TRUE) + 8;
    }
  if (spec != NULL)
    {
      g_autofree char *shape = strata_words_shape (&spec->shape);

      draw_line (self, STRATA_CARD_SHAPE, shape, PADDING, right - PADDING - used, FALSE);
    }
}

static void
draw_ports (Card       *self,
            StrataFlow  flow)
{
  guint n_inputs = strata_doc_node_get_n_inputs (self->node), n = n_inputs + strata_doc_node_get_n_outputs (self->node);

  for (guint i = 0; i < n; i++)
    {
      StrataPort port = { self->node, i >= n_inputs, i >= n_inputs ? i - n_inputs : i };
      double radius = STRATA_PORT_SIZE / 2.0 - 1;
      double half = strata_port_is_list (&port) ? STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2.0 : 0;
      double across = flow == STRATA_FLOW_DOWN ? half : 0, along = flow == STRATA_FLOW_DOWN ? 0 : half;
      graphene_point_t middle;

      strata_port_get_position (&port, flow, &middle);
      strata_rounded_add (self->cr, self->x + middle.x - radius - across, self->y + middle.y - radius - along,
                          2 * (radius + across), 2 * (radius + along), radius);
      cairo_set_source_rgb (self->cr, 1, 1, 1);
      cairo_fill_preserve (self->cr);
      set_ink (self->cr, 0.7);
      cairo_set_line_width (self->cr, 2);
      cairo_stroke (self->cr);
    }
}

/**
 * strata_picture_card_draw: (skip)
 *
 * Draws what the canvas shows of a node, but nothing of what is selected or wrong.
 */
void
strata_picture_card_draw (cairo_t       *cr,
                          StrataDocNode *node,
                          StrataFlow     flow,
                          PangoContext  *context,
                          gboolean       mirrored)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (node);
  const char *category = info != NULL ? info->object.category : NULL;
  Card self = { cr, node, context, .x = strata_doc_node_get_x (node), .y = strata_doc_node_get_y (node),
                .mirrored = mirrored };
  g_autoptr (PangoLayout) words = new_words (node, context, mirrored);
  gboolean muted = strata_doc_node_get_muted (node);
  GdkRGBA color;

  strata_card_layout_init (&self.layout, words);
  strata_category_get_color (category, FALSE, &color);
  if (muted)
    cairo_push_group (cr);
  draw_ground (&self, &color);
  draw_icon (&self, category, &color);
  draw_text (&self, pango_layout_get_text (words));
  draw_ports (&self, flow);
  if (!muted)
    return;
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, MUTED_ALPHA);
}
