/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Reductions over axes given as bits; STRATA_ALL_AXES for all. */
#define STRATA_AXIS(axis) (1u << (axis))
#define STRATA_ALL_AXES ((1u << STRATA_MAX_RANK) - 1)

StrataValue *strata_reduce_sum  (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
StrataValue *strata_reduce_mean (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
StrataValue *strata_reduce_max  (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
StrataValue *strata_reduce_min  (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
StrataValue *strata_reduce_prod (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);
guint        strata_axis_bit    (const StrataValue *x, int axis);

G_END_DECLS
