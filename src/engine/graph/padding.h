/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

void strata_fold_padding (const GPtrArray *nodes, StrataValue **roots, guint n_roots);

G_END_DECLS
