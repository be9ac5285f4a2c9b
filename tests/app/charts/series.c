/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/series.h"

#include <math.h>

#include "charts/polyline.h"
#include "charts/smoothing.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_points (void)
{
  g_autoptr (StrataSeries) series = strata_series_new ("loss", 3, STRATA_SERIES_DASHED);
  guint changes = 0;
  double x, y;
  gsize index;

  g_signal_connect_swapped (series, "changed", G_CALLBACK (count_cb), &changes);
  g_assert_false (strata_series_get_last (series, &x, &y));
  g_assert_false (strata_series_find (series, 0, &index));
  strata_series_append (series, 1, 5);
  strata_series_append (series, 2, NAN);
  strata_series_append (series, 3, -2);
  strata_series_append (series, 4, 7);
  g_assert_cmpuint (changes, ==, 4);
  /* Lines do not go back. */
  strata_series_append (series, 3.5, 1);
  strata_series_append (series, NAN, 1);
  g_assert_cmpuint (strata_series_get_n (series), ==, 4);
  g_assert_true (strata_series_get_lowest (series, &x, &y));
  g_assert_cmpfloat (x, ==, 3);
  g_assert_true (strata_series_get_highest (series, &x, &y));
  g_assert_cmpfloat (y, ==, 7);
  g_assert_cmpfloat (strata_series_get_least_positive (series), ==, 5);
  strata_series_clear (series);
  g_assert_false (strata_series_get_lowest (series, NULL, NULL));
  strata_series_append (series, 1, 5);
  g_assert_cmpuint (strata_series_get_n (series), ==, 1);
}

static void
test_find (void)
{
  g_autoptr (StrataSeries) series = strata_series_new ("loss", 0, STRATA_SERIES_SOLID);
  const double places[] = { -5, 0, 0.49, 0.51, 1, 8.6, 100 };
  const gsize expected[] = { 0, 0, 0, 1, 1, 9, 9 };

  for (guint i = 0; i < 10; i++)
    strata_series_append (series, i, i);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize index;

      g_assert_true (strata_series_find (series, places[i], &index));
      g_assert_cmpuint (index, ==, expected[i]);
    }
}

static void
test_properties (void)
{
  g_autoptr (StrataSeries) series = strata_series_new ("a", 0, STRATA_SERIES_SOLID);
  guint notifies = 0;

  g_signal_connect_swapped (series, "notify::visible", G_CALLBACK (count_cb), &notifies);
  strata_series_set_visible (series, TRUE);
  g_assert_cmpuint (notifies, ==, 0);
  g_object_set (series, "visible", FALSE, "name", "b", NULL);
  g_assert_cmpuint (notifies, ==, 1);
  g_assert_false (strata_series_get_visible (series));
  g_assert_cmpstr (strata_series_get_name (series), ==, "b");
}

/* However many points share a column of pixels, the lowest and the highest are there. */
static void
test_spikes (void)
{
  enum { N = 200000, WIDTH = 300 };
  g_autofree double *x = g_new (double, N), *y = g_new (double, N);
  g_auto (StrataPolyline) line = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  StrataScale across, up;

  for (guint i = 0; i < N; i++)
    {
      x[i] = i;
      y[i] = g_rand_double (rand);
    }
  y[77777] = 50;
  y[123456] = -50;
  strata_scale_init (&across, STRATA_SCALE_LINEAR, 0, N, 0, WIDTH);
  strata_scale_init (&up, STRATA_SCALE_LINEAR, -50, 50, 100, 0);
  strata_polyline_set (&line, x, y, N, &across, &up);
  g_assert_cmpuint (line.n, <=, 4 * (WIDTH + 1));
  for (int spike = 0; spike < 2; spike++)
    {
      guint at = spike == 0 ? 77777 : 123456, found = 0;

      for (gsize i = 0; i < line.n; i++)
        found += line.points[i].x == strata_scale_map (&across, x[at]) &&
        line.points[i].y == strata_scale_map (&up, y[at]);
      g_assert_cmpuint (found, ==, 1);
    }
  for (gsize i = 1; i < line.n; i++)
    g_assert_cmpfloat (line.points[i].x, >=, line.points[i - 1].x);
  g_assert_cmpfloat (line.points[0].y, ==, strata_scale_map (&up, y[0]));
  g_assert_cmpfloat (line.points[line.n - 1].y, ==, strata_scale_map (&up, y[N - 1]));
}

static void
test_gaps (void)
{
  const double x[] = { 0, 1, 2, 3, 4, 5 }, y[] = { NAN, 1, NAN, NAN, 2, 3 };
  g_auto (StrataPolyline) line = { 0 };
  StrataScale across, up;

  strata_scale_init (&across, STRATA_SCALE_LINEAR, 0, 5, 0, 500);
  strata_scale_init (&up, STRATA_SCALE_LINEAR, 0, 4, 0, 4);
  strata_polyline_set (&line, x, y, 6, &across, &up);
  g_assert_cmpuint (line.n, ==, 4);
  g_assert_cmpfloat (line.points[0].y, ==, 1);
  g_assert_true (isnan (line.points[1].y));
  g_assert_cmpfloat (line.points[2].y, ==, 2);
  g_assert_cmpfloat (line.points[3].y, ==, 3);
  /* A logarithmic axis has no place for what is not positive. */
  strata_scale_init (&up, STRATA_SCALE_LOG, 1, 4, 0, 4);
  strata_polyline_set (&line, x, (const double[]){ 1, 0, -1, 2, 2, 4 }, 6, &across, &up);
  g_assert_cmpuint (line.n, ==, 5);
  g_assert_true (isnan (line.points[1].y));
}

static void
test_smoothing (void)
{
  const double values[] = { 4, 4, 4, NAN, 4, 10 };
  double smooth[6];

  strata_smoothing_apply (values, 6, 0.9, smooth);
  /* It does not begin at zero, and a gap neither spreads nor pulls. */
  g_assert_cmpfloat_with_epsilon (smooth[0], 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (smooth[4], 4, 1e-12);
  g_assert_true (isnan (smooth[3]));
  g_assert_cmpfloat (smooth[5], >, 4);
  g_assert_cmpfloat (smooth[5], <, 10);
  strata_smoothing_apply (values, 6, 0, smooth);
  g_assert_cmpfloat (smooth[5], ==, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/series/points", test_points);
  g_test_add_func ("/charts/series/find", test_find);
  g_test_add_func ("/charts/series/properties", test_properties);
  g_test_add_func ("/charts/polyline/spikes", test_spikes);
  g_test_add_func ("/charts/polyline/gaps", test_gaps);
  g_test_add_func ("/charts/smoothing", test_smoothing);
  return g_test_run ();
}
