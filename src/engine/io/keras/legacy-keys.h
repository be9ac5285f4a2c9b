/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void strata_legacy_keys_expand (JsonNode *config);

G_END_DECLS
