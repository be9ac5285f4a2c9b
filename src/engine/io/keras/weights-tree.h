/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/archive.h"
#include "io/formats/hdf5.h"
#include "models/model.h"

G_BEGIN_DECLS

/* Weights as Keras 3 has them: in groups along the model's objects. */
gboolean strata_weights_tree_write (StrataModel *model, StrataHdf5 *file, GError **error);
gboolean strata_weights_tree_read  (StrataModel *model, StrataHdf5 *file, GPtrArray *skipped, GError **error);
gboolean strata_weights_tree_write_assets (StrataModel *model, StrataHdf5 *file, StrataArchive *archive,
                                           GError **error);
gboolean strata_weights_tree_read_assets  (StrataModel *model, StrataHdf5 *file, StrataArchive *archive,
                                           GError **error);
gboolean strata_weights_tree_is    (StrataHdf5 *file);

G_END_DECLS
