/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5.h"

G_BEGIN_DECLS

StrataHdf5 *strata_npz_weights_read (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
