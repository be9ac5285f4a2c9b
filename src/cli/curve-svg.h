/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_CURVE_MAX_POINTS 12

/**
 * StrataCurve:
 * @title: what is varied, and on what
 * @unit: what @x counts
 * @expected: the power of x that the time should follow
 * @fitted: the one that it follows, by the upper half of the points
 * @x: sizes, growing
 * @seconds: how long a step takes at each
 */
typedef struct
{
  const char *title;
  const char *unit;
  double expected, fitted;
  guint n;
  double x[STRATA_CURVE_MAX_POINTS];
  double seconds[STRATA_CURVE_MAX_POINTS];
} StrataCurve;

void  strata_curve_fit    (StrataCurve *self);
char *strata_curves_to_svg (const StrataCurve *curves, guint n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
