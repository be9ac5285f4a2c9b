/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "charts/chart-kind.h"

static gboolean
takes (const char *log)
{
  return TRUE;
}

/* Errors and distances are better when they are small; what counts hits, when it is large. */
static StrataBest
get_best (const char *log)
{
  static const char *const small[] = { "loss", "error", "mae", "mse", "mape", "msle", "entropy", "hinge", "divergence",
                                       "poisson", "logcosh", "false_" };

  for (guint i = 0; log != NULL && i < G_N_ELEMENTS (small); i++)
    if (strstr (log, small[i]) != NULL)
      return STRATA_BEST_LOWEST;
  return STRATA_BEST_HIGHEST;
}

const StrataChartKind strata_chart_metric = {
  .name = "metric",
  .description = N_("What is measured beside the loss, to judge the network."),
  .factor = 1,
  .lowest = -INFINITY,
  .highest = INFINITY,
  .takes = takes,
  .get_best = get_best,
};
