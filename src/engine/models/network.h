/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"

G_BEGIN_DECLS

gboolean strata_network_map (StrataSymbol *const *inputs, guint n_inputs, StrataSymbol *const *outputs, guint n_outputs, GPtrArray **sites, GPtrArray **running, GPtrArray **layers, GError **error);

G_END_DECLS
