/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

void      strata_simplify (const GPtrArray *nodes, StrataValue **roots, guint n_roots);
gboolean *strata_mark_live (const GPtrArray *nodes, StrataValue *const *roots, guint n_roots) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
