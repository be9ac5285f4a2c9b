/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "charts/chart-kind.h"

static gboolean
takes (const char *log)
{
  return g_str_equal (log, "acc") || strstr (log, "accuracy") != NULL || g_str_has_suffix (log, "_acc");
}

static StrataBest
get_best (const char *log)
{
  return STRATA_BEST_HIGHEST;
}

const StrataChartKind strata_chart_accuracy = {
  .name = "accuracy",
  .description = N_("How many of a hundred samples the network gets right."),
  .unit = "%",
  .factor = 100,
  .lowest = 0,
  .highest = 1,
  .is_mean = TRUE,
  .takes = takes,
  .get_best = get_best,
};
