/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

StrataTensor *strata_arrays_read       (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSource *strata_arrays_open       (char **arguments, const char *const *names, guint n_names,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSource *strata_arrays_open_inputs  (StrataModel *model, char **arguments,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSource *strata_arrays_open_outputs (StrataModel *model, char **arguments,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_arrays_open_weights (StrataModel *model, char **arguments, StrataSource **weights,
                                          GError **error);
gboolean      strata_arrays_check_outputs (StrataModel *model, char **arguments, GError **error);
gboolean      strata_arrays_write_outputs (StrataModel *model, char **arguments, GPtrArray *results, GError **error);
gboolean      strata_arrays_check_path   (const char *path, GError **error);
gboolean      strata_arrays_write      (const char *path, StrataTensor *tensor, GError **error);

G_END_DECLS
