/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "curve-svg.h"

#include <math.h>

#define PANEL_WIDTH 300
#define PANEL_HEIGHT 240
#define LEFT 58
#define TOP 48
#define PLOT_WIDTH (PANEL_WIDTH - LEFT - 18)
#define PLOT_HEIGHT (PANEL_HEIGHT - TOP - 42)
#define COLUMNS 3

/* Both axes are logarithmic: a power is a straight line. */
typedef struct
{
  double x0, x1, y0, y1; /* logarithms at the edges */
  double left, top;      /* of the plot */
} Panel;

/**
 * strata_curve_fit:
 *
 * Fits a power of x to the upper half of the points: below it what is paid once
 * a step shows.
 */
void
strata_curve_fit (StrataCurve *self)
{
  guint first = self->n / 2 > 0 && self->n > 2 ? self->n / 2 - 1 : 0, n = self->n - first;
  double mean_x = 0, mean_y = 0, products = 0, squares = 0;

  for (guint i = first; i < self->n; i++)
    {
      mean_x += log (self->x[i]) / n;
      mean_y += log (self->seconds[i]) / n;
    }
  for (guint i = first; i < self->n; i++)
    {
      products += (log (self->x[i]) - mean_x) * (log (self->seconds[i]) - mean_y);
      squares += (log (self->x[i]) - mean_x) * (log (self->x[i]) - mean_x);
    }
  self->fitted = squares > 0 ? products / squares : 0;
}

static double
place_x (const Panel *panel,
         double       x)
{
  return panel->left + PLOT_WIDTH * (log10 (x) - panel->x0) / (panel->x1 - panel->x0);
}

static double
place_y (const Panel *panel,
         double       y)
{
  return panel->top + PLOT_HEIGHT * (panel->y1 - log10 (y)) / (panel->y1 - panel->y0);
}

static Panel
make_panel (const StrataCurve *curve,
            guint              at)
{
  double low = curve->seconds[0], high = curve->seconds[0];
  Panel panel = { .left = LEFT + at % COLUMNS * PANEL_WIDTH, .top = TOP + at / COLUMNS * PANEL_HEIGHT };

  for (guint i = 0; i < curve->n; i++)
    {
      low = MIN (low, curve->seconds[i]);
      high = MAX (high, curve->seconds[i]);
    }
  panel.y0 = floor (log10 (low));
  panel.y1 = MAX (ceil (log10 (high)), panel.y0 + 1);
  panel.x0 = log10 (curve->x[0]) - 0.05;
  panel.x1 = log10 (curve->x[curve->n - 1]) + 0.05;
  return panel;
}

G_GNUC_PRINTF (6, 7)
static void
write_text (GString    *svg,
            double      x,
            double      y,
            const char *anchor,
            const char *style,
            const char *format,
            ...)
{
  g_autofree char *text = NULL, *escaped = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  escaped = g_markup_escape_text (text, -1);
  g_string_append_printf (svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>\n", x, y, anchor,
                          style, escaped);
}

static void
write_line (GString    *svg,
            double      x1,
            double      y1,
            double      x2,
            double      y2,
            const char *style)
{
  g_string_append_printf (svg, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n", x1, y1, x2, y2, style);
}

static void
write_grid (GString           *svg,
            const StrataCurve *curve,
            const Panel       *panel)
{
  static const char *const names[] = { "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s" };
  guint step = curve->n > 7 ? 2 : 1;

  for (int power = panel->y0; power <= panel->y1; power++)
    {
      double y = place_y (panel, pow (10, power));

      write_line (svg, panel->left, y, panel->left + PLOT_WIDTH, y, "stroke=\"#ddd\"");
      if (power >= -6 && power <= 1)
        write_text (svg, panel->left - 6, y + 4, "end", "fill=\"#555\"", "%s", names[power + 6]);
    }
  for (guint i = 0; i < curve->n; i += step)
    write_text (svg, place_x (panel, curve->x[i]), panel->top + PLOT_HEIGHT + 16, "middle", "fill=\"#555\"",
                "%g", curve->x[i]);
  write_text (svg, panel->left + PLOT_WIDTH / 2.0, panel->top + PLOT_HEIGHT + 32, "middle", "fill=\"#555\"",
              "%s", curve->unit);
}

static void
write_curve (GString           *svg,
             const StrataCurve *curve,
             guint              at)
{
  Panel panel = make_panel (curve, at);
  guint last = curve->n - 1;
  double x = curve->x[0], y = curve->seconds[last] * pow (x / curve->x[last], curve->expected);

  write_text (svg, panel.left, panel.top - 26, "start", "font-weight=\"bold\"", "%s", curve->title);
  write_text (svg, panel.left, panel.top - 10, "start", "fill=\"#555\"", "grows with power %.2f (expected %g)",
              curve->fitted, curve->expected);
  write_grid (svg, curve, &panel);

  /* The expected power through the last point, as far as the plot goes. */
  if (log10 (y) < panel.y0 || log10 (y) > panel.y1)
    {
      y = pow (10, CLAMP (log10 (y), panel.y0, panel.y1));
      x = curve->x[last] * pow (y / curve->seconds[last], 1 / curve->expected);
    }
  write_line (svg, place_x (&panel, x), place_y (&panel, y), place_x (&panel, curve->x[last]),
              place_y (&panel, curve->seconds[last]),
              "stroke=\"#999\" stroke-dasharray=\"4 4\"");

  g_string_append (svg, "<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" points=\"");
  for (guint i = 0; i < curve->n; i++)
    g_string_append_printf (svg, "%.1f,%.1f ", place_x (&panel, curve->x[i]), place_y (&panel, curve->seconds[i]));
  g_string_append (svg, "\"/>\n");
  for (guint i = 0; i < curve->n; i++)
    g_string_append_printf (svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#0072b2\"/>\n",
                            place_x (&panel, curve->x[i]), place_y (&panel, curve->seconds[i]));
}

/**
 * strata_curves_to_svg:
 * @n: how many curves
 *
 * Returns: (transfer full): a picture with a panel a curve
 */
char *
strata_curves_to_svg (const StrataCurve *curves,
                      guint              n)
{
  int width = PANEL_WIDTH * MIN (n, COLUMNS), height = PANEL_HEIGHT * ((n + COLUMNS - 1) / COLUMNS);
  GString *svg = g_string_new (NULL);

  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                          "font-family=\"sans-serif\" font-size=\"12\">\n"
                          "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                          width, height, width, height);
  for (guint i = 0; i < n; i++)
    write_curve (svg, &curves[i], i);
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
