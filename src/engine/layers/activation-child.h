/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

void     strata_layer_adopt_activations (StrataLayer *self);
void     strata_layer_share_activations (StrataLayer *self, StrataLayer *cell);
gboolean strata_layer_is_activation     (StrataLayer *self, StrataLayer *child);

G_END_DECLS
