/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StrataDownloadFunc:
 * @url: what is fetched
 * @done: bytes so far
 * @total: bytes in all, or 0 while unknown
 *
 * Told from time to time while a file is fetched.
 */
typedef void (*StrataDownloadFunc) (const char *url, guint64 done, guint64 total, gpointer user_data);

gboolean  strata_download           (const char *url, const char *path, const char *md5, StrataDownloadFunc progress,
                                     gpointer user_data, GCancellable *cancellable, GError **error);
gboolean  strata_download_is_at_hand (const char *where, const char *md5);
char     *strata_download_published (const char *where, const char *md5, StrataDownloadFunc progress,
                                     gpointer user_data, GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
