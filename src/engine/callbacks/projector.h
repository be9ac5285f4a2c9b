/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

gboolean strata_projector_write (const char *log_dir, StrataModel *model, JsonNode *metadata, GError **error);

G_END_DECLS
