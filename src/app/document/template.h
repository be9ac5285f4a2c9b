/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* Templates are layers that are never built; a whole model may be one, as a part of another. */
StrataLayer *strata_template_clone (StrataLayer *layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataLayer *strata_template_with  (StrataLayer *layer, const char *param, JsonNode *value,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode    *strata_template_write (StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
StrataLayer *strata_template_read  (JsonNode *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
