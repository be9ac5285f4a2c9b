/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

void strata_defaults_fill (const StrataLayerInfo *info, JsonObject *config);

G_END_DECLS
