/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/scale.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} StrataPoint;

/**
 * StrataPolyline:
 *
 * Points in pixels, as few as a picture needs; a NaN in y is a gap.
 */
typedef struct
{
  StrataPoint *points;
  gsize n, capacity;
} StrataPolyline;

void strata_polyline_clear (StrataPolyline *self);
void strata_polyline_set   (StrataPolyline *self, const double *x, const double *y, gsize n, const StrataScale *across,
                            const StrataScale *up);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataPolyline, strata_polyline_clear)

G_END_DECLS
