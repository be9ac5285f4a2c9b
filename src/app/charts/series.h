/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataSeriesStyle:
 * @STRATA_SERIES_SOLID: what training gives, an epoch a point
 * @STRATA_SERIES_DASHED: what validation gives
 * @STRATA_SERIES_FAINT: detail behind another series, as the loss of each batch
 *
 * How a series is drawn.
 */
typedef enum
{
  STRATA_SERIES_SOLID,
  STRATA_SERIES_DASHED,
  STRATA_SERIES_FAINT,
} StrataSeriesStyle;

#define STRATA_TYPE_SERIES (strata_series_get_type ())
G_DECLARE_FINAL_TYPE (StrataSeries, strata_series, STRATA, SERIES, GObject)

StrataSeries     *strata_series_new         (const char *name, guint color,
                                             StrataSeriesStyle style) G_GNUC_WARN_UNUSED_RESULT;

void              strata_series_append      (StrataSeries *self, double x, double y);
void              strata_series_clear       (StrataSeries *self);

gsize             strata_series_get_n       (StrataSeries *self);
const double     *strata_series_get_x       (StrataSeries *self);
const double     *strata_series_get_y       (StrataSeries *self);
guint             strata_series_get_version (StrataSeries *self);
gboolean          strata_series_get_last    (StrataSeries *self, double *x, double *y);
gboolean          strata_series_get_lowest  (StrataSeries *self, double *x, double *y);
gboolean          strata_series_get_highest (StrataSeries *self, double *x, double *y);
double            strata_series_get_least_positive (StrataSeries *self);
gboolean          strata_series_find        (StrataSeries *self, double x, gsize *index);

const char       *strata_series_get_name    (StrataSeries *self);
void              strata_series_set_name    (StrataSeries *self, const char *name);
guint             strata_series_get_color   (StrataSeries *self);
StrataSeriesStyle strata_series_get_style   (StrataSeries *self);
gboolean          strata_series_get_visible (StrataSeries *self);
void              strata_series_set_visible (StrataSeries *self, gboolean visible);

G_END_DECLS
