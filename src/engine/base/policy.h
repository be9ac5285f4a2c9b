/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* In Keras's files, the type of a layer is a policy: an object that bears a name, or the name alone. */
const char *strata_policy_get_name           (JsonNode *self);
const char *strata_policy_get_compute_dtype  (JsonNode *self);
const char *strata_policy_get_variable_dtype (JsonNode *self);
const char *strata_policy_get_quantization   (JsonNode *self);
JsonObject *strata_policy_new                (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
