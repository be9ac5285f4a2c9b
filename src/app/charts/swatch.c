/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/swatch.h"

#include "charts/theme.h"

#define SIZE 12

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        data)
{
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_widget (GTK_WIDGET (area));

  gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (theme, GPOINTER_TO_UINT (data)));
  cairo_arc (cr, width / 2., height / 2., SIZE / 2., 0, 2 * G_PI);
  cairo_fill (cr);
}

/**
 * strata_swatch_new:
 * @color: index of a colour of charts
 *
 * Returns: a dot in that colour
 */
GtkWidget *
strata_swatch_new (guint color)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GUINT_TO_POINTER (color), NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}
