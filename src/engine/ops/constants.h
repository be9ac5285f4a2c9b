/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataTensor *strata_constant_new (StrataBuilder *b, StrataDType dtype, const StrataShape *shape);
StrataValue  *strata_count_up     (StrataBuilder *b, const StrataShape *shape);
gboolean      strata_can_list     (StrataBuilder *b, gint64 n);

G_END_DECLS
