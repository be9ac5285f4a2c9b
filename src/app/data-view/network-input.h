/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* What a network takes, for data to be read so */
gint64 strata_network_input_get_length (StrataDocument *document);
void   strata_network_input_fit_texts  (StrataDocument *document, JsonObject *description);
void   strata_network_input_fit_images (StrataDocument *document, JsonObject *description, gboolean are_gray);

G_END_DECLS
