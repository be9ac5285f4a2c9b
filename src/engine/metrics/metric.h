/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_METRIC (strata_metric_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataMetric, strata_metric, STRATA, METRIC, StrataObject)

/**
 * StrataMetricInfo:
 * @object: what every kind has
 * @default_name: its name in logs, where that is not its class name in snake case
 * @default_dtype: what "dtype" is where it is not given, as JSON (%NULL: float32)
 * @maximise: whether more is better: what callbacks in mode "auto" go by
 * @raw: whether targets may have another rank than predictions, as class numbers have
 * @function: for metrics that are a mean and have no parameters: a value a
 *   sample (or step); else %NULL
 * @values: for those with parameters: the same, with the metric; else %NULL
 * @build: for other metrics: adds the state by strata_metric_add_state(), once
 *   the shape of the predictions is known; or %NULL
 * @update: for other metrics: assigns the state after a batch; @weights may be %NULL
 * @result: the metric from the state; %NULL for means
 *
 * What a file in metrics/ exports. Targets and predictions are float32, and
 * unless @raw of the same rank.
 */
typedef struct
{
  StrataObjectInfo object;
  const char *default_name;
  const char *default_dtype;
  gboolean maximise;
  gboolean raw;
  StrataValue *(*function) (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*values) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  gboolean (*build) (StrataMetric *self, const StrataShape *y_pred, GError **error);
  void (*update) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred, StrataValue *weights);
  StrataValue *(*result) (StrataMetric *self, StrataBuilder *b);
} StrataMetricInfo;

struct _StrataMetricClass
{
  StrataObjectClass parent_class;

  gboolean maximise;
  gboolean raw;
  StrataValue *(*function) (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  StrataValue *(*values) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  gboolean (*build) (StrataMetric *self, const StrataShape *y_pred, GError **error);
  void (*update) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred, StrataValue *weights);
  StrataValue *(*result) (StrataMetric *self, StrataBuilder *b);

  gpointer padding[4];
};

const char     *strata_metric_get_name    (StrataMetric *self);
void            strata_metric_set_name    (StrataMetric *self, const char *name);
gboolean        strata_metric_build       (StrataMetric *self, const StrataShape *y_pred, GError **error);
StrataVariable *strata_metric_add_state   (StrataMetric *self, const char *name, const StrataShape *shape);
GPtrArray      *strata_metric_get_states  (StrataMetric *self);
void            strata_metric_reset       (StrataMetric *self);
void            strata_metric_update      (StrataMetric *self, StrataBuilder *b, StrataValue *y_true,
                                           StrataValue *y_pred, StrataValue *weights);
void            strata_metric_update_masked (StrataMetric *self, StrataBuilder *b, StrataValue *y_true,
                                             StrataValue *y_pred, StrataValue *weights, StrataValue *mask);
StrataValue    *strata_metric_result      (StrataMetric *self, StrataBuilder *b);
double          strata_metric_get_value   (StrataMetric *self);
StrataTensor   *strata_metric_dup_values  (StrataMetric *self);

/* For those who derive: a state grows; values are weighed and averaged into two states, total and count */
void            strata_metric_add_to      (StrataBuilder *b, StrataVariable *state, StrataValue *summand);
void            strata_metric_update_mean (StrataMetric *self, StrataBuilder *b, StrataValue *values,
                                           StrataValue *weights);

G_END_DECLS
