/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

void     strata_layer_set_trainable_apart (StrataLayer *self, gboolean trainable);
gboolean strata_layer_freezes_inside      (StrataLayer *self);

G_END_DECLS
