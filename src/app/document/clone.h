/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

StrataLayer *strata_clone_layer (StrataLayer *layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
