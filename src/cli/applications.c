/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_applications;

  return strata_listing_run (&strata_command_applications, STRATA_KIND_APPLICATION, argc, argv);
}

const StrataCommand strata_command_applications = {
  .name = "applications",
  .arguments = "[NAME]",
  .summary = "List the published networks, or explain one",
  .run = run,
};
