/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataScaleKind:
 * @STRATA_SCALE_LINEAR: equal differences are equal distances
 * @STRATA_SCALE_LOG: equal ratios are equal distances; only positive numbers have a place
 *
 * How an axis places numbers.
 */
typedef enum
{
  STRATA_SCALE_LINEAR,
  STRATA_SCALE_LOG,
} StrataScaleKind;

/**
 * StrataScale:
 * @kind: how numbers are placed
 * @low: number at @start
 * @high: number at @end
 * @start: pixel of @low
 * @end: pixel of @high; less than @start where the axis points up
 *
 * Turns numbers into pixels and back.
 */
typedef struct
{
  StrataScaleKind kind;
  double low, high;
  double start, end;
} StrataScale;

void     strata_scale_init   (StrataScale *self, StrataScaleKind kind, double low, double high,
                              double start, double end);
double   strata_scale_map    (const StrataScale *self, double value);
double   strata_scale_invert (const StrataScale *self, double pixel);
gboolean strata_scale_equal  (const StrataScale *self, const StrataScale *other);

G_END_DECLS
