/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <hdf5.h>

#include "base/error.h"
#include "io/formats/hdf5.h"

G_BEGIN_DECLS

/* An identifier that closes itself. */
typedef hid_t StrataHdf5Id;

static inline void
strata_hdf5_id_close (hid_t id)
{
  H5Idec_ref (id);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (StrataHdf5Id, strata_hdf5_id_close, H5I_INVALID_HID)

GRecMutex  *strata_hdf5_get_mutex     (void);
StrataHdf5 *strata_hdf5_open_unprobed (GBytes *bytes, const char *name, GError **error);
hid_t       strata_hdf5_open_path     (StrataHdf5 *self, const char *path, H5I_type_t type, GError **error);
gsize       strata_hdf5_get_size      (StrataHdf5 *self);
gboolean    strata_hdf5_has_room      (StrataHdf5 *self, gsize bytes);
hid_t       strata_hdf5_get_file      (StrataHdf5 *self);
gboolean    strata_hdf5_fail          (StrataHdf5 *self, GError **error, StrataError code, const char *format,
                                       ...) G_GNUC_PRINTF (4, 5);

/* For the rest of the block. */
#define STRATA_HDF5_LOCK() \
  g_autoptr (GRecMutexLocker) locker G_GNUC_UNUSED = g_rec_mutex_locker_new (strata_hdf5_get_mutex ())

G_END_DECLS
