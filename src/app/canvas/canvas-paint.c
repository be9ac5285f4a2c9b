/* SPDX-License-Identifier: LGPL-2.1-or-later */
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

static void
snapshot_grid (StrataCanvas *self,
               GtkSnapshot  *snapshot,
               double        width,
               double        height)
{
  double spacing = 2 * STRATA_GRID * self->viewport.scale, size = self->viewport.scale > 1.4 ? 2 : 1.5;
  GdkRGBA ink;
  cairo_t *cr;

  while (spacing < LEAST_SPACING)
    spacing *= 2;
  strata_canvas_get_ink (self, &ink);
  ink.alpha *= 0.16;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (double y = fmod (self->viewport.y, spacing) - spacing; y < height; y += spacing)
    for (double x = fmod (self->viewport.x, spacing) - spacing; x < width; x += spacing)
      cairo_rectangle (cr, round (x) - 0.5, round (y) - 0.5, size, size);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_fill (cr);
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

  snapshot_grid (self, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  strata_canvas_snapshot_wires (self, snapshot);
  gtk_widget_snapshot_child (widget, self->plane, snapshot);
  strata_canvas_snapshot_ghost (self, snapshot);
  if (self->drag == STRATA_DRAG_BAND)
    snapshot_band (self, snapshot);
}
