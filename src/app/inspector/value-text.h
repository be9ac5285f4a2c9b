/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/param.h"

G_BEGIN_DECLS

/* Values as they are typed: "3, 3", "0.5", "None", or anything that Python would write. */
char     *strata_value_to_text   (const StrataParam *param, JsonNode *value) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *strata_value_from_text (const StrataParam *param, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
