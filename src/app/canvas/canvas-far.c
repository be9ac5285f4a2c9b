/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <math.h>

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
/* How far anything of a card reaches beyond it. */
#define FACE_MARGIN 10
/* How much of a category's colour is in a card, and of the ink in its outline. */
#define TINT 0.16
#define OUTLINE_ALPHA 0.12
#define MUTED_ALPHA 0.6
/* A block that its part of the parameters is shown on, and the shortest bar. */
#define FAINT_ALPHA 0.35
#define LEAST_BAR 6
/* From where on shapes can be read, and how much of a card's height is kept free of text. */
#define LEAST_SHAPE_SCALE 0.4
#define TEXT_MARGIN 12

typedef struct
{
  StrataCanvas *canvas;
  cairo_t *cr;
  gboolean dark, mirrored;
  GdkRGBA accent, error, ground, ink, port_ring;
} Far;

/* A card to be drawn without what is told of its layer alone. */
typedef struct
{
  Far *far;
  StrataDocNode *node;
  const graphene_rect_t *area;
  int width, height, margin;    /* in pixels; what reaches beyond the card is the margin */
} Face;

static void
set_color (Far           *self,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (self->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

/* Ground with a little of a colour. */
static void
set_mix (Far           *self,
         const GdkRGBA *color)
{
  cairo_set_source_rgb (self->cr, self->ground.red + (color->red - self->ground.red) * TINT,
                        self->ground.green + (color->green - self->ground.green) * TINT,
                        self->ground.blue + (color->blue - self->ground.blue) * TINT);
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
  cairo_rectangle (self->cr, area->origin.x + (self->mirrored ? area->size.width - width : 0), area->origin.y, width,
                   area->size.height);
  set_color (self, &color, 1);
  cairo_fill (self->cr);
}

static void
add_port (Far                   *self,
          const StrataPort      *port,
          const graphene_rect_t *area,
          double                 radius)
{
  gboolean down = self->canvas->flow == STRATA_FLOW_DOWN;
  double half = strata_port_is_list (port) ? STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2 : 0;
  double across = radius + (down ? half : 0), along = radius + (down ? 0 : half);
  graphene_point_t middle;

  strata_port_get_position (port, self->canvas->flow, &middle);
  strata_rounded_add (self->cr, area->origin.x + middle.x - across, area->origin.y + middle.y - along, 2 * across,
                      2 * along, radius);
}

/* The port that the pointer is about to use. */
static void
draw_used_port (Far                   *self,
                StrataNodeWidget      *card,
                const graphene_rect_t *area)
{
  static const char *const names[] = { NULL, "accent_bg_color", "success_bg_color", "error_bg_color" };
  GdkRGBA fill;

  if (card->port_state == STRATA_PORT_IDLE)
    return;
  strata_canvas_look_up (self->canvas, names[card->port_state], &fill);
  add_port (self, &card->port, area, STRATA_PORT_SIZE / 2 + 2);
  set_color (self, &fill, 1);
  cairo_fill (self->cr);
}

/* Rings are discs on discs, all of a card at once: strokes take twice the time. */
static void
draw_ports (Far                   *self,
            StrataDocNode         *node,
            const graphene_rect_t *area)
{
  const struct
  {
    double radius;
    const GdkRGBA *color;
  } discs[] = { { STRATA_PORT_SIZE / 2, &self->port_ring }, { STRATA_PORT_SIZE / 2 - 2, &self->ground } };

  for (guint disc = 0; disc < G_N_ELEMENTS (discs); disc++)
    {
      for (guint i = 0; i < strata_doc_node_get_n_inputs (node); i++)
        add_port (self, &(StrataPort){ node, FALSE, i }, area, discs[disc].radius);
      for (guint i = 0; i < strata_doc_node_get_n_outputs (node); i++)
        add_port (self, &(StrataPort){ node, TRUE, i }, area, discs[disc].radius);
      set_color (self, discs[disc].color, 1);
      cairo_fill (self->cr);
    }
}

/* The card's edge, by a path of its own: to clip the whole card there takes longer than all the rest. */
static void
fill_edge (Far                   *self,
           const graphene_rect_t *area,
           const GdkRGBA         *color)
{
  double height = area->size.height, radius = STRATA_NODE_RADIUS, turn = acos (1 - NAME_EDGE / radius);

  cairo_save (self->cr);
  cairo_translate (self->cr, area->origin.x + (self->mirrored ? area->size.width : 0), area->origin.y);
  cairo_scale (self->cr, self->mirrored ? -1 : 1, 1);
  cairo_arc (self->cr, radius, radius, radius, G_PI, G_PI + turn);
  cairo_arc (self->cr, radius, height - radius, radius, G_PI - turn, G_PI);
  cairo_close_path (self->cr);
  set_color (self, color, 1);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

/* Along the lower edge, as long as its part of the parameters. */
static void
fill_bar (Far                   *self,
          const graphene_rect_t *area,
          double                 share,
          const GdkRGBA         *color)
{
  double width = MAX (share * area->size.width, LEAST_BAR);

  cairo_save (self->cr);
  cairo_rectangle (self->cr, area->origin.x + (self->mirrored ? area->size.width - width : 0),
                   area->origin.y + area->size.height - NAME_EDGE, width, NAME_EDGE);
  cairo_clip (self->cr);
  strata_rounded_add (self->cr, area->origin.x, area->origin.y, area->size.width, area->size.height,
                      STRATA_NODE_RADIUS);
  set_color (self, color, 1);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

static void
add_card (Far                   *self,
          const graphene_rect_t *area,
          double                 more)
{
  strata_rounded_add (self->cr, area->origin.x - more, area->origin.y - more, area->size.width + 2 * more,
                      area->size.height + 2 * more, STRATA_NODE_RADIUS + more);
}

static void
draw_ground (Far                   *self,
             StrataDocNode         *node,
             const graphene_rect_t *area)
{
  GdkRGBA color;

  get_color (self, node, &color);
  if (strata_selection_contains (self->canvas->selection, node))
    {
      add_card (self, area, NAME_OUTLINE);
      set_color (self, &self->accent, 1);
      cairo_fill (self->cr);
    }
  add_card (self, area, 1);
  set_color (self, &self->ink, strata_contrast_alpha (GTK_WIDGET (self->canvas), OUTLINE_ALPHA));
  cairo_fill (self->cr);
  add_card (self, area, -1);
  set_mix (self, &color);
  cairo_fill (self->cr);
  fill_edge (self, area, &color);
}

static void
draw_face (cairo_t  *cr,
           gpointer  user_data)
{
  Face *self = user_data;
  Far far = *self->far;

  far.cr = cr;
  cairo_translate (cr, self->margin, self->margin);
  cairo_scale (cr, self->width / self->area->size.width, self->height / self->area->size.height);
  cairo_translate (cr, -self->area->origin.x, -self->area->origin.y);
  draw_ground (&far, self->node, self->area);
  draw_ports (&far, self->node, self->area);
}

/* All that a face shows. */
static char *
describe_face (Far           *self,
               StrataDocNode *node)
{
  GString *text = g_string_new (NULL);
  GdkRGBA color;

  get_color (self, node, &color);
  g_string_printf (text, "%g %g %g %g %d %u", color.red, color.green, color.blue, strata_doc_node_get_height (node),
                   strata_selection_contains (self->canvas->selection, node), strata_doc_node_get_n_outputs (node));
  for (guint i = 0; i < strata_doc_node_get_n_inputs (node); i++)
    g_string_append_c (text, strata_port_is_list (&(StrataPort){ node, FALSE, i }) ? 'l' : 'i');
  return g_string_free (text, FALSE);
}

/* With edges on whole pixels; @corner is where the card begins. */
static void
put_face (Far                    *self,
          StrataDocNode          *node,
          const graphene_rect_t  *area,
          const graphene_point_t *corner)
{
  double scale = self->canvas->viewport.scale;
  Face face = { self, node, area, round (area->size.width * scale), round (area->size.height * scale),
                ceil (FACE_MARGIN * scale) };
  g_autofree char *key = describe_face (self, node);
  cairo_surface_t *sprite = strata_sprites_get (self->canvas->faces, key, face.width + 2 * face.margin,
                                                face.height + 2 * face.margin, draw_face, &face);

  strata_sprites_put (self->cr, sprite, corner->x - face.margin, corner->y - face.margin);
}

/* The name, and below it the shape of what comes out where both have room. */
static void
draw_text (Far                   *self,
           StrataDocNode         *node,
           const graphene_rect_t *area)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, node);
  PangoLayout *lines[] = { strata_node_widget_get_line (card, STRATA_CARD_LARGE_NAME), NULL };
  const double alphas[] = { 1, strata_contrast_alpha (GTK_WIDGET (self->canvas),
                                                      strata_card_line_get_alpha (STRATA_CARD_LARGE_SHAPE)) };
  int heights[] = { 0, 0 };
  double y;

  pango_layout_get_pixel_size (lines[0], NULL, &heights[0]);
  if (self->canvas->viewport.scale >= LEAST_SHAPE_SCALE && *card->short_shape != '\0')
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

static void
draw_card (Far                   *self,
           StrataDocNode         *node,
           const graphene_rect_t *area)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, node);
  graphene_rect_t own = GRAPHENE_RECT_INIT (0, 0, area->size.width, area->size.height);
  graphene_point_t corner;
  GdkRGBA color;

  strata_viewport_to_widget (&self->canvas->viewport, &area->origin, &corner);
  corner = GRAPHENE_POINT_INIT (round (corner.x), round (corner.y));
  put_face (self, node, area, &corner);
  cairo_save (self->cr);
  cairo_translate (self->cr, corner.x, corner.y);
  cairo_scale (self->cr, self->canvas->viewport.scale, self->canvas->viewport.scale);
  if (card->share > 0)
    {
      get_color (self, node, &color);
      fill_bar (self, &own, card->share, &color);
    }
  draw_text (self, node, &own);
  draw_used_port (self, card, &own);
  cairo_restore (self->cr);
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
  if (blocks)
    {
      cairo_translate (cr, self->viewport.x, self->viewport.y);
      cairo_scale (cr, self->viewport.scale, self->viewport.scale);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
    }
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
        draw_card (&far, node, &area);
      if (!strata_doc_node_get_muted (node))
        continue;
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, MUTED_ALPHA);
    }
  cairo_restore (cr);
}
