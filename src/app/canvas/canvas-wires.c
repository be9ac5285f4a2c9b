/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/contrast.h"
#include "canvas/metrics.h"
#include "canvas/rounded.h"
#include "canvas/text.h"
#include "widgets/words.h"

/* Below this zoom, shapes would be too small to be read. */
#define LEAST_PILL_ZOOM 0.6
/* What a pill needs between two cards besides its own size, on the canvas: room to see the wire. */
#define PILL_ROOM 12

static void
transform_curve (StrataCanvas      *self,
                 const StrataCurve *curve,
                 StrataCurve       *result)
{
  result->n_parts = curve->n_parts;
  for (guint i = 0; i <= 3 * curve->n_parts; i++)
    strata_viewport_to_widget (&self->viewport, &curve->points[i], &result->points[i]);
}

static gboolean
is_marked (StrataCanvas  *self,
           StrataDocWire *wire)
{
  return wire == strata_selection_get_wire (self->selection) || wire == self->drop_wire;
}

/* Wires of the selected nodes stand out too: what a node takes and gives is what one looks for. */
static gboolean
is_near (StrataCanvas  *self,
         StrataDocWire *wire)
{
  StrataPort output, input;

  return strata_selection_get_n_nodes (self->selection) > 0 &&
         strata_canvas_get_wire_ports (self, wire, &output, &input) &&
         ((output.node != NULL && strata_selection_contains (self->selection, output.node)) ||
          (input.node != NULL && strata_selection_contains (self->selection, input.node)));
}

static void
stroke (cairo_t       *cr,
        const GdkRGBA *color,
        double         width)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

typedef enum
{
  LOOK_PLAIN,
  LOOK_NEAR,
  LOOK_MARKED,
} Look;

static Look
choose_look (StrataCanvas  *self,
             StrataDocWire *wire)
{
  return is_marked (self, wire) ? LOOK_MARKED : is_near (self, wire) ? LOOK_NEAR : LOOK_PLAIN;
}

static void
get_placed_curve (StrataCanvas  *self,
                  StrataDocWire *wire,
                  StrataCurve   *placed)
{
  StrataCurve curve;

  strata_canvas_get_wire_curve (self, wire, &curve);
  transform_curve (self, &curve, placed);
}

/**
 * strata_canvas_draw_wires: (skip)
 * @wires: (element-type StrataDocWire): those in sight
 *
 * All wires that look alike are one path.
 */
