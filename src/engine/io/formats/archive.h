/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StrataArchive:
 *
 * The members of a ZIP file, in memory. Reading bounds how many there are and how
 * much they unpack to, and refuses names that lead out of a folder, and links.
 */
typedef struct _StrataArchive StrataArchive;

StrataArchive   *strata_archive_new         (void) G_GNUC_WARN_UNUSED_RESULT;
StrataArchive   *strata_archive_read        (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataArchive   *strata_archive_read_folder (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataArchive   *strata_archive_parse       (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         strata_archive_is          (GBytes *bytes);
gboolean         strata_archive_write       (StrataArchive *self, const char *path, GError **error);
void             strata_archive_free        (StrataArchive *self);

const GPtrArray *strata_archive_get_names   (StrataArchive *self);
GBytes          *strata_archive_get         (StrataArchive *self, const char *name);
void             strata_archive_set         (StrataArchive *self, const char *name, GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataArchive, strata_archive_free)

G_END_DECLS
