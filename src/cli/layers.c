/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_layers;

  return strata_listing_run (&strata_command_layers, STRATA_KIND_LAYER, argc, argv);
}

const StrataCommand strata_command_layers = {
  .name = "layers",
  .arguments = "[NAME]",
  .summary = "List the layers, or explain one",
  .run = run,
};
