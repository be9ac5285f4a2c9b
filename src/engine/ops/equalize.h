/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_equalize (StrataBuilder *b, StrataValue *x, gint64 bins);

G_END_DECLS
