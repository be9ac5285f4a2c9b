/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/text.h"
#include "canvas/words.h"

/* Below this zoom, shapes would be too small to be read. */
#define LEAST_PILL_ZOOM 0.6
/* What a pill needs between two cards besides its own size, on the canvas: room to see the wire. */
#define PILL_ROOM 12

static void
transform_curve (StrataCanvas      *self,
                 const StrataCurve *curve,
                 StrataCurve       *result)
{
  for (int i = 0; i < 4; i++)
    strata_viewport_to_widget (&self->viewport, &curve->points[i], &result->points[i]);
}

static void
add_curve (cairo_t           *cr,
           const StrataCurve *curve)
{
  const graphene_point_t *p = curve->points;

  cairo_move_to (cr, p[0].x, p[0].y);
  cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
}

/* The wires in sight: their curves in the widget, and all that they cover. */
static GArray *
collect_curves (StrataCanvas    *self,
                GPtrArray       *wires,
                graphene_rect_t *covered)
{
  const GPtrArray *all = strata_document_get_wires (self->document);
  graphene_rect_t sight = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  GArray *curves = g_array_new (FALSE, FALSE, sizeof (StrataCurve));

  *covered = *graphene_rect_zero ();
  for (guint i = 0; i < all->len; i++)
    {
      StrataCurve curve, placed;
      graphene_rect_t bounds, visible;

      if (g_ptr_array_index (all, i) == self->ghost.detached)
        continue;
      strata_canvas_get_wire_curve (self, g_ptr_array_index (all, i), &curve);
      transform_curve (self, &curve, &placed);
      strata_curve_get_bounds (&placed, &bounds);
      graphene_rect_inset (&bounds, -4, -4);
      if (!graphene_rect_intersection (&bounds, &sight, &visible))
        continue;
      graphene_rect_union (wires->len > 0 ? covered : &visible, &visible, covered);
      g_array_append_val (curves, placed);
      g_ptr_array_add (wires, g_ptr_array_index (all, i));
    }
  return curves;
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
  return strata_selection_contains (self->selection, strata_doc_wire_get_from (wire)) ||
         strata_selection_contains (self->selection, strata_doc_wire_get_to (wire));
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

static void
draw_curves (StrataCanvas          *self,
             GtkSnapshot           *snapshot,
             GArray                *curves,
             GPtrArray             *wires,
             const graphene_rect_t *covered)
{
  double width = CLAMP (STRATA_WIRE_WIDTH * self->viewport.scale, 1, 4);
  GdkRGBA ink, accent;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, covered);

  strata_canvas_get_ink (self, &ink);
  strata_canvas_look_up (self, "accent_color", &accent);
  ink.alpha *= 0.55;
  for (guint i = 0; i < curves->len; i++)
    if (!is_marked (self, g_ptr_array_index (wires, i)) && !is_near (self, g_ptr_array_index (wires, i)))
      add_curve (cr, &g_array_index (curves, StrataCurve, i));
  stroke (cr, &ink, width);
  for (guint i = 0; i < curves->len; i++)
    if (!is_marked (self, g_ptr_array_index (wires, i)) && is_near (self, g_ptr_array_index (wires, i)))
      add_curve (cr, &g_array_index (curves, StrataCurve, i));
  stroke (cr, &accent, width);
  for (guint i = 0; i < curves->len; i++)
    if (is_marked (self, g_ptr_array_index (wires, i)))
      add_curve (cr, &g_array_index (curves, StrataCurve, i));
  stroke (cr, &accent, width * 2);
  cairo_destroy (cr);
}

/* Text on a rounded ground, its middle at x and y. */
static void
draw_pill (StrataCanvas  *self,
           GtkSnapshot   *snapshot,
           PangoLayout   *layout,
           double         x,
           double         y,
           const GdkRGBA *fill,
           const GdkRGBA *line,
           const GdkRGBA *ink)
{
  double pad = 7 * self->viewport.scale;
  GskRoundedRect outline;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (round (x - width / 2.0 - pad), round (y - height / 2.0 - pad / 4),
                                                        width + 2 * round (pad), height + 2 * round (pad / 4)),
                                   height / 2.0 + pad / 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ *line, *line, *line, *line });
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (outline.bounds.origin.x + round (pad), outline.bounds.origin.y + round (pad / 4)));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* Between cards that are too near, the shape is left to the card's foot. */
static gboolean
has_room (StrataCanvas      *self,
          const StrataCurve *curve,
          PangoLayout       *layout)
{
  double dx = fabs (curve->points[3].x - curve->points[0].x), dy = fabs (curve->points[3].y - curve->points[0].y);
  double spare = PILL_ROOM * self->viewport.scale;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return dy > height + spare || dx > width + 2 * spare;
}

static void
draw_shape (StrataCanvas      *self,
            GtkSnapshot       *snapshot,
            StrataDocWire     *wire,
            const StrataCurve *curve)
{
  const StrataSpec *spec = strata_doc_wire_get_spec (wire);
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  graphene_point_t middle;
  GdkRGBA fill, line, ink;

  if (spec == NULL)
    return;
  text = strata_words_shape (&spec->shape);
  layout = strata_text_layout_new (GTK_WIDGET (self), text, 11 * self->viewport.scale, PANGO_WEIGHT_NORMAL);
  if (!has_room (self, curve, layout))
    return;
  strata_canvas_look_up (self, "window_bg_color", &fill);
  strata_canvas_get_ink (self, &ink);
  line = ink;
  line.alpha *= 0.25;
  ink.alpha *= 0.85;
  strata_curve_get_point (curve, 0.5, &middle);
  draw_pill (self, snapshot, layout, middle.x, middle.y, &fill, &line, &ink);
}

/**
 * strata_canvas_snapshot_wires: (skip)
 *
 * Draws the wires in sight in one node that is no larger than they are, then the shapes on them.
 */
void
strata_canvas_snapshot_wires (StrataCanvas *self,
                              GtkSnapshot  *snapshot)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new ();
  graphene_rect_t covered;
  g_autoptr (GArray) curves = collect_curves (self, wires, &covered);

  if (curves->len == 0)
    return;
  draw_curves (self, snapshot, curves, wires, &covered);
  if (strata_canvas_get_zoom (self) < LEAST_PILL_ZOOM)
    return;
  for (guint i = 0; i < curves->len; i++)
    draw_shape (self, snapshot, g_ptr_array_index (wires, i), &g_array_index (curves, StrataCurve, i));
}

static void
draw_reason (StrataCanvas  *self,
             GtkSnapshot   *snapshot,
             const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = strata_text_layout_new (GTK_WIDGET (self), self->ghost.reason, 13 * self->text_scale, PANGO_WEIGHT_NORMAL);
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
 * Draws the wire that follows the pointer: green where it fits, red with the reason where it does not.
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

  strata_canvas_look_up (self, !ghost->has_target ? "accent_color" : ghost->fits ? "success_color" : "error_color", &color);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_dash (cr, (double[]){ 6, 4 }, 2, 0);
  add_curve (cr, &placed);
  stroke (cr, &color, 2);
  cairo_destroy (cr);
  if (ghost->reason != NULL)
    draw_reason (self, snapshot, &color);
}
