/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/kind.h"
#include "command.h"

G_BEGIN_DECLS

int strata_listing_run (const StrataCommand *command, StrataKind kind, int argc, char **argv);

G_END_DECLS
