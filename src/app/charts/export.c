/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "charts/chart-table.h"
#include "charts/drawing.h"

/* Pixels for each that was asked for, to be sharp on paper and on dense screens. */
#define PNG_DENSITY 2
/* Typographic points for each pixel. */
#define PDF_POINTS 0.75

static const struct
{
  const char *suffix, *mime_type, *title;
} formats[STRATA_CHART_N_FORMATS] = {
  [STRATA_CHART_PNG] = { ".png", "image/png", N_("PNG image") },
  [STRATA_CHART_SVG] = { ".svg", "image/svg+xml", N_("SVG drawing") },
  [STRATA_CHART_PDF] = { ".pdf", "application/pdf", N_("PDF document") },
  [STRATA_CHART_CSV] = { ".csv", "text/csv", N_("CSV table") },
};

/**
 * strata_chart_format_get_suffix:
 * @format: a format
 *
 * Returns: how names of its files end: ".png"
 */
const char *
strata_chart_format_get_suffix (StrataChartFormat format)
{
  g_return_val_if_fail (format < STRATA_CHART_N_FORMATS, NULL);

  return formats[format].suffix;
}

/**
 * strata_chart_format_get_mime_type:
 * @format: a format
 *
 * Returns: its media type
 */
const char *
strata_chart_format_get_mime_type (StrataChartFormat format)
{
  g_return_val_if_fail (format < STRATA_CHART_N_FORMATS, NULL);

  return formats[format].mime_type;
}

/**
 * strata_chart_format_get_title:
 * @format: a format
 *
 * Returns: what it is called in the user's language
 */
const char *
strata_chart_format_get_title (StrataChartFormat format)
{
  g_return_val_if_fail (format < STRATA_CHART_N_FORMATS, NULL);

  return _(formats[format].title);
}

/**
 * strata_chart_format_from_name:
 * @file_name: name of a file
 * @format: (out): what it is
 *
 * Returns: whether @file_name ends as a format does
 */
gboolean
strata_chart_format_from_name (const char        *file_name,
                               StrataChartFormat *format)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (file_name != NULL && format != NULL, FALSE);

  lower = g_ascii_strdown (file_name, -1);
  for (guint i = 0; i < STRATA_CHART_N_FORMATS; i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

static cairo_status_t
write_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
get_density (StrataChartFormat format)
{
  return format == STRATA_CHART_PNG ? PNG_DENSITY : format == STRATA_CHART_PDF ? PDF_POINTS : 1;
}

static cairo_surface_t *
create_surface (StrataChartFormat  format,
                int                width,
                int                height,
                GByteArray        *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case STRATA_CHART_PNG:
      return cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * PNG_DENSITY, height * PNG_DENSITY);
    case STRATA_CHART_SVG:
      surface = cairo_svg_surface_create_for_stream (write_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case STRATA_CHART_PDF:
      return cairo_pdf_surface_create_for_stream (write_bytes, bytes, width * PDF_POINTS, height * PDF_POINTS);
    case STRATA_CHART_CSV:
    default:
      g_return_val_if_reached (NULL);
    }
}

static GBytes *
export_picture (StrataChart        *chart,
                StrataChartFormat   format,
                int                 width,
                int                 height,
                GError            **error)
{
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_paper ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = create_surface (format, width, height, bytes);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, get_density (format), get_density (format));
  strata_chart_draw (chart, theme, width, height, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == STRATA_CHART_PNG)
    status = cairo_surface_write_to_png_stream (surface, write_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FILE, _("The chart could not be drawn as %s: %s"),
                   strata_chart_format_get_title (format), cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * strata_chart_export:
 * @chart: a chart
 * @format: what to make of it
 * @width: pixels across
 * @height: pixels down
 *
 * Makes a file of a chart, in dark ink on white whatever the desktop's style.
 *
 * Returns: (transfer full): what goes into the file
 */
GBytes *
strata_chart_export (StrataChart        *chart,
                     StrataChartFormat   format,
                     int                 width,
                     int                 height,
                     GError            **error)
{
  g_return_val_if_fail (STRATA_IS_CHART (chart), NULL);
  g_return_val_if_fail (format < STRATA_CHART_N_FORMATS, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  if (format == STRATA_CHART_CSV)
    {
      g_autoptr (StrataChartTable) table = strata_chart_table_new (chart);
      char *text = strata_chart_table_to_csv (table);

      return g_bytes_new_take (text, strlen (text));
    }
  return export_picture (chart, format, width, height, error);
}
