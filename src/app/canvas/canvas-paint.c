/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* The least pixels between dots of the grid. */
#define LEAST_SPACING 14

void
strata_canvas_get_ink (StrataCanvas *self,
                       GdkRGBA      *ink)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), ink);
}

void
strata_canvas_look_up (StrataCanvas *self,
                       const char   *name,
                       GdkRGBA      *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, color))
    *color = (GdkRGBA){ 0.5, 0.5, 0.5, 1 };
}

/* All that the looks of cards and of shapes on wires have in common. */
static char *
dup_conditions (StrataCanvas *self)
{
  static const char *const names[] = { "popover_bg_color", "popover_fg_color", "window_bg_color", "window_fg_color",
                                       "accent_bg_color", "error_bg_color" };
  GtkWidget *widget = GTK_WIDGET (self);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%g %d %d %d %d", self->viewport.scale, self->detail, self->flow,
                   gtk_widget_get_direction (widget), adw_style_manager_get_high_contrast (manager));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = NULL;
      GdkRGBA color;

      strata_canvas_look_up (self, names[i], &color);
      name = gdk_rgba_to_string (&color);
      g_string_append (text, name);
    }
  return g_string_free (text, FALSE);
}

/* A row of dots is drawn once for all rows: thousands of dots are many for one path. */
static void
draw_grid (StrataCanvas *self,
           cairo_t      *cr,
           double        width,
           double        height)
{
  double spacing = 2 * STRATA_GRID * self->viewport.scale, left;
  int size = self->viewport.scale > 1.4 ? 2 : 1, factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *row;
  cairo_t *dots;
  GdkRGBA ink;

  while (spacing < LEAST_SPACING)
    spacing *= 2;
  strata_canvas_get_ink (self, &ink);
  ink.alpha *= size > 1 ? 0.16 : 0.24;
  row = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) width * factor, size * factor);
  cairo_surface_set_device_scale (row, factor, factor);
  dots = cairo_create (row);
  left = fmod (self->viewport.x, spacing) - spacing;
  for (double x = left; x < width; x += spacing)
    cairo_rectangle (dots, round (x), 0, size, size);
  cairo_fill (dots);
  cairo_destroy (dots);

  gdk_cairo_set_source_rgba (cr, &ink);
  for (double y = fmod (self->viewport.y, spacing) - spacing; y < height; y += spacing)
    cairo_mask_surface (cr, row, 0, round (y));
  cairo_surface_destroy (row);
}

/* Everything behind the cards is one node: each costs a copy of what it covers. */
static void
snapshot_ground (StrataCanvas    *self,
                 GtkSnapshot     *snapshot,
                 const GPtrArray *nodes,
                 const GPtrArray *wires)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  draw_grid (self, cr, width, height);
  strata_canvas_draw_notes (self, cr, STRATA_NOTE_FRAME);
  if (self->detail == STRATA_DETAIL_FULL)
    strata_canvas_draw_shadows (self, cr, nodes);
  strata_canvas_draw_wires (self, cr, wires);
  strata_canvas_draw_notes (self, cr, STRATA_NOTE_TEXT);
  if (self->detail != STRATA_DETAIL_FULL)
    strata_canvas_draw_far (self, cr, nodes);
  if (self->detail == STRATA_DETAIL_BLOCKS)
    strata_canvas_draw_labels (self, cr, nodes);
  strata_canvas_draw_pills (self, cr, wires);
  cairo_destroy (cr);
}

static void
snapshot_band (StrataCanvas *self,
               GtkSnapshot  *snapshot)
{
  GskRoundedRect outline;
  GdkRGBA line, fill;

  strata_canvas_look_up (self, "accent_bg_color", &line);
  fill = line;
  fill.alpha = 0.15;
  gsk_rounded_rect_init_from_rect (&outline, &self->band, 2);
  gtk_snapshot_append_color (snapshot, &fill, &self->band);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ line, line, line, line });
}

void
strata_canvas_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new (), wires = g_ptr_array_new ();
  g_autofree char *conditions = dup_conditions (self);
  int factor = gtk_widget_get_scale_factor (widget);
  graphene_rect_t sight;

  strata_sprites_use (self->faces, factor, conditions);
  strata_sprites_use (self->pill_faces, factor, conditions);
  strata_canvas_get_sight (self, &sight);
  strata_canvas_find_cards (self, &sight, nodes);
  strata_canvas_find_wires (self, &sight, wires);
  snapshot_ground (self, snapshot, nodes, wires);
  if (self->detail == STRATA_DETAIL_FULL)
    gtk_widget_snapshot_child (widget, self->plane, snapshot);
  strata_canvas_snapshot_guides (self, snapshot);
  strata_canvas_snapshot_ghost (self, snapshot);
  if (self->drag == STRATA_DRAG_BAND)
    snapshot_band (self, snapshot);
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, self->editor, snapshot);
}
