/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/confusion.h"

typedef struct
{
  StrataMetric parent;
  JsonNode *thresholds;
  gint64 top_k, class_id;
  StrataConfusion confusion;
} Precision;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Precision, thresholds, "null", .nullable = TRUE, .title = "Thresholds",
                .description = "Above which a prediction means yes: a number from 0 to 1 or a list of them"),
  STRATA_PARAM (INT, Precision, top_k, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1, .soft_maximum = 10,
                .title = "Top k", .description = "How many classes of a sample count as predicted"),
  STRATA_PARAM (INT, Precision, class_id, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 10,
                .title = "Class", .description = "The one class that counts"),
  { NULL },
};

static gboolean
precision_configured (StrataObject  *object,
                      GError       **error)
{
  Precision *self = (Precision *) object;

  self->confusion.top_k = self->top_k;
  self->confusion.class_id = self->class_id;
  return strata_confusion_set_thresholds (&self->confusion, self->thresholds, self->top_k != STRATA_NONE_INT ? STRATA_CONFUSION_NEVER : 0.5, error);
}

static void
precision_finalize (StrataObject *object)
{
  strata_confusion_clear (&((Precision *) object)->confusion);
}

static gboolean
precision_build (StrataMetric       *self,
                 const StrataShape  *y_pred,
                 GError            **error)
{
  StrataShape shape = STRATA_SHAPE (((Precision *) self)->confusion.thresholds->len, 1);

  strata_metric_add_state (self, "true_positives", &shape);
  strata_metric_add_state (self, "false_positives", &shape);
  return TRUE;
}

static void
precision_update (StrataMetric  *self,
                  StrataBuilder *b,
                  StrataValue   *y_true,
                  StrataValue   *y_pred,
                  StrataValue   *weights)
{
  GPtrArray *states = strata_metric_get_states (self);
  StrataConfusionCounts counts;

  strata_confusion_count (&((Precision *) self)->confusion, b, y_true, y_pred, weights, &counts);
  strata_metric_add_to (b, g_ptr_array_index (states, 0), counts.true_positives);
  strata_metric_add_to (b, g_ptr_array_index (states, 1), counts.false_positives);
}

static StrataValue *
precision_result (StrataMetric  *self,
                  StrataBuilder *b)
{
  GPtrArray *states = strata_metric_get_states (self);
  StrataValue *ratio = strata_confusion_ratio (b, strata_builder_read (b, g_ptr_array_index (states, 0)),
                                               strata_builder_read (b, g_ptr_array_index (states, 1)));

  return strata_confusion_in_order (&((Precision *) self)->confusion, b, ratio);
}

const StrataMetricInfo strata_metric_precision = {
  .object = {
    .name = "Precision",
    .title = "Precision",
    .description = "How much of what was predicted is true",
    .formula = "true positives / (true positives + false positives)",
    .params = params,
    .instance_size = sizeof (Precision),
    .samples = (const char *const[]){
      "{}",
      "{\"thresholds\": 0.3}",
      "{\"thresholds\": [0.8, 0.2, 0.5]}",
      "{\"top_k\": 2}",
      "{\"class_id\": 1}",
      "{\"top_k\": 1, \"class_id\": 0}",
      NULL },
    .configured = precision_configured,
    .finalize = precision_finalize,
  },
  .maximise = TRUE,
  .build = precision_build,
  .update = precision_update,
  .result = precision_result,
};
