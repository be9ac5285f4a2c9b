/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

char *strata_model_to_c (StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
