/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_losses;

  return strata_listing_run (&strata_command_losses, STRATA_KIND_LOSS, argc, argv);
}

const StrataCommand strata_command_losses = {
  .name = "losses",
  .arguments = "[NAME]",
  .summary = "List the losses, or explain one",
  .run = run,
};
