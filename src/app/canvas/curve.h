/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "canvas/ports.h"

G_BEGIN_DECLS

#define STRATA_CURVE_MOST_PARTS 3

/**
 * StrataCurve:
 *
 * @n_parts: how many cubic curves it is made of, each beginning where the last ends
 *
 * What a wire follows: out of one port and into another, both in the direction of the flow.
 */
typedef struct
{
  guint n_parts;
  graphene_point_t points[3 * STRATA_CURVE_MOST_PARTS + 1];
} StrataCurve;

void   strata_curve_init          (StrataCurve *self, const graphene_point_t *from, const graphene_point_t *to,
                                   StrataFlow flow);
void   strata_curve_init_turning  (StrataCurve *self, const graphene_point_t *from, const graphene_point_t *to,
                                   double lane, StrataFlow flow);
void   strata_curve_get_end       (const StrataCurve *self, graphene_point_t *point);
void   strata_curve_trace         (const StrataCurve *self, cairo_t *cr);
void   strata_curve_get_point     (const StrataCurve *self, double t, graphene_point_t *point);
void   strata_curve_get_bounds    (const StrataCurve *self, graphene_rect_t *bounds);
double strata_curve_get_distance  (const StrataCurve *self, const graphene_point_t *point);

G_END_DECLS
