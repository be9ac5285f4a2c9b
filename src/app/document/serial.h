/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* A document as JSON: what `strata/document.json` in a file holds, what examples are, and what goes to the
 * clipboard. */
JsonNode *strata_serial_write (StrataDocument *document, GPtrArray *nodes, GPtrArray *notes) G_GNUC_WARN_UNUSED_RESULT;
gboolean  strata_serial_read  (StrataDocument *document, JsonNode *json, gboolean keep_ids, GError **error);

G_END_DECLS
