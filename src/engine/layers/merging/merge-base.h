/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"
#include "ops/elementwise.h"

G_BEGIN_DECLS

/* What layers share that combine several inputs number by number. */
typedef StrataValue *(*StrataMergeFunc) (StrataBuilder *b, StrataValue *x, StrataValue *y);

gboolean     strata_merge_check     (StrataBuilder *b, const StrataCall *call);
gboolean     strata_merge_check_pair (StrataBuilder *b, const StrataCall *call);
void         strata_merge_align     (StrataBuilder *b, const StrataCall *call, StrataValue **inputs);
StrataValue *strata_merge_fold      (StrataBuilder *b, const StrataCall *call, StrataMergeFunc merge);
StrataValue *strata_merge_mask      (StrataBuilder *b, const StrataCall *call);
StrataValue *strata_merge_expand_mask (StrataBuilder *b, StrataValue *mask, StrataValue *x);
StrataValue *strata_merge_choose    (StrataBuilder *b, const StrataCall *call, StrataMergeFunc merge);

G_END_DECLS
