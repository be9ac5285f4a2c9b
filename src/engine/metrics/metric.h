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
 * @maximise: whether more is better: what callbacks in mode "auto" go by
 * @values: for metrics that are a mean: a value a sample (or step); else %NULL
 * @build: for other metrics: adds the state by strata_metric_add_state(), once
 *   the shape of the predictions is known; or %NULL
 * @update: for other metrics: assigns the state after a batch; @weights may be %NULL
 * @result: for other metrics: the metric from the state
 *
 * What a file in metrics/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  gboolean maximise;
  StrataValue *(*values) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);
  gboolean (*build) (StrataMetric *self, const StrataShape *y_pred, GError **error);
  void (*update) (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred, StrataValue *weights);
  StrataValue *(*result) (StrataMetric *self, StrataBuilder *b);
} StrataMetricInfo;

struct _StrataMetricClass
{
  StrataObjectClass parent_class;

  gboolean maximise;
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
void            strata_metric_update      (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred, StrataValue *weights);
StrataValue    *strata_metric_result      (StrataMetric *self, StrataBuilder *b);
double          strata_metric_get_value   (StrataMetric *self);

G_END_DECLS
