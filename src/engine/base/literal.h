/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean strata_literal_parse_call (const char *text, char **name, JsonObject **config, GError **error);

G_END_DECLS
