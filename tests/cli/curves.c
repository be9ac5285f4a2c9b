/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "curve-svg.h"

#include <math.h>
#include <string.h>

/* What is paid once a step, whatever the size, does not count where work outweighs it. */
static void
test_fit (void)
{
  StrataCurve curve = { .n = 8 };

  for (guint i = 0; i < curve.n; i++)
    {
      curve.x[i] = 8 << i;
      curve.seconds[i] = 3e-7 * pow (curve.x[i], 1.5);
    }
  strata_curve_fit (&curve);
  g_assert_cmpfloat_with_epsilon (curve.fitted, 1.5, 1e-9);
  for (guint i = 0; i < 3; i++)
    curve.seconds[i] = 1e-4;
  strata_curve_fit (&curve);
  g_assert_cmpfloat_with_epsilon (curve.fitted, 1.5, 1e-9);
}

typedef struct
{
  guint circles, lines, titles;
  const char *title;
} Seen;

static void
start_element (GMarkupParseContext  *context,
               const char           *name,
               const char          **attributes,
               const char          **values,
               gpointer              data,
               GError              **error)
{
  Seen *seen = data;

  seen->circles += g_str_equal (name, "circle");
  seen->lines += g_str_equal (name, "polyline");
  for (guint i = 0; attributes[i] != NULL; i++)
    g_assert_null (strstr (values[i], "nan"));
}

static void
text (GMarkupParseContext  *context,
      const char           *words,
      gsize                 n,
      gpointer              data,
      GError              **error)
{
  Seen *seen = data;

  seen->titles += strncmp (words, seen->title, n) == 0 && n == strlen (seen->title);
}

/* The picture is well-formed, with a line a curve and a dot a point. */
static void
test_picture (void)
{
  const GMarkupParser parser = { .start_element = start_element, .text = text };
  StrataCurve curves[4];
  Seen seen = { .title = "A < B & C" };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  g_autofree char *svg = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      curves[i] = (StrataCurve){ .title = seen.title, .unit = "units", .expected = i == 3 ? -1 : 1, .n = 2 + i };
      for (guint k = 0; k < curves[i].n; k++)
        {
          curves[i].x[k] = 1 << k;
          curves[i].seconds[k] = 1e-3 * (1 << k);
        }
    }
  svg = strata_curves_to_svg (curves, G_N_ELEMENTS (curves));
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen.lines, ==, 4);
  g_assert_cmpuint (seen.circles, ==, 2 + 3 + 4 + 5);
  g_assert_cmpuint (seen.titles, ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/curves/fit", test_fit);
  g_test_add_func ("/cli/curves/picture", test_picture);
  return g_test_run ();
}
