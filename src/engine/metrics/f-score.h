/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/metric.h"

G_BEGIN_DECLS

/* FBetaScore, and F1Score, whose beta is 1. */
typedef struct
{
  StrataMetric parent;
  char *average;
  double beta, threshold;
} StrataFScore;

#define STRATA_PARAM_AVERAGE                                                                                        \
  STRATA_PARAM (CHOICE, StrataFScore, average, "null", .nullable = TRUE,                                               \
                .choices = STRATA_CHOICES ("micro", "macro", "weighted"),                                              \
                .title = "Average", .description = "How the scores of the classes become one: none, all samples "      \
                                                   "alike, all classes alike, or by their size")
#define STRATA_PARAM_F_THRESHOLD                                                                                    \
  STRATA_PARAM (FLOAT, StrataFScore, threshold, "null", .nullable = TRUE, .minimum = G_MINFLOAT, .maximum = 1,         \
                .soft_minimum = 0.1,                                                                                   \
                .soft_maximum = 0.9, .title = "Threshold",                                                             \
                .description = "Above which a class is predicted; none for the most probable one")

gboolean     strata_f_score_build  (StrataMetric *self, const StrataShape *y_pred, GError **error);
void         strata_f_score_update (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                    StrataValue *weights);
StrataValue *strata_f_score_result (StrataMetric *self, StrataBuilder *b);

G_END_DECLS
