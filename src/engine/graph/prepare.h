/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataWatch:
 * @variables: what the program reads and does not change
 * @seen: the sum of their versions when they were last looked at
 *
 * Tells whether what a program prepared from its variables is still right.
 */
typedef struct
{
  GPtrArray *variables;
  guint64 seen;
} StrataWatch;

/* What depends on constants and unchanging variables alone is prepared once, not in each run. */
gboolean *strata_mark_prepared (StrataBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;
gboolean  strata_is_prepared   (const gboolean *prepared, const StrataValue *value);

void      strata_watch_init    (StrataWatch *self, StrataBuilder *builder);
void      strata_watch_clear   (StrataWatch *self);
gboolean  strata_watch_changed (StrataWatch *self);

G_END_DECLS
