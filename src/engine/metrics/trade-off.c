/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/trade-off.h"

#include "ops/elementwise.h"
#include "ops/reduce.h"

gboolean
strata_trade_off_configured (StrataObject  *object,
                             GError       **error)
{
  StrataTradeOff *self = (StrataTradeOff *) object;

  self->confusion.top_k = STRATA_NONE_INT;
  self->confusion.class_id = self->class_id;
  strata_confusion_set_even (&self->confusion, self->num_thresholds, FALSE);
  return TRUE;
}

void
strata_trade_off_finalize (StrataObject *object)
{
  strata_confusion_clear (&((StrataTradeOff *) object)->confusion);
}

gboolean
strata_trade_off_build (StrataMetric       *self,
                        const StrataShape  *y_pred,
                        GError            **error)
{
  StrataShape shape = STRATA_SHAPE (((StrataTradeOff *) self)->confusion.thresholds->len, 1);

  strata_metric_add_state (self, "true_positives", &shape);
  strata_metric_add_state (self, "false_positives", &shape);
  strata_metric_add_state (self, "true_negatives", &shape);
  strata_metric_add_state (self, "false_negatives", &shape);
  return TRUE;
}

void
strata_trade_off_update (StrataMetric  *self,
                         StrataBuilder *b,
                         StrataValue   *y_true,
                         StrataValue   *y_pred,
                         StrataValue   *weights)
{
  GPtrArray *states = strata_metric_get_states (self);
  StrataConfusionCounts counts;

  strata_confusion_count (&((StrataTradeOff *) self)->confusion, b, y_true, y_pred, weights, &counts);
  strata_metric_add_to (b, g_ptr_array_index (states, STRATA_TRUE_POSITIVES), counts.true_positives);
  strata_metric_add_to (b, g_ptr_array_index (states, STRATA_FALSE_POSITIVES), counts.false_positives);
  strata_metric_add_to (b, g_ptr_array_index (states, STRATA_TRUE_NEGATIVES), counts.true_negatives);
  strata_metric_add_to (b, g_ptr_array_index (states, STRATA_FALSE_NEGATIVES), counts.false_negatives);
}

/* part / (part + rest) at each threshold. */
StrataValue *
strata_trade_off_ratio (StrataMetric  *self,
                        StrataBuilder *b,
                        StrataCount    part,
                        StrataCount    rest)
{
  GPtrArray *states = strata_metric_get_states (self);

  return strata_confusion_ratio (b, strata_builder_read (b, g_ptr_array_index (states, part)),
                                 strata_builder_read (b, g_ptr_array_index (states, rest)));
}

/* The most that @wanted is where @bounded is at least the bound; 0 where it never is. */
StrataValue *
strata_trade_off_best (StrataMetric  *self,
                       StrataBuilder *b,
                       StrataValue   *bounded,
                       StrataValue   *wanted)
{
  StrataValue *feasible = strata_greater_equal (b, bounded,
                                                strata_builder_scalar (b, ((StrataTradeOff *) self)->value));

  return strata_reduce_max (b, strata_where (b, feasible, wanted, strata_builder_scalar (b, 0)),
                            STRATA_ALL_AXES, FALSE);
}
