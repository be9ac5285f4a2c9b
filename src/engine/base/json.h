/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON that anyone may have written: what has another type than is asked for counts as absent. */
JsonNode   *strata_json_parse      (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char       *strata_json_to_text    (JsonNode *node, gboolean pretty) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *strata_json_wrap       (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

gboolean    strata_json_is_string  (JsonNode *node);
gboolean    strata_json_is_number  (JsonNode *node);
const char *strata_json_get_string (JsonObject *object, const char *name, const char *fallback);
gint64      strata_json_get_int    (JsonObject *object, const char *name, gint64 fallback);
double      strata_json_get_double (JsonObject *object, const char *name, double fallback);
gboolean    strata_json_get_bool   (JsonObject *object, const char *name, gboolean fallback);
JsonObject *strata_json_get_object (JsonObject *object, const char *name);
JsonArray  *strata_json_get_array  (JsonObject *object, const char *name);
JsonArray  *strata_json_get_items  (JsonNode *node);

/* The same for elements of a list. */
JsonObject *strata_json_element_object (JsonArray *array, guint i);
JsonArray  *strata_json_element_array  (JsonArray *array, guint i);
const char *strata_json_element_string (JsonArray *array, guint i);

G_END_DECLS
