/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Counters are int64, which float32 arithmetic would stop counting at 2²⁴. */
StrataValue *strata_increment (StrataBuilder *b, StrataValue *counter, StrataValue *condition);

G_END_DECLS
