/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/profile-phases.h"

#include <glib/gi18n.h>

#include "charts/figures.h"

static const struct
{
  guint phase, color;
  const char *title;
} phases[STRATA_PROFILE_N_PHASES] = {
  { STRATA_PHASE_DATA, 4, N_("Samples") },
  { STRATA_PHASE_FORWARD, 0, N_("Forward") },
  { STRATA_PHASE_BACKWARD, 1, N_("Backward") },
  { STRATA_PHASE_UPDATE, 2, N_("Update") },
  { STRATA_PHASE_METRICS, 3, N_("Metrics") },
  { STRATA_PHASE_TEST, 5, N_("Validation") },
  { STRATA_PROFILE_REST, 6, N_("Else") },
};

guint
strata_profile_phase_at (guint place)
{
  return phases[place].phase;
}

static guint
find_place (guint phase)
{
  guint place = 0;

  while (phases[place].phase != phase)
    place++;
  return place;
}

const char *
strata_profile_phase_title (guint phase)
{
  return _(phases[find_place (phase)].title);
}

guint
strata_profile_phase_color (guint phase)
{
  return phases[find_place (phase)].color;
}

/**
 * strata_profile_draw_shares: (skip)
 * @seconds: by phase
 * @whole: what the whole width stands for
 */
void
strata_profile_draw_shares (StrataShareBar *bar,
                            const double   *seconds,
                            double          whole)
{
  double shares[STRATA_PROFILE_N_PHASES];
  guint colors[STRATA_PROFILE_N_PHASES], n = 0;

  for (guint i = 0; i < STRATA_PROFILE_N_PHASES && whole > 0; i++)
    if (seconds[phases[i].phase] > 0)
      {
        shares[n] = seconds[phases[i].phase] / whole;
        colors[n++] = phases[i].color;
      }
  strata_share_bar_set (bar, shares, colors, n);
}

/**
 * strata_profile_format: (skip)
 * @whole: of what it is a part: times in one list have one unit
 *
 * Returns: (transfer full): a time for people
 */
char *
strata_profile_format (double seconds,
                       double whole)
{
  gboolean micro = whole < 1e-3;
  double value = seconds * (micro ? 1e6 : 1e3);
  g_autofree char *number = strata_figures_fixed (value, micro ? (whole < 1e-4 ? 1 : 0) : (whole < 0.1 ? 2 : 1));

  /* Translators: a time in microseconds, as "20 µs", or milliseconds, as "1.20 ms". */
  return g_strdup_printf (micro ? _("%s µs") : _("%s ms"), number);
}

char *
strata_profile_percent (double seconds,
                        double whole)
{
  g_autofree char *number = strata_figures_fixed (whole > 0 ? 100 * seconds / whole : 0, 1);

  /* Translators: a share of a whole, as "12.5 %". */
  return g_strdup_printf (_("%s\u00a0%%"), number);
}
