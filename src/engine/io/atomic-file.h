/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StrataAtomicFile:
 *
 * A file that is written beside the one it is to replace, and takes its place
 * only once it is whole and on the disk. A full disk or a kill leaves the old one.
 */
typedef struct _StrataAtomicFile StrataAtomicFile;

StrataAtomicFile *strata_atomic_file_new      (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char       *strata_atomic_file_get_path (StrataAtomicFile *self);
int               strata_atomic_file_get_fd   (StrataAtomicFile *self);
gboolean          strata_atomic_file_write    (StrataAtomicFile *self, gconstpointer data, gsize size, GError **error);
gboolean          strata_atomic_file_commit   (StrataAtomicFile *self, GError **error);
void              strata_atomic_file_free     (StrataAtomicFile *self);

GBytes           *strata_file_read            (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          strata_file_write           (const char *path, gconstpointer data, gsize size, GError **error);
void              strata_file_set_write_error (GError **error, const char *path, int number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAtomicFile, strata_atomic_file_free)

G_END_DECLS
