/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataHdf5:
 *
 * An HDF5 file. Paths are from its root, their parts separated by slashes; ""
 * is the root. Only what lies in the file itself is read: links to elsewhere
 * are refused. Every call takes a lock, for the library knows no threads.
 */
typedef struct _StrataHdf5 StrataHdf5;

StrataHdf5   *strata_hdf5_open          (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataHdf5   *strata_hdf5_open_bytes    (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataHdf5   *strata_hdf5_create        (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataHdf5   *strata_hdf5_create_bytes  (GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes       *strata_hdf5_to_bytes      (StrataHdf5 *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_hdf5_close         (StrataHdf5 *self, GError **error);
void          strata_hdf5_free          (StrataHdf5 *self);
const char   *strata_hdf5_get_name      (StrataHdf5 *self);

gboolean      strata_hdf5_has           (StrataHdf5 *self, const char *path);
gboolean      strata_hdf5_is_group      (StrataHdf5 *self, const char *path);
GPtrArray    *strata_hdf5_list          (StrataHdf5 *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_hdf5_make_group    (StrataHdf5 *self, const char *path, GError **error);

gboolean      strata_hdf5_has_attribute (StrataHdf5 *self, const char *path, const char *name);
char         *strata_hdf5_get_string    (StrataHdf5 *self, const char *path, const char *name,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *strata_hdf5_get_strings   (StrataHdf5 *self, const char *path, const char *name,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_hdf5_set_string    (StrataHdf5 *self, const char *path, const char *name, const char *text,
                                         GError **error);
gboolean      strata_hdf5_set_strings   (StrataHdf5 *self, const char *path, const char *name, GPtrArray *texts,
                                         GError **error);

StrataTensor *strata_hdf5_read          (StrataHdf5 *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_hdf5_get_shape     (StrataHdf5 *self, const char *path, StrataShape *shape, GError **error);
gboolean      strata_hdf5_write         (StrataHdf5 *self, const char *path, StrataTensor *tensor, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataHdf5, strata_hdf5_free)

G_END_DECLS
