/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "runner/evaluation.h"

G_BEGIN_DECLS

/* An input of the user's as one sample, as if it were of @like: from 0 to 1 by pixel, in words, or a number for each of
 * its features. */
StrataTensor  *strata_own_sample_from_ink  (StrataDataSet *like, const StrataPaper *paper, const float *pixels,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor  *strata_own_sample_from_colors (StrataDataSet *like, const StrataPaper *paper, const float *picture,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor  *strata_own_sample_from_numbers (StrataDataSet *like, const float *numbers,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor  *strata_own_sample_from_text (StrataDataSet *like, const char *text,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor  *strata_own_sample_from_row  (StrataDataSet *like, const double *values,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All inputs together */
StrataDataSet *strata_own_sample_new       (StrataDataSet *like, StrataTensor *const *inputs, guint n_inputs,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the network that was evaluated says to it: the probability of each class, or a number in its unit. In a thread;
 * one at a time. */
void           strata_evaluation_answer_async  (StrataEvaluation *self, StrataDataSet *sample,
                                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                                gpointer user_data);
GArray        *strata_evaluation_answer_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
