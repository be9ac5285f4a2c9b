/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_metrics;

  return strata_listing_run (&strata_command_metrics, STRATA_KIND_METRIC, argc, argv);
}

const StrataCommand strata_command_metrics = {
  .name = "metrics",
  .arguments = "[NAME]",
  .summary = "List the metrics, or explain one",
  .run = run,
};
