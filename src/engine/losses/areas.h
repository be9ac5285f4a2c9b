/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/ints.h"
#include "ops/builder.h"

G_BEGIN_DECLS

/* Sums along axes, or along all where there are none. */
StrataValue *strata_loss_sum_area (StrataBuilder *b, StrataValue *x, const StrataInts *axes);

G_END_DECLS
