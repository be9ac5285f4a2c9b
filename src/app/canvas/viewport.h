/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/* As far as one zooms out, but for networks that need more to be seen as a whole. */
#define STRATA_MIN_ZOOM 0.05
#define STRATA_LEAST_SCALE 1e-4
#define STRATA_MAX_ZOOM 3.0

/**
 * StrataViewport:
 * @x: where the canvas's origin lies in the widget
 * @y: likewise
 * @scale: how many pixels of the widget a unit of the canvas takes
 *
 * What part of the canvas a widget shows.
 */
typedef struct
{
  double x, y;
  double scale;
} StrataViewport;

void strata_viewport_to_canvas (const StrataViewport *self, double x, double y, graphene_point_t *result);
void strata_viewport_to_widget (const StrataViewport *self, const graphene_point_t *point, graphene_point_t *result);
void strata_viewport_zoom_at   (StrataViewport *self, double x, double y, double scale);
void strata_viewport_center_on (StrataViewport *self, const graphene_rect_t *area, double width, double height);
void strata_viewport_fit       (StrataViewport *self, const graphene_rect_t *area, double width, double height,
                                double margin, double largest);
void strata_viewport_reveal    (StrataViewport *self, const graphene_rect_t *area, double width, double height,
                                double margin);

double strata_snap (double position);

G_END_DECLS
