/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/metric.h"
#include "ops/counting.h"

G_BEGIN_DECLS

/* What Keras gives classes that are not among the top k. */
#define STRATA_CONFUSION_NEVER -1e10

/**
 * StrataConfusion:
 * @thresholds: above which predictions are positive (float)
 * @kind: how they lie
 * @order: where each was in the list that was given
 * @top_k: how many classes of a sample may be positive, or %STRATA_NONE_INT
 * @class_id: the one class that counts, or %STRATA_NONE_INT
 * @by_label: whether each label is counted for itself
 *
 * How metrics of true and false positives and negatives count.
 */
typedef struct
{
  GArray *thresholds;
  StrataThresholds kind;
  GArray *order;
  gint64 top_k;
  gint64 class_id;
  gboolean by_label;
} StrataConfusion;

/* (thresholds, labels) each */
typedef struct
{
  StrataValue *true_positives;
  StrataValue *false_positives;
  StrataValue *true_negatives;
  StrataValue *false_negatives;
} StrataConfusionCounts;

gboolean strata_confusion_set_thresholds (StrataConfusion *self, JsonNode *thresholds, double fallback, GError **error);
void     strata_confusion_set_even       (StrataConfusion *self, gint64 n, gboolean wider);
void     strata_confusion_clear          (StrataConfusion *self);
void     strata_confusion_count          (const StrataConfusion *self, StrataBuilder *b, StrataValue *y_true,
                                          StrataValue *y_pred, StrataValue *weights, StrataConfusionCounts *counts);

/* The states of a metric of one count or two for each threshold, and what is made of them. */
StrataValue *strata_confusion_in_order   (const StrataConfusion *self, StrataBuilder *b, StrataValue *values);
StrataValue *strata_confusion_ratio      (StrataBuilder *b, StrataValue *part, StrataValue *rest);

G_END_DECLS
