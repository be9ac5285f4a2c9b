/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>

#include "canvas/canvas-private.h"
#include "canvas/category.h"
#include "canvas/contrast.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "canvas/rounded.h"

/*
 * Cards seen from afar: blocks, or names on coloured ground. A thousand of them are shapes in one drawing, where as
 * widgets they would be thousands of nodes. All is in the canvas's units.
 */

/* How far the outline of what is selected reaches beyond a card. */
#define BLOCK_OUTLINE 12
#define NAME_OUTLINE 5
#define NAME_EDGE 10
#define MUTED_ALPHA 0.6
/* A block that its part of the parameters is shown on, and the shortest bar. */
#define FAINT_ALPHA 0.35
#define LEAST_BAR 6
/* From where on shapes can be read, and how much of a card's height is kept free of text. */
#define LEAST_SHAPE_ZOOM 0.45
#define TEXT_MARGIN 12

typedef struct
{
  StrataCanvas *canvas;
  cairo_t *cr;
  gboolean dark, mirrored;
  GdkRGBA accent, error, ground, ink, port_ring;
} Far;

static void
set_color (Far           *self,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (self->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
get_color (Far           *self,
           StrataDocNode *node,
           GdkRGBA       *color)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (node);

  if (strata_doc_node_has_severity (node, STRATA_SEVERITY_ERROR))
    *color = self->error;
  else
    strata_category_get_color (info != NULL ? info->object.category : NULL, self->dark, color);
}

static void
draw_block (Far                   *self,
            StrataDocNode         *node,
            const graphene_rect_t *area)
{
  double share = strata_canvas_get_card (self->canvas, node)->share, width;
  GdkRGBA color;

  if (strata_selection_contains (self->canvas->selection, node))
    {
      cairo_rectangle (self->cr, area->origin.x - BLOCK_OUTLINE, area->origin.y - BLOCK_OUTLINE,
                       area->size.width + 2 * BLOCK_OUTLINE, area->size.height + 2 * BLOCK_OUTLINE);
      set_color (self, &self->accent, 1);
      cairo_fill (self->cr);
    }
  get_color (self, node, &color);
  cairo_rectangle (self->cr, area->origin.x, area->origin.y, area->size.width, area->size.height);
  if (share >= 0)
    {
      set_color (self, &self->ground, 1);
      cairo_fill_preserve (self->cr);
    }
  set_color (self, &color, share < 0 ? 1 : FAINT_ALPHA);
  cairo_fill (self->cr);
  if (share <= 0)
    return;
  width = MAX (share * area->size.width, LEAST_BAR);
  cairo_rectangle (self->cr, area->origin.x + (self->mirrored ? area->size.width - width : 0), area->origin.y, width, area->size.height);
  set_color (self, &color, 1);
  cairo_fill (self->cr);
}

static void
draw_port (Far                   *self,
           StrataNodeWidget      *card,
           const StrataPort      *port,
           const graphene_rect_t *area)
{
  StrataPortState state = strata_port_equal (port, &card->port) ? card->port_state : STRATA_PORT_IDLE;
  static const char *const names[] = { NULL, "accent_bg_color", "success_bg_color", "error_bg_color" };
  gboolean down = self->canvas->flow == STRATA_FLOW_DOWN;
  double half = strata_port_is_list (port) ? STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2 : 0, radius = STRATA_PORT_SIZE / 2 - 1;
  graphene_point_t middle;
  GdkRGBA fill = self->ground, ring = self->port_ring;

  if (state != STRATA_PORT_IDLE)
    {
      strata_canvas_look_up (self->canvas, names[state], &fill);
      ring = fill;
      radius += 2;
    }
  strata_port_get_position (port, self->canvas->flow, &middle);
  strata_rounded_add (self->cr, area->origin.x + middle.x - radius - (down ? half : 0),
                      area->origin.y + middle.y - radius - (down ? 0 : half),
                      2 * (radius + (down ? half : 0)), 2 * (radius + (down ? 0 : half)), radius);
  set_color (self, &fill, 1);
  cairo_fill_preserve (self->cr);
  set_color (self, &ring, 1);
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
}

static void
draw_ports (Far                   *self,
            StrataDocNode         *node,
            const graphene_rect_t *area)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, node);

  for (guint i = 0; i < strata_doc_node_get_n_inputs (node); i++)
    draw_port (self, card, &(StrataPort){ node, FALSE, i }, area);
  for (guint i = 0; i < strata_doc_node_get_n_outputs (node); i++)
    draw_port (self, card, &(StrataPort){ node, TRUE, i }, area);
}

