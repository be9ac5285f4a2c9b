/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Ops that move numbers without changing them. Axes may count from the end. */
StrataValue *strata_reshape       (StrataBuilder *b, StrataValue *x, const StrataShape *shape);
StrataValue *strata_expand_dims   (StrataBuilder *b, StrataValue *x, int axis);
StrataValue *strata_squeeze       (StrataBuilder *b, StrataValue *x, int axis);
StrataValue *strata_transpose     (StrataBuilder *b, StrataValue *x, const int *permutation);
StrataValue *strata_swap_axes    (StrataBuilder *b, StrataValue *x, int first, int second);
gboolean     strata_transpose_undoes (const StrataNode *node, const StrataNode *before);
const int   *strata_transpose_get_permutation (const StrataNode *node);
StrataValue *strata_broadcast_to  (StrataBuilder *b, StrataValue *x, const StrataShape *shape);
StrataValue *strata_repeat_batch  (StrataBuilder *b, StrataValue *x, gint64 batch);
StrataValue *strata_concatenate   (StrataBuilder *b, StrataValue *const *xs, guint n, int axis);
StrataValue *strata_slice         (StrataBuilder *b, StrataValue *x, int axis, gint64 start, gint64 n);
StrataValue *strata_pad           (StrataBuilder *b, StrataValue *x, const gint64 *before, const gint64 *after,
                                   double value);
gboolean     strata_pad_get       (const StrataNode *node, const gint64 **before, const gint64 **after);
StrataValue *strata_reverse       (StrataBuilder *b, StrataValue *x, int axis);
void         strata_unstack       (StrataBuilder *b, StrataValue *x, StrataValue **values);
StrataValue *strata_stop_gradient (StrataBuilder *b, StrataValue *x);

/* Sums a gradient over the dimensions along which an input of @shape was broadcast. */
StrataValue *strata_unbroadcast   (StrataBuilder *b, StrataValue *grad, const StrataShape *shape);

G_END_DECLS
