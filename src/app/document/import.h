/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

gboolean strata_import_model (StrataDocument *document, StrataModel *model, GError **error);

G_END_DECLS
