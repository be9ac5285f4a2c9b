/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Statistics of normalization. Channels are the last dimension. */
StrataValue *strata_channel_moments (StrataBuilder *b, StrataValue *x, StrataValue **variance);
StrataValue *strata_channel_sums    (StrataBuilder *b, StrataValue *x, StrataValue *y, StrataValue **sum);
StrataValue *strata_moments         (StrataBuilder *b, StrataValue *x, guint axes, StrataValue **variance);

G_END_DECLS
