/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "charts/chart-kind.h"

static gboolean
takes (const char *log)
{
  return g_str_equal (log, "throughput");
}

const StrataChartKind strata_chart_throughput = {
  .name = "throughput",
  .title = N_("Throughput"),
  .description = N_("How many samples the network learns from in a second."),
  .unit = N_("samples/s"),
  .factor = 1,
  .lowest = 0,
  .highest = INFINITY,
  .takes = takes,
};
