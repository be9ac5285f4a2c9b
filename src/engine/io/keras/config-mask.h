/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/keras/config-call.h"
#include "models/functional.h"

G_BEGIN_DECLS

gboolean strata_config_may_be_mask       (JsonObject *object);
gboolean strata_config_mask_is_automatic (StrataConfigGraph *graph, JsonArray *args, const char *argument,
                                          JsonNode *mask);
void     strata_config_mask_name         (StrataConfigGraph *graph, StrataFunctional *model);

G_END_DECLS
