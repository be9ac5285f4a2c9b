/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* Arrays of numbers that stand where a tensor may: Keras writes `x + array` and `Add()([x, array])` with the numbers in
 * the model's config. */

JsonNode    *strata_array_get_numbers (JsonNode *node, StrataDType *dtype);
gboolean     strata_array_is_among    (JsonNode *node);
StrataValue *strata_array_emit        (StrataBuilder *b, JsonNode *node);
gboolean     strata_call_has_arrays   (const StrataCall *call);
void         strata_call_with_arrays  (StrataBuilder *b, StrataCall *call,
                                       void (*run) (StrataLayer *self, StrataBuilder *b, StrataCall *call),
                                       StrataLayer *layer);

G_END_DECLS
