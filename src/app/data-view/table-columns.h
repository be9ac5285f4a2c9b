/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StrataTableColumn:
 * @name: what its header says
 * @numeric: whether it has numbers
 * @dated: whether it has days or other times, in order
 * @words: how many words its texts have in the mean
 *
 * What has to be known of a column to choose what to do with it.
 */
typedef struct
{
  char *name;
  gboolean numeric, dated;
  double words;
} StrataTableColumn;

/* In a thread: (element-type StrataTableColumn). */
void       strata_table_columns_read_async  (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
GPtrArray *strata_table_columns_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *strata_table_columns_guess_kind   (const GPtrArray *columns);
const char *strata_table_columns_guess_text   (const GPtrArray *columns);
const char *strata_table_columns_guess_target (const GPtrArray *columns, const char *kind);

G_END_DECLS
