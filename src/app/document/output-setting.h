/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Losses and metrics as Keras has them in "compile": one for all outputs, or by place or name for each. */
JsonNode *strata_output_setting_find (JsonObject *compile, const char *member, guint output, const char *name);
void      strata_output_setting_set  (StrataDocument *document, const char *member, guint output, JsonNode *value);

G_END_DECLS
