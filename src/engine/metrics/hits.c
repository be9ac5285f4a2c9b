/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/hits.h"

const StrataParam strata_hits_params[] = {
  STRATA_PARAM (JSON, StrataHits, thresholds, "null", .nullable = TRUE, .title = "Thresholds",
                .description = "Above which a prediction means yes: a number from 0 to 1 or a list of them"),
  STRATA_PARAM (INT, StrataHits, top_k, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 1, .soft_maximum = 10,
                .title = "Top k", .description = "How many classes of a sample count as predicted"),
  STRATA_PARAM (INT, StrataHits, class_id, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXINT32,
                .soft_maximum = 10, .title = "Class", .description = "The one class that counts"),
  { NULL },
};

gboolean
strata_hits_configured (StrataObject  *object,
                        GError       **error)
{
  StrataHits *self = (StrataHits *) object;

  self->confusion.top_k = self->top_k;
  self->confusion.class_id = self->class_id;
  return strata_confusion_set_thresholds (&self->confusion, self->thresholds,
                                          self->top_k != STRATA_NONE_INT ? STRATA_CONFUSION_NEVER : 0.5, error);
}

void
strata_hits_finalize (StrataObject *object)
{
  strata_confusion_clear (&((StrataHits *) object)->confusion);
}

void
strata_hits_add_states (StrataMetric *self,
                        const char   *mistakes)
{
  StrataShape shape = STRATA_SHAPE (((StrataHits *) self)->confusion.thresholds->len, 1);

  strata_metric_add_state (self, "true_positives", &shape);
  strata_metric_add_state (self, mistakes, &shape);
}

void
strata_hits_count (StrataMetric          *self,
                   StrataBuilder         *b,
                   StrataValue           *y_true,
                   StrataValue           *y_pred,
                   StrataValue           *weights,
                   StrataConfusionCounts *counts)
{
  strata_confusion_count (&((StrataHits *) self)->confusion, b, y_true, y_pred, weights, counts);
}

void
strata_hits_add (StrataMetric  *self,
                 StrataBuilder *b,
                 StrataValue   *hits,
                 StrataValue   *mistakes)
{
  GPtrArray *states = strata_metric_get_states (self);

  strata_metric_add_to (b, g_ptr_array_index (states, 0), hits);
  strata_metric_add_to (b, g_ptr_array_index (states, 1), mistakes);
}

StrataValue *
strata_hits_result (StrataMetric  *self,
                    StrataBuilder *b)
{
  GPtrArray *states = strata_metric_get_states (self);
  StrataValue *ratio = strata_confusion_ratio (b, strata_builder_read (b, g_ptr_array_index (states, 0)),
                                               strata_builder_read (b, g_ptr_array_index (states, 1)));

  return strata_confusion_in_order (&((StrataHits *) self)->confusion, b, ratio);
}
