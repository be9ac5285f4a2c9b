/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

gboolean     strata_model_save         (StrataModel *model, const char *path, GError **error);
gboolean     strata_model_check_path   (const char *path, GError **error);
StrataModel *strata_model_load         (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         strata_model_foresee      (StrataModel *model, const char *path, GPtrArray *warnings);
StrataModel *strata_model_load_full    (const char *path, GPtrArray *warnings,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_model_save_shards (StrataModel *model, const char *path, gint64 max_bytes, GError **error);
gboolean     strata_model_save_weights (StrataModel *model, const char *path, GError **error);
gboolean     strata_model_load_weights_full (StrataModel *model, const char *path, gboolean by_name, GPtrArray *skipped,
                                             GError **error);
gboolean     strata_model_load_weights (StrataModel *model, const char *path, gboolean by_name, GError **error);

G_END_DECLS
