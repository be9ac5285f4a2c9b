/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/hdf5-private.h"

G_BEGIN_DECLS

gboolean strata_hdf5_probe (StrataHdf5 *self, hid_t (*open_file) (StrataHdf5 *self));

G_END_DECLS
