/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "charts/chart-kind.h"

static gboolean
takes (const char *log)
{
  return g_str_equal (log, "learning_rate") || g_str_equal (log, "lr");
}

const StrataChartKind strata_chart_learning_rate = {
  .name = "learning-rate",
  .title = N_("Learning rate"),
  .description = N_("How far the optimizer goes in one step."),
  .factor = 1,
  .lowest = 0,
  .highest = INFINITY,
  .scale = STRATA_SCALE_LOG,
  .takes = takes,
};
