/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* The subcommand that lists all of a kind. */
#define STRATA_LISTING(word, of_kind) \
  { \
    .name = word, .arguments = "[NAME]", .summary = "List the " word ", or explain one", .run = strata_listing_run, \
    .kind = STRATA_KIND_##of_kind \
  }

extern const StrataCommand strata_listing_table[];

int strata_listing_run (const StrataCommand *self, int argc, char **argv);

G_END_DECLS
