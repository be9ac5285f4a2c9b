/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

StrataModel *strata_duplicate_model (StrataModel *model, JsonNode *compile, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
