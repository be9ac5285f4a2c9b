/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "document/document.h"

G_BEGIN_DECLS

/* Which columns of a table go into which input, or are the targets of which output: a list of names for each. */
GPtrArray *strata_column_lists_read         (JsonObject *description, const char *member,
                                             guint n) G_GNUC_WARN_UNUSED_RESULT;
void       strata_column_lists_write        (JsonObject *description, const char *member, GPtrArray *lists);
gboolean   strata_column_lists_have         (GPtrArray *lists, const char *column);
void       strata_column_lists_share        (JsonObject *description, const GPtrArray *columns,
                                             StrataDocument *document);
void       strata_column_lists_keep_targets (JsonObject *description, const GPtrArray *columns,
                                             StrataDocument *document);

G_END_DECLS
