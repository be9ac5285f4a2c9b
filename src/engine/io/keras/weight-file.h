/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/archive.h"
#include "io/formats/hdf5.h"
#include "ops/variable.h"
#include "optimizers/optimizer.h"

G_BEGIN_DECLS

/* The weights among the members of a `.keras` file. */
StrataHdf5 *strata_keras_file_open_weights (StrataArchive *archive, const char *name,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Lists of variables in HDF5 files. */
gboolean strata_weights_write_vars     (StrataHdf5 *file, const char *group, const char *name, GPtrArray *variables,
                                        GError **error);

/* An optimizer's variables, from the arrays of a file, in their order there */
gboolean strata_optimizer_write_vars   (StrataOptimizer *optimizer, StrataHdf5 *file, GError **error);
gboolean strata_optimizer_read_vars    (StrataOptimizer *optimizer, StrataHdf5 *file, GError **error);
gboolean strata_optimizer_take_arrays  (StrataOptimizer *optimizer, GPtrArray *arrays, GError **error);
gboolean strata_optimizer_is_keras2    (GPtrArray *names);
gboolean strata_optimizer_take_keras2  (StrataOptimizer *optimizer, GPtrArray *names, GPtrArray *arrays,
                                        GError **error);
gboolean strata_optimizer_work_out_product (StrataOptimizer *optimizer, StrataVariable *variable, gint64 steps,
                                            GError **error);

G_END_DECLS
