/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/confusion.h"

G_BEGIN_DECLS

/* A metric that is the share of true positives among them and one kind of mistake. */
typedef struct
{
  StrataMetric parent;
  JsonNode *thresholds;
  gint64 top_k, class_id;
  StrataConfusion confusion;
} StrataHits;

extern const StrataParam strata_hits_params[];

gboolean     strata_hits_configured (StrataObject *object, GError **error);
void         strata_hits_finalize   (StrataObject *object);
void         strata_hits_add_states (StrataMetric *self, const char *mistakes);
void         strata_hits_count      (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                     StrataValue *weights, StrataConfusionCounts *counts);
void         strata_hits_add        (StrataMetric *self, StrataBuilder *b, StrataValue *hits, StrataValue *mistakes);
StrataValue *strata_hits_result     (StrataMetric *self, StrataBuilder *b);

/* Configs that the generic tests run both with. */
#define STRATA_HITS_SAMPLES                  \
  ((const char *const[]){                    \
    "{}",                                    \
    "{\"thresholds\": 0.3}",                 \
    "{\"thresholds\": [0.8, 0.2, 0.5]}",     \
    "{\"top_k\": 2}",                        \
    "{\"class_id\": 1}",                     \
    "{\"top_k\": 1, \"class_id\": 0}",       \
    NULL })

G_END_DECLS
