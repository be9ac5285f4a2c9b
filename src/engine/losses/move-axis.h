/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Puts a dimension last; others keep their order. */
StrataValue *strata_move_axis_last (StrataBuilder *b, StrataValue *x, int axis);

G_END_DECLS
