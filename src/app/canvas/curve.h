/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/ports.h"

G_BEGIN_DECLS

/**
 * StrataCurve:
 *
 * The cubic curve that a wire follows: out of one port and into another, both in the direction of the flow.
 */
typedef struct
{
  graphene_point_t points[4];
} StrataCurve;

void   strata_curve_init          (StrataCurve *self, const graphene_point_t *from, const graphene_point_t *to, StrataFlow flow);
void   strata_curve_get_point     (const StrataCurve *self, double t, graphene_point_t *point);
void   strata_curve_get_bounds    (const StrataCurve *self, graphene_rect_t *bounds);
double strata_curve_get_distance  (const StrataCurve *self, const graphene_point_t *point);

G_END_DECLS
