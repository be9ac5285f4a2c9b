/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/confusion.h"

G_BEGIN_DECLS

/*
 * A metric of the best that one ratio can be while another is at least so
 * much. The instance structs of such metrics begin with it; @value is the bound.
 */
typedef struct
{
  StrataMetric parent;
  gint64 num_thresholds;
  double value;
  gint64 class_id;
  StrataConfusion confusion;
} StrataTradeOff;

#define STRATA_TRADE_OFF_PARAMS(bound, text)                                                                        \
  STRATA_PARAM (INT, StrataTradeOff, num_thresholds, "200", .minimum = 1, .maximum = 100000, .soft_minimum = 10,    \
                .soft_maximum = 1000, .title = "Thresholds", .description = "How many thresholds are tried"),       \
  { .name = bound, .type = STRATA_PARAM_FLOAT, .offset = (int) G_STRUCT_OFFSET (StrataTradeOff, value),                \
    .minimum = 0, .maximum = 1,                                                                                        \
    .title = "Bound", .description = text },                                                                        \
  STRATA_PARAM (INT, StrataTradeOff, class_id, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXINT32,       \
                .soft_maximum = 10, .title = "Class", .description = "The one class that counts"),                  \
  { NULL }

/* Order of the states. */
typedef enum
{
  STRATA_TRUE_POSITIVES,
  STRATA_FALSE_POSITIVES,
  STRATA_TRUE_NEGATIVES,
  STRATA_FALSE_NEGATIVES,
} StrataCount;

gboolean     strata_trade_off_configured (StrataObject *object, GError **error);
void         strata_trade_off_finalize   (StrataObject *object);
gboolean     strata_trade_off_build      (StrataMetric *self, const StrataShape *y_pred, GError **error);
void         strata_trade_off_update     (StrataMetric *self, StrataBuilder *b, StrataValue *y_true,
                                          StrataValue *y_pred, StrataValue *weights);
StrataValue *strata_trade_off_ratio      (StrataMetric *self, StrataBuilder *b, StrataCount part, StrataCount rest);
StrataValue *strata_trade_off_best       (StrataMetric *self, StrataBuilder *b, StrataValue *bounded,
                                          StrataValue *wanted);

G_END_DECLS
