/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "charts/chart.h"

G_BEGIN_DECLS

/**
 * StrataChartFormat:
 * @STRATA_CHART_PNG: a picture of pixels
 * @STRATA_CHART_SVG: a picture of shapes
 * @STRATA_CHART_PDF: a page
 * @STRATA_CHART_CSV: the numbers
 *
 * What a chart can be written as.
 */
typedef enum
{
  STRATA_CHART_PNG,
  STRATA_CHART_SVG,
  STRATA_CHART_PDF,
  STRATA_CHART_CSV,
} StrataChartFormat;

#define STRATA_CHART_N_FORMATS (STRATA_CHART_CSV + 1)

const char *strata_chart_format_get_suffix    (StrataChartFormat format);
const char *strata_chart_format_get_mime_type (StrataChartFormat format);
const char *strata_chart_format_get_title     (StrataChartFormat format);
gboolean    strata_chart_format_from_name     (const char *file_name, StrataChartFormat *format);
GBytes     *strata_chart_export               (StrataChart *chart, StrataChartFormat format, int width, int height,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
