/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_ctc_loss (StrataBuilder *b, StrataValue *labels, StrataValue *scores, StrataValue **lengths,
                              gint64 blank);

G_END_DECLS
