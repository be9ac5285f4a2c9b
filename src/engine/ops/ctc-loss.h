/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_ctc_loss (StrataBuilder *b, StrataValue *labels, StrataValue *scores);

G_END_DECLS
