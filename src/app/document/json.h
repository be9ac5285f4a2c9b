/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode   *strata_json_copy    (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *strata_json_without (JsonObject *object, const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
