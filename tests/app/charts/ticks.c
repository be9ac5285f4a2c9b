/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/ticks.h"

#include <locale.h>
#include <math.h>

#include "charts/figures.h"

static void
assert_round (double step)
{
  double digits = step / pow (10, floor (log10 (step) + 1e-9));

  g_assert_true (fabs (digits - 1) < 1e-6 || fabs (digits - 2) < 1e-6 || fabs (digits - 5) < 1e-6);
}

static void
test_steps (void)
{
  for (double span = 1e-7; span < 1e7; span *= 1.37)
    for (guint wanted = 2; wanted < 10; wanted++)
      {
        double step = strata_ticks_step (span, wanted);

        assert_round (step);
        g_assert_cmpfloat (span / step, >=, wanted / 2.);
        g_assert_cmpfloat (span / step, <=, wanted * 2.);
      }
  g_assert_cmpfloat (strata_ticks_step (0, 5), ==, 1);
  g_assert_cmpfloat (strata_ticks_step (NAN, 5), ==, 1);
}

static void
assert_ticks (const StrataTicks *ticks,
              double             low,
              double             high)
{
  g_assert_cmpuint (ticks->n, >, 0);
  for (guint i = 0; i < ticks->n; i++)
    {
      g_assert_cmpfloat (ticks->values[i], >=, low - 1e-9 * fabs (low));
      g_assert_cmpfloat (ticks->values[i], <=, high + 1e-9 * fabs (high));
      if (i > 0)
        g_assert_cmpfloat (ticks->values[i], >, ticks->values[i - 1]);
    }
}

/* No two labels of an axis may read the same. */
static void
assert_labels_differ (const StrataTicks *ticks)
{
  g_autofree char *before = NULL;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = strata_ticks_label (ticks, i);

      g_assert_cmpstr (label, !=, before);
      g_free (before);
      before = g_steal_pointer (&label);
    }
}

