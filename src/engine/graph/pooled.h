/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_drop_pooled_mask (const StrataNode *node);
void         strata_sum_pooled       (StrataNode *node);

G_END_DECLS