void
strata_canvas_draw_wires (StrataCanvas    *self,
                          cairo_t         *cr,
                          const GPtrArray *wires)
{
  double width = strata_contrast_width (GTK_WIDGET (self), CLAMP (STRATA_WIRE_WIDTH * self->viewport.scale, 1, 4));
  GdkRGBA ink, accent;

  strata_canvas_get_ink (self, &ink);
  strata_canvas_look_up (self, "accent_color", &accent);
  ink.alpha *= strata_contrast_alpha (GTK_WIDGET (self), 0.55);
  /* A thousand hairlines take most of a frame otherwise, and look no better. */
  if (self->detail == STRATA_DETAIL_BLOCKS)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  for (Look look = LOOK_PLAIN; look <= LOOK_MARKED; look++)
    {
      for (guint thickness = 1; thickness <= (self->amounts ? STRATA_MOST_THICKNESS : 1); thickness++)
        {
          for (guint i = 0; i < wires->len; i++)
            {
              StrataDocWire *wire = g_ptr_array_index (wires, i);
              StrataCurve placed;

              if (wire == self->ghost.detached || choose_look (self, wire) != look ||
                  strata_canvas_get_thickness (self, wire) != thickness)
                continue;
              get_placed_curve (self, wire, &placed);
              strata_curve_trace (&placed, cr);
            }
          stroke (cr, look == LOOK_PLAIN ? &ink : &accent, (look == LOOK_MARKED ? 2 : 1) * thickness * width);
        }
    }
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* Text on a rounded ground. */
typedef struct
{
  PangoLayout *layout;
  int width, height, pad;       /* in pixels; what is around the text */
  GdkRGBA fill, line, ink;
} Pill;

static void
draw_pill (cairo_t  *cr,
           gpointer  user_data)
{
  const Pill *self = user_data;

  strata_rounded_add (cr, 0.5, 0.5, self->width - 1, self->height - 1, (self->height - 1) / 2.0);
  gdk_cairo_set_source_rgba (cr, &self->fill);
  cairo_fill_preserve (cr);
  stroke (cr, &self->line, 1);
  gdk_cairo_set_source_rgba (cr, &self->ink);
  cairo_move_to (cr, self->pad, self->pad / 4);
  pango_cairo_show_layout (cr, self->layout);
}

static void
measure_pill (Pill         *self,
              StrataCanvas *canvas,
              PangoLayout  *layout)
{
  self->layout = layout;
  self->pad = (int) round (7 * canvas->viewport.scale);
  pango_layout_get_pixel_size (layout, &self->width, &self->height);
  self->width += 2 * self->pad;
  self->height += 2 * (self->pad / 4);
}

/* Between cards that are too near, the shape is left to the card's foot. */
static gboolean
has_room (StrataCanvas      *self,
          const StrataCurve *curve,
          PangoLayout       *layout)
{
  double spare = PILL_ROOM * self->viewport.scale, dx, dy;
  graphene_point_t end;
  int width, height;

  strata_curve_get_end (curve, &end);
  dx = fabs (end.x - curve->points[0].x);
  dy = fabs (end.y - curve->points[0].y);
  pango_layout_get_pixel_size (layout, &width, &height);
  return dy > height + spare || dx > width + 2 * spare;
}

/* What a frame is called comes first: the shape is at the card's foot, too. */
static gboolean
hides_title (StrataCanvas           *self,
             const graphene_point_t *middle,
             PangoLayout            *layout)
{
  double scale = self->viewport.scale, pad = 7 * scale;
  graphene_rect_t pill, title;
  graphene_point_t corner;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  graphene_rect_init (&pill, middle->x - width / 2.0 - pad, middle->y - height / 2.0, width + 2 * pad, height);
  for (guint i = 0; i < self->titles->len; i++)
    {
      title = g_array_index (self->titles, graphene_rect_t, i);
      strata_viewport_to_widget (&self->viewport, &title.origin, &corner);
      graphene_rect_init (&title, corner.x, corner.y, title.size.width * scale, title.size.height * scale);
      if (graphene_rect_intersection (&title, &pill, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Most wires carry one of a few shapes, and panning changes none of them. */
static PangoLayout *
get_pill_layout (StrataCanvas     *self,
                 const StrataSpec *spec)
{
  g_autofree char *text = strata_words_shape (&spec->shape);
  PangoLayout *layout;

  if (self->pill_scale != self->viewport.scale)
    g_hash_table_remove_all (self->pills);
  self->pill_scale = self->viewport.scale;
  layout = g_hash_table_lookup (self->pills, text);
  if (layout == NULL)
    {
      layout = strata_text_layout_new (GTK_WIDGET (self), text, 11 * self->viewport.scale, PANGO_WEIGHT_NORMAL);
      g_hash_table_insert (self->pills, g_steal_pointer (&text), layout);
    }
  return layout;
}

/**
 * strata_canvas_draw_pills: (skip)
 * @wires: (element-type StrataDocWire): those in sight
 *
 * Writes the shapes of what they carry on wires, where that can be read.
 */
void
strata_canvas_draw_pills (StrataCanvas    *self,
                          cairo_t         *cr,
                          const GPtrArray *wires)
{
  Pill pill;

  if (strata_canvas_get_zoom (self) < LEAST_PILL_ZOOM)
    return;
  strata_canvas_look_up (self, "window_bg_color", &pill.fill);
  strata_canvas_get_ink (self, &pill.ink);
  pill.line = pill.ink;
  pill.line.alpha *= strata_contrast_alpha (GTK_WIDGET (self), 0.25);
  pill.ink.alpha *= strata_contrast_alpha (GTK_WIDGET (self), 0.85);
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      const StrataSpec *spec = strata_doc_wire_get_spec (wire);
      graphene_point_t middle;
      StrataCurve placed;

      if (spec == NULL || wire == self->ghost.detached)
        continue;
      get_placed_curve (self, wire, &placed);
      measure_pill (&pill, self, get_pill_layout (self, spec));
      if (!has_room (self, &placed, pill.layout))
        continue;
      strata_curve_get_point (&placed, 0.5, &middle);
      if (hides_title (self, &middle, pill.layout))
        continue;
      strata_sprites_put (cr, strata_sprites_get (self->pill_faces, pango_layout_get_text (pill.layout), pill.width,
                                                  pill.height, draw_pill, &pill),
                          middle.x - pill.width / 2.0, middle.y - pill.height / 2.0);
    }
}

static void
draw_words (StrataCanvas  *self,
            GtkSnapshot   *snapshot,
            const char    *words,
            const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = strata_text_layout_new (GTK_WIDGET (self), words, 13 * self->text_scale,
                                                           PANGO_WEIGHT_NORMAL);
  double room = MIN (gtk_widget_get_width (GTK_WIDGET (self)) - 48, 360 * self->text_scale);
  GskRoundedRect outline;
  graphene_rect_t area;
  GdkRGBA fill, ink;
  int width, height;

  pango_layout_set_width (layout, MAX (room, 120) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &width, &height);
  graphene_rect_init (&area, self->pointer_x + 16, self->pointer_y + 20, width + 20, height + 12);
  area.origin.x = MAX (4, MIN (area.origin.x, gtk_widget_get_width (GTK_WIDGET (self)) - area.size.width - 4));
  if (area.origin.y + area.size.height > gtk_widget_get_height (GTK_WIDGET (self)) - 4)
    area.origin.y = self->pointer_y - area.size.height - 12;

  strata_canvas_look_up (self, "popover_bg_color", &fill);
  strata_canvas_look_up (self, "popover_fg_color", &ink);
  gsk_rounded_rect_init_from_rect (&outline, &area, 8);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.25 }, 0, 2, 0, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &area);
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (area.origin.x, area.origin.y, 4, area.size.height));
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (area.origin.x + 12, area.origin.y + 6));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/**
 * strata_canvas_snapshot_ghost: (skip)
 *
 * Draws the wire that follows the pointer: green with what would come out where it fits, red with the reason where it
 * does not.
 */
void
strata_canvas_snapshot_ghost (StrataCanvas *self,
                              GtkSnapshot  *snapshot)
{
  StrataGhost *ghost = &self->ghost;
  graphene_point_t from, to;
  graphene_rect_t bounds;
  StrataCurve curve, placed;
  GdkRGBA color;
  cairo_t *cr;

  if (!ghost->active)
    return;
  strata_canvas_get_port_point (self, &ghost->from, &from);
  if (ghost->has_target)
    strata_canvas_get_port_point (self, &ghost->target, &to);
  else
    strata_viewport_to_canvas (&self->viewport, self->pointer_x, self->pointer_y, &to);
  strata_curve_init (&curve, ghost->from.output ? &from : &to, ghost->from.output ? &to : &from, self->flow);
  transform_curve (self, &curve, &placed);
  strata_curve_get_bounds (&placed, &bounds);
  graphene_rect_inset (&bounds, -4, -4);

  strata_canvas_look_up (self,
                         !ghost->has_target ? "accent_color" : ghost->fits ? "success_color" : "error_color", &color);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_dash (cr, (double[]){ 6, 4 }, 2, 0);
  strata_curve_trace (&placed, cr);
  stroke (cr, &color, 2);
  cairo_destroy (cr);
  if (ghost->reason != NULL || ghost->result != NULL)
    draw_words (self, snapshot, ghost->reason != NULL ? ghost->reason : ghost->result, &color);
}