static void
test_linear (void)
{
  const double ranges[][2] = { { 0, 1 }, { 0, 2.3 }, { 97.1, 97.9 }, { -3, 5 }, { 0, 60000 }, { 1e-6, 3e-6 },
                               { 0.5, 0.50001 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      StrataTicks ticks;

      strata_ticks_init (&ticks, STRATA_SCALE_LINEAR, ranges[i][0], ranges[i][1], 5);
      assert_ticks (&ticks, ranges[i][0], ranges[i][1]);
      g_assert_cmpuint (ticks.n, >=, 3);
      assert_labels_differ (&ticks);
    }
}

static void
test_log (void)
{
  const double ranges[][2] = { { 1e-5, 10 }, { 0.02, 5 }, { 0.3, 0.5 }, { 1e-12, 1e12 }, { 1, 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint wanted = 2; wanted < 9; wanted++)
      {
        StrataTicks ticks;

        strata_ticks_init (&ticks, STRATA_SCALE_LOG, ranges[i][0], ranges[i][1], wanted);
        assert_ticks (&ticks, ranges[i][0], ranges[i][1]);
        g_assert_cmpuint (ticks.n, >=, 2);
        assert_labels_differ (&ticks);
      }
}

static void
test_counts (void)
{
  for (double high = 1; high < 3000; high = ceil (high * 1.3))
    {
      StrataTicks ticks;

      strata_ticks_init_counts (&ticks, 0, high, 8);
      assert_ticks (&ticks, 0, high);
      for (guint i = 0; i < ticks.n; i++)
        g_assert_cmpfloat (ticks.values[i], ==, floor (ticks.values[i]));
      g_assert_cmpint (ticks.decimals, ==, 0);
    }
}

static void
test_widen (void)
{
  double low = 0.123, high = 2.31;

  strata_ticks_widen (STRATA_SCALE_LINEAR, 5, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (high, 2.5, 1e-12);
  low = 0.031;
  high = 3.4;
  strata_ticks_widen (STRATA_SCALE_LOG, 5, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 0.02, 1e-12);
  g_assert_cmpfloat_with_epsilon (high, 5, 1e-12);
  low = 1;
  high = NAN;
  strata_ticks_widen (STRATA_SCALE_LINEAR, 5, &low, &high);
  g_assert_cmpfloat (low, ==, 1);
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_figures (void)
{
  assert_text (strata_figures_fixed (-0.5, 2), "−0.50");
  assert_text (strata_figures_fixed (-0.001, 2), "0.00");
  assert_text (strata_figures_fixed (NAN, 2), "NaN");
  assert_text (strata_figures_power (1e-5), "10⁻⁵");
  assert_text (strata_figures_power (-2.5e7), "−2.5·10⁷");
  assert_text (strata_figures_power (0.01), "0.01");
  assert_text (strata_figures_short (0.08213), "0.0821");
  assert_text (strata_figures_short (0.004214), "0.00421");
  assert_text (strata_figures_short (0.0004214), "0.000421");
  assert_text (strata_figures_short (12.3456), "12.35");
  assert_text (strata_figures_short (INFINITY), "∞");
  assert_text (strata_figures_duration (0.0203), "20 ms");
  assert_text (strata_figures_duration (0.00002), "1 ms");
  assert_text (strata_figures_duration (3.21), "3.2 s");
  assert_text (strata_figures_duration (59.9), "1\u00a0min 00\u00a0s");
  assert_text (strata_figures_duration (3725), "1 h 02 min");
  assert_text (strata_figures_duration (-1), "—");
}

/* Where thousands are kept apart by points, those at an axis are, too. The locale has no more than that, as a whole one
 * takes long to make. */
static void
test_groups (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source", NULL);
  g_autofree char *locale = g_build_filename (folder, "points.UTF-8", NULL);
  g_autofree char *make = g_strdup_printf ("localedef -c -i %s -f UTF-8 %s", source, locale);
  g_autofree char *clean = g_strdup_printf ("rm -r %s", folder), *output = NULL, *errors = NULL;

  g_assert_true (g_file_set_contents (source, "LC_NUMERIC\ncopy \"de_DE\"\nEND LC_NUMERIC\n", -1, NULL));
  g_spawn_command_line_sync (make, &output, &errors, NULL, NULL);
  g_setenv ("LOCPATH", folder, TRUE);
  if (setlocale (LC_NUMERIC, "points.UTF-8") != NULL)
    {
      assert_text (strata_figures_power (10000), "10.000");
      assert_text (strata_figures_power (0.01), "0,01");
      assert_text (strata_figures_fixed (1234567, 0), "1.234.567");
      setlocale (LC_NUMERIC, "C");
    }
  else
    g_test_skip ("there are no descriptions of locales");
  g_unsetenv ("LOCPATH");
  g_assert_true (g_spawn_command_line_sync (clean, NULL, NULL, NULL, NULL));
}

static void
test_scales (void)
{
  StrataScale scale;

  strata_scale_init (&scale, STRATA_SCALE_LINEAR, 0, 10, 100, 0);
  g_assert_cmpfloat (strata_scale_map (&scale, 0), ==, 100);
  g_assert_cmpfloat (strata_scale_map (&scale, 10), ==, 0);
  g_assert_true (isnan (strata_scale_map (&scale, NAN)));
  g_assert_true (isnan (strata_scale_map (&scale, INFINITY)));
  strata_scale_init (&scale, STRATA_SCALE_LOG, 0.01, 100, 0, 200);
  g_assert_cmpfloat_with_epsilon (strata_scale_map (&scale, 1), 100, 1e-9);
  g_assert_true (isnan (strata_scale_map (&scale, 0)));
  g_assert_true (isnan (strata_scale_map (&scale, -1)));
  for (double value = 0.02; value < 100; value *= 1.7)
    g_assert_cmpfloat_with_epsilon (strata_scale_invert (&scale, strata_scale_map (&scale, value)), value,
                                    1e-9 * value);
}

/* Whatever the numbers are, there is a range to draw. */
static void
test_empty_scales (void)
{
  const double ranges[][2] = { { 3, 3 }, { 0, 0 }, { NAN, NAN }, { INFINITY, -INFINITY }, { -5, -5 }, { -1, 0 },
                               { 1e300, 1e300 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (StrataScaleKind kind = STRATA_SCALE_LINEAR; kind <= STRATA_SCALE_LOG; kind++)
      {
        StrataScale scale;

        strata_scale_init (&scale, kind, ranges[i][0], ranges[i][1], 0, 100);
        g_assert_cmpfloat (scale.low, <, scale.high);
        g_assert_true (kind == STRATA_SCALE_LINEAR || scale.low > 0);
        g_assert_cmpfloat_with_epsilon (strata_scale_map (&scale, scale.high), 100, 1e-9);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C");
  g_test_add_func ("/charts/ticks/steps", test_steps);
  g_test_add_func ("/charts/ticks/linear", test_linear);
  g_test_add_func ("/charts/ticks/log", test_log);
  g_test_add_func ("/charts/ticks/counts", test_counts);
  g_test_add_func ("/charts/ticks/widen", test_widen);
  g_test_add_func ("/charts/figures", test_figures);
  g_test_add_func ("/charts/figures/groups", test_groups);
  g_test_add_func ("/charts/scales", test_scales);
  g_test_add_func ("/charts/scales/empty", test_empty_scales);
  return g_test_run ();
}
