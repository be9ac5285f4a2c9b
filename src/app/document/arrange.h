/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Between two cards beside each other, and between two below each other. */
#define STRATA_ARRANGE_BESIDE 56
#define STRATA_ARRANGE_BELOW 40

double *strata_arrange_layout (StrataDocument *document, GPtrArray *units, gboolean downward) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
