/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

extern const StrataOp strata_op_narrow;

StrataValue *strata_narrow (StrataBuilder *b, StrataValue *x, StrataDType dtype);

G_END_DECLS
