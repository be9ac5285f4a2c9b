/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5.h"
#include "models/model.h"

G_BEGIN_DECLS

/* Models and weights in HDF5 files as Keras 2 and, where asked to, Keras 3 write them: by the names of layers. */
StrataModel *strata_legacy_h5_read_model    (StrataHdf5 *file, GPtrArray *warnings,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_legacy_h5_write_model   (StrataModel *model, StrataHdf5 *file, GError **error);
gboolean     strata_legacy_h5_read_weights  (StrataModel *model, StrataHdf5 *file, gboolean by_name, GPtrArray *skipped,
                                             GError **error);
gboolean     strata_legacy_h5_write_weights (StrataModel *model, StrataHdf5 *file, const char *group, GError **error);
gboolean     strata_legacy_h5_has_model     (StrataHdf5 *file);

G_END_DECLS
