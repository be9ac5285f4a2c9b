/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "data/data-set.h"

G_BEGIN_DECLS

/**
 * StrataSampleKind:
 * @STRATA_SAMPLE_ROW: numbers of named columns
 * @STRATA_SAMPLE_IMAGE: a picture of one or three channels
 * @STRATA_SAMPLE_SERIES: steps in time, each of one or more numbers
 * @STRATA_SAMPLE_TEXT: words
 *
 * What a sample looks like to people.
 */
typedef enum
{
  STRATA_SAMPLE_ROW,
  STRATA_SAMPLE_IMAGE,
  STRATA_SAMPLE_SERIES,
  STRATA_SAMPLE_TEXT,
} StrataSampleKind;

/**
 * StrataPreview:
 * @kind: what the samples look like
 * @shape: of one sample
 * @size: how many numbers a sample has; 0 for texts
 * @n: how many samples there are
 * @numbers: sample after sample
 * @texts: (nullable): a text each, where they are texts
 * @targets: (nullable): the answers, in their own units; the number of the class where there are classes
 * @answers: (nullable): what is to be answered, in words: of several outputs, each one's
 * @set: what they are from
 * @inputs: (nullable) (element-type StrataPreview): where a sample has several inputs, each of them; what is said of
 *   shapes and numbers above is then about the first
 *
 * A few samples, read to be shown.
 */
typedef struct
{
  gatomicrefcount ref_count;
  StrataSampleKind kind;
  StrataShape shape;
  gsize size, n;
  float *numbers;
  GStrv texts;
  double *targets;
  GStrv answers;
  StrataDataSet *set;
  GPtrArray *inputs;
} StrataPreview;

StrataPreview *strata_preview_new        (StrataDataSet *set, gboolean of_test, const gint64 *indices, gsize n,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           strata_preview_read_async (StrataDataSet *set, gboolean of_test, const gint64 *indices, gsize n,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
StrataPreview *strata_preview_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSampleKind strata_preview_recognize (StrataDataSet *set, StrataShape *shape);
StrataPreview *strata_preview_ref        (StrataPreview *self);
void           strata_preview_unref      (StrataPreview *self);
const float   *strata_preview_get_sample (StrataPreview *self, gsize i);

double         strata_data_set_restore_target (StrataDataSet *set, double target);
char          *strata_data_set_dup_answer (StrataDataSet *set, double target) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPreview, strata_preview_unref)

G_END_DECLS
