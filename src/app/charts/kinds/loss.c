/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "charts/chart-kind.h"

static gboolean
takes (const char *log)
{
  return g_str_equal (log, "loss") || g_str_has_suffix (log, "_loss");
}

static StrataBest
get_best (const char *log)
{
  return STRATA_BEST_LOWEST;
}

const StrataChartKind strata_chart_loss = {
  .name = "loss",
  .description = N_("What training makes smaller: how wrong the network is."),
  .factor = 1,
  .lowest = 0,
  .highest = INFINITY,
  .is_mean = TRUE,
  .takes = takes,
  .get_best = get_best,
};
