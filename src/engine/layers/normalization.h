/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

gboolean strata_is_normalization    (StrataLayer *layer);
gboolean strata_normalization_adapt (StrataLayer *layer, StrataTensor *data, GError **error);

G_END_DECLS
