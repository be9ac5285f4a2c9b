/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/confusion.h"

G_BEGIN_DECLS

/* A metric that is one of the four counts. */
typedef struct
{
  StrataMetric parent;
  JsonNode *thresholds;
  StrataConfusion confusion;
} StrataCounts;

extern const StrataParam strata_counts_params[];

gboolean     strata_counts_configured (StrataObject *object, GError **error);
void         strata_counts_finalize   (StrataObject *object);
gboolean     strata_counts_build      (StrataMetric *self, const StrataShape *y_pred, GError **error);
StrataValue *strata_counts_result     (StrataMetric *self, StrataBuilder *b);

G_END_DECLS
