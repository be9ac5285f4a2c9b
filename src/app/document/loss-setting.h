/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Losses as Keras has them in "compile": one for all outputs, or by place or name for each. */
JsonNode *strata_loss_setting_find (JsonObject *compile, guint output, const char *name);
void      strata_loss_setting_set  (StrataDocument *document, guint output, JsonNode *loss);

G_END_DECLS
