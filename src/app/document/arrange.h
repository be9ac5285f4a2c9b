/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_ARRANGE_COLUMN 280
#define STRATA_ARRANGE_ROW 144

double *strata_arrange_layout (StrataDocument *document, GPtrArray *units, gboolean downward) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
