/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"
#include "models/model.h"
#include "models/network.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FUNCTIONAL (strata_functional_get_type ())
G_DECLARE_FINAL_TYPE (StrataFunctional, strata_functional, STRATA, FUNCTIONAL, StrataModel)

StrataModel     *strata_functional_new         (StrataSymbol *const *inputs, guint n_inputs,
                                                StrataSymbol *const *outputs, guint n_outputs, const char *name,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
const GPtrArray *strata_functional_get_sites   (StrataFunctional *self);
StrataSymbol    *strata_functional_get_input   (StrataFunctional *self, guint i);
StrataSymbol    *strata_functional_get_output  (StrataFunctional *self, guint i);
StrataNetwork   *strata_functional_get_network (StrataFunctional *self);
JsonNode        *strata_functional_get_structure (StrataFunctional *self, gboolean outputs);
void             strata_functional_set_structures (StrataFunctional *self, JsonNode *inputs, JsonNode *outputs);

G_END_DECLS
