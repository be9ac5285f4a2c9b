/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

void   strata_fuse_epilogues    (StrataBuilder *builder, StrataValue **roots, guint n_roots);
void   strata_fuse_neighbours   (const GPtrArray *nodes, StrataValue **roots, guint n_roots);
void   strata_fuse_pooled_convs (const GPtrArray *nodes, StrataValue **roots, guint n_roots);
guint *strata_fuse_elementwise  (const GPtrArray *nodes, StrataValue *const *roots, guint n_roots, const gboolean *live,
                                 const gboolean *prepared) G_GNUC_WARN_UNUSED_RESULT;

#define STRATA_NO_GROUP G_MAXUINT

G_END_DECLS
