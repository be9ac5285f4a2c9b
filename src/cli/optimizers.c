/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_optimizers;

  return strata_listing_run (&strata_command_optimizers, STRATA_KIND_OPTIMIZER, argc, argv);
}

const StrataCommand strata_command_optimizers = {
  .name = "optimizers",
  .arguments = "[NAME]",
  .summary = "List the optimizers, or explain one",
  .run = run,
};
