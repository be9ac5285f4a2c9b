/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* All along the last dimension; strata_softmax_along() along any. */
StrataValue *strata_softmax       (StrataBuilder *b, StrataValue *x);
StrataValue *strata_log_softmax   (StrataBuilder *b, StrataValue *x);
StrataValue *strata_sparsemax     (StrataBuilder *b, StrataValue *x);
StrataValue *strata_softmax_along (StrataBuilder *b, StrataValue *x, int axis);

G_END_DECLS
