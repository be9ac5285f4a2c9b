/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Class numbers, without a last dimension of 1. */
StrataValue *strata_metric_get_labels (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
/* Whether the class numbered by each label is among the k with the highest predictions. */
StrataValue *strata_metric_in_top_k   (StrataBuilder *b, StrataValue *labels, StrataValue *y_pred, gint64 k);

G_END_DECLS
