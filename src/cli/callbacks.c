/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_callbacks;

  return strata_listing_run (&strata_command_callbacks, STRATA_KIND_CALLBACK, argc, argv);
}

const StrataCommand strata_command_callbacks = {
  .name = "callbacks",
  .arguments = "[NAME]",
  .summary = "List the callbacks, or explain one",
  .run = run,
};