/* What of a card is within so much of its beginning, from @top on. */
static void
fill_strip (Far                   *self,
            const graphene_rect_t *area,
            double                 width,
            double                 top,
            const GdkRGBA         *color)
{
  cairo_save (self->cr);
  cairo_rectangle (self->cr, area->origin.x + (self->mirrored ? area->size.width - width : 0), area->origin.y + top, width,
                   area->size.height - top);
  cairo_clip (self->cr);
  strata_rounded_add (self->cr, area->origin.x, area->origin.y, area->size.width, area->size.height, STRATA_NODE_RADIUS);
  set_color (self, color, 1);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

static void
draw_ground (Far                   *self,
             StrataDocNode         *node,
             const graphene_rect_t *area)
{
  double share = strata_canvas_get_card (self->canvas, node)->share;
  GdkRGBA color;

  get_color (self, node, &color);
  if (strata_selection_contains (self->canvas->selection, node))
    {
      strata_rounded_add (self->cr, area->origin.x - NAME_OUTLINE, area->origin.y - NAME_OUTLINE,
                          area->size.width + 2 * NAME_OUTLINE, area->size.height + 2 * NAME_OUTLINE,
                          STRATA_NODE_RADIUS + NAME_OUTLINE);
      set_color (self, &self->accent, 1);
      cairo_fill (self->cr);
    }
  strata_rounded_add (self->cr, area->origin.x, area->origin.y, area->size.width, area->size.height, STRATA_NODE_RADIUS);
  set_color (self, &self->ground, 1);
  cairo_fill_preserve (self->cr);
  set_color (self, &color, 0.16);
  cairo_fill_preserve (self->cr);
  set_color (self, &self->ink, strata_contrast_alpha (GTK_WIDGET (self->canvas), 0.12));
  cairo_set_line_width (self->cr, 2);
  cairo_stroke (self->cr);
  fill_strip (self, area, NAME_EDGE, 0, &color);
  if (share > 0)
    fill_strip (self, area, MAX (share * area->size.width, LEAST_BAR), area->size.height - NAME_EDGE, &color);
}

/* The name, and below it the shape of what comes out where both have room. */
static void
draw_text (Far                   *self,
           StrataDocNode         *node,
           const graphene_rect_t *area)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, node);
  PangoLayout *lines[] = { strata_node_widget_get_line (card, STRATA_CARD_LARGE_NAME), NULL };
  const double alphas[] = { 1, strata_contrast_alpha (GTK_WIDGET (self->canvas), strata_card_line_get_alpha (STRATA_CARD_LARGE_SHAPE)) };
  int heights[] = { 0, 0 };
  double y;

  pango_layout_get_pixel_size (lines[0], NULL, &heights[0]);
  if (strata_canvas_get_zoom (self->canvas) >= LEAST_SHAPE_ZOOM)
    {
      lines[1] = strata_node_widget_get_line (card, STRATA_CARD_LARGE_SHAPE);
      pango_layout_get_pixel_size (lines[1], NULL, &heights[1]);
      if (heights[0] + heights[1] > area->size.height - TEXT_MARGIN)
        {
          lines[1] = NULL;
          heights[1] = 0;
        }
    }
  y = area->origin.y + (area->size.height - heights[0] - heights[1]) / 2;
  for (guint i = 0; i < G_N_ELEMENTS (lines) && lines[i] != NULL; i++)
    {
      cairo_move_to (self->cr, area->origin.x + STRATA_NODE_PADDING, y);
      set_color (self, &self->ink, alphas[i]);
      pango_cairo_show_layout (self->cr, lines[i]);
      y += heights[i];
    }
}

/**
 * strata_canvas_draw_far: (skip)
 * @nodes: (element-type StrataDocNode): those in sight
 */
void
strata_canvas_draw_far (StrataCanvas    *self,
                        cairo_t         *cr,
                        const GPtrArray *nodes)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  Far far = { self, cr };
  gboolean blocks = self->detail == STRATA_DETAIL_BLOCKS;

  far.dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (display));
  strata_canvas_look_up (self, "accent_bg_color", &far.accent);
  strata_canvas_look_up (self, "error_bg_color", &far.error);
  strata_canvas_look_up (self, "popover_bg_color", &far.ground);
  strata_canvas_get_ink (self, &far.ink);
  far.port_ring = far.ink;
  far.port_ring.alpha *= strata_contrast_alpha (GTK_WIDGET (self), 0.7);
  far.mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  cairo_save (cr);
  cairo_translate (cr, self->viewport.x, self->viewport.y);
  cairo_scale (cr, self->viewport.scale, self->viewport.scale);
  if (blocks)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);
      graphene_rect_t area;

      strata_canvas_get_card_area (self, node, &area);
      if (strata_doc_node_get_muted (node))
        cairo_push_group (cr);
      if (blocks)
        draw_block (&far, node, &area);
      else
        {
          draw_ground (&far, node, &area);
          draw_text (&far, node, &area);
          draw_ports (&far, node, &area);
        }
      if (!strata_doc_node_get_muted (node))
        continue;
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, MUTED_ALPHA);
    }
  cairo_restore (cr);
}
