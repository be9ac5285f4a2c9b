/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* What the files of a layer share. */
GPtrArray *strata_layer_get_own (StrataLayer *self, gboolean trainable);

G_END_DECLS
