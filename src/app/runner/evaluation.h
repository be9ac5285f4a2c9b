/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "models/logs.h"
#include "runner/input-facts.h"
#include "runner/preview.h"

G_BEGIN_DECLS

/**
 * StrataEvaluatedOn:
 * @STRATA_EVALUATED_ON_TEST: samples that were set aside
 * @STRATA_EVALUATED_ON_VALIDATION: those that training watches
 * @STRATA_EVALUATED_ON_TRAINING: those it learned from, for want of others
 *
 * Which samples a network was tried on.
 */
typedef enum
{
  STRATA_EVALUATED_ON_TEST,
  STRATA_EVALUATED_ON_VALIDATION,
  STRATA_EVALUATED_ON_TRAINING,
} StrataEvaluatedOn;

/**
 * StrataMistake:
 * @index: which sample
 * @truth: the right answer: a class, or a number
 * @answer: the network's
 * @confidence: how sure it was, from 0 to 1; NaN for numbers
 *
 * An answer of the network that is wrong, or far off.
 */
typedef struct
{
  gint64 index;
  double truth, answer, confidence;
} StrataMistake;

/**
 * StrataEvaluation:
 * @on: which samples
 * @n: how many
 * @logs: loss and metrics
 * @set: the data
 * @inputs: (element-type StrataInputFacts): what each input takes
 * @model: the network, as it was
 * @compile: what it was compiled with
 * @outputs: (nullable) (element-type StrataEvaluation): how well each of several outputs does; then nothing below is
 *   known of all of them together
 * @output: which of the outputs it is about
 * @is_logits: whether what it says of classes are no probabilities yet
 * @n_classes: how many classes are told apart, 0 where the answer is a number
 * @counts: (nullable): how many samples of each class were taken for each: rows are what is right
 * @truths: (nullable): right answers, in their units
 * @answers: (nullable): the network's
 * @mistakes: (element-type StrataMistake): the worst first; as many as there are
 * @squares: how much of the answers' variation is explained, 1 for all; NaN for classes
 * @absolute: how far answers are off in the mean; NaN for classes
 *
 * How well a network does.
 */
typedef struct
{
  StrataEvaluatedOn on;
  gint64 n;
  StrataLogs *logs;
  StrataDataSet *set;
  GPtrArray *inputs;
  StrataModel *model;
  JsonNode *compile;
  GPtrArray *outputs;
  guint output;
  gboolean is_logits;
  gint64 n_classes;
  gint64 *counts;
  double *truths, *answers;
  GArray *mistakes;
  double squares, absolute;
  gint64 first;
} StrataEvaluation;

void              strata_evaluation_free         (StrataEvaluation *self);
char             *strata_evaluation_dup_class    (StrataEvaluation *self, gint64 class) G_GNUC_WARN_UNUSED_RESULT;
gint64            strata_evaluation_get_count    (StrataEvaluation *self, gint64 truth, gint64 answer);
gint64            strata_evaluation_get_n_true   (StrataEvaluation *self, gint64 truth);
void              strata_evaluation_read_async   (StrataEvaluation *self, const StrataMistake *mistakes, gsize n,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer user_data);

/* In a thread; the document stays free to be edited. */
void              strata_document_evaluate_async  (StrataDocument *document, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
StrataEvaluation *strata_document_evaluate_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEvaluation, strata_evaluation_free)

G_END_DECLS
