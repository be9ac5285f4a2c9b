/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataThresholds:
 * @STRATA_THRESHOLDS_RISING: in any places, in rising order
 * @STRATA_THRESHOLDS_EVEN: evenly from 0 to 1
 * @STRATA_THRESHOLDS_EVEN_WIDER: evenly, the first a little below 0 and the last a little above 1
 *
 * How thresholds lie.
 */
typedef enum
{
  STRATA_THRESHOLDS_RISING,
  STRATA_THRESHOLDS_EVEN,
  STRATA_THRESHOLDS_EVEN_WIDER,
} StrataThresholds;

/* Ops that count predictions, for metrics. No gradient flows through them. */
StrataValue *strata_threshold_sums   (StrataBuilder *b, StrataValue *values, StrataValue *weights,
                                      StrataValue *thresholds, StrataThresholds kind);
StrataValue *strata_confusion_matrix (StrataBuilder *b, StrataValue *labels, StrataValue *predictions,
                                      StrataValue *weights, gint64 n_classes);
StrataValue *strata_top_k_mask       (StrataBuilder *b, StrataValue *x, gint64 k);

G_END_DECLS
