/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

gboolean     strata_slices_is       (StrataValue *grad);
gboolean     strata_slices_get      (StrataValue *grad, StrataValue **indices, StrataValue **rows);
StrataValue *strata_slices_scale    (StrataBuilder *b, StrataValue *grad, StrataValue *factor);
StrataValue *strata_slices_clip     (StrataBuilder *b, StrataValue *grad, double limit);
StrataValue *strata_slices_square   (StrataBuilder *b, StrataValue *grad);
StrataValue *strata_slices_absolute (StrataBuilder *b, StrataValue *grad);

G_END_DECLS
