/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Between two cards beside each other, and between two below each other. */
#define STRATA_ARRANGE_BESIDE 56
#define STRATA_ARRANGE_BELOW 40
/* Between two lines of a network that is wrapped: wires go back there. */
#define STRATA_ARRANGE_LANE 128

double *strata_arrange_layout (StrataDocument *document, GPtrArray *units, gboolean downward,
                               gboolean wraps) G_GNUC_WARN_UNUSED_RESULT;
GArray *strata_arrange_wrap   (const double *begins, const guint *crossings, guint n_layers,
                               double breadth) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
