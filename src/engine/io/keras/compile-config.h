/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

gboolean    strata_compile_config_apply      (JsonObject *config, StrataModel *model, GError **error);
JsonObject *strata_compile_config_scale_loss (JsonObject *config);
gboolean    strata_training_config_apply     (JsonObject *config, StrataModel *model, GError **error);
gboolean    strata_model_build_optimizer     (StrataModel *model, GError **error);
gboolean    strata_model_continue            (StrataModel *self, StrataModel *earlier);

G_END_DECLS
