/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

gboolean strata_starter_is_possible (StrataDocument *document);
gboolean strata_starter_build       (StrataDocument *document, GError **error);

G_END_DECLS
