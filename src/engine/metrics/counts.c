/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/counts.h"

const StrataParam strata_counts_params[] = {
  STRATA_PARAM (JSON, StrataCounts, thresholds, "null", .nullable = TRUE, .title = "Thresholds",
                .description = "Above which a prediction means yes: a number from 0 to 1 or a list of them"),
  { NULL },
};

gboolean
strata_counts_configured (StrataObject  *object,
                          GError       **error)
{
  StrataCounts *self = (StrataCounts *) object;

  self->confusion.top_k = self->confusion.class_id = STRATA_NONE_INT;
  return strata_confusion_set_thresholds (&self->confusion, self->thresholds, 0.5, error);
}

void
strata_counts_finalize (StrataObject *object)
{
  strata_confusion_clear (&((StrataCounts *) object)->confusion);
}

gboolean
strata_counts_build (StrataMetric       *self,
                     const StrataShape  *y_pred,
                     GError            **error)
{
  strata_metric_add_state (self, "accumulator", &STRATA_SHAPE (((StrataCounts *) self)->confusion.thresholds->len, 1));
  return TRUE;
}

StrataValue *
strata_counts_result (StrataMetric  *self,
                      StrataBuilder *b)
{
  StrataValue *count = strata_builder_read (b, g_ptr_array_index (strata_metric_get_states (self), 0));

  return strata_confusion_in_order (&((StrataCounts *) self)->confusion, b, count);
}
