/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/rounded.h"

/* The shadow of a card: rings around it, on the canvas. */
#define N_RINGS 3
#define RING_WIDTH 2
#define RING_ALPHA 0.022
#define SHADOW_DROP 2
/* More heights than that come only of endless zooming. */
#define MOST_SHADOWS 64

/* Rings that fade: a blur would take longer to draw than all the rest of a card. */
static void
draw_rings (cairo_t *cr,
            double   x,
            double   y,
            double   width,
            double   height,
            double   scale)
{
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, RING_ALPHA);
  for (int ring = 1; ring <= N_RINGS; ring++)
    {
      double reach = ring * RING_WIDTH * scale;

      strata_rounded_add (cr, x - reach, y - reach + SHADOW_DROP * scale, width + 2 * reach, height + 2 * reach,
                          STRATA_NODE_RADIUS * scale + reach);
      /* Nothing is seen below the card itself. */
      cairo_rectangle (cr, x + 2, y + STRATA_NODE_RADIUS * scale, width - 4, height - 2 * STRATA_NODE_RADIUS * scale);
      cairo_fill (cr);
    }
}

/* What is drawn once serves all cards of that height, as round corners take longer than all else about them. */
static cairo_surface_t *
get_mask (StrataCanvas *self,
          int           width,
          int           height,
          int           margin)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *mask;
  cairo_t *cr;

  if (self->shadow_scale != self->viewport.scale * factor || g_hash_table_size (self->shadows) > MOST_SHADOWS)
    g_hash_table_remove_all (self->shadows);
  self->shadow_scale = self->viewport.scale * factor;
  mask = g_hash_table_lookup (self->shadows, GINT_TO_POINTER (height));
  if (mask != NULL)
    return mask;
  mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (width + 2 * margin) * factor, (height + 2 * margin) * factor);
  cairo_surface_set_device_scale (mask, factor, factor);
  cr = cairo_create (mask);
  draw_rings (cr, margin, margin, width, height, self->viewport.scale);
  cairo_destroy (cr);
  g_hash_table_insert (self->shadows, GINT_TO_POINTER (height), mask);
  return mask;
}

/**
 * strata_canvas_draw_shadows: (skip)
 * @nodes: (element-type StrataDocNode): those in sight
 */
void
strata_canvas_draw_shadows (StrataCanvas    *self,
                            cairo_t         *cr,
                            const GPtrArray *nodes)
{
  double scale = self->viewport.scale;
  int margin = (int) ceil ((N_RINGS * RING_WIDTH + SHADOW_DROP) * scale) + 1;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < nodes->len; i++)
    {
      graphene_rect_t area;
      graphene_point_t corner;

      strata_canvas_get_card_area (self, g_ptr_array_index (nodes, i), &area);
      strata_viewport_to_widget (&self->viewport, &area.origin, &corner);
      /* On whole pixels, so that it is copied as it is. */
      cairo_mask_surface (cr, get_mask (self, (int) round (area.size.width * scale),
                                        (int) round (area.size.height * scale), margin),
                          round (corner.x) - margin, round (corner.y) - margin);
    }
}
