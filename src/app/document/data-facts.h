/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/data-set.h"
#include "layers/layer.h"

G_BEGIN_DECLS

/**
 * StrataDataFacts:
 * @n_samples: how many there are to train with
 * @n_inputs: how many arrays go into the network for a sample
 * @n_targets: how many it is to answer with, 0 where there are no targets
 * @input: type and shape of the first input, without the batch
 * @target: the same of the first target
 * @input_low: the smallest number of the inputs that were looked at; not a number for texts
 * @input_high: the largest
 * @target_low: the smallest of all targets
 * @target_high: the largest
 * @target_mean: their mean
 * @target_deviation: how far they are from it, by squares
 * @n_classes: how many classes the targets are numbers of, or 0
 * @target_classes: (element-type gint64): the same of each target
 * @class_counts: (element-type gint64): how many samples each class has
 * @class_names: (nullable) (element-type utf8): what the classes are called
 * @has_words: whether the inputs are numbers of words
 * @has_test: whether samples were set aside to test with
 *
 * What a document knows of its data without holding it.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 n_samples;
  guint n_inputs, n_targets;
  StrataSpec input, target;
  double input_low, input_high;
  double target_low, target_high, target_mean, target_deviation;
  gint64 n_classes;
  GArray *target_classes;
  GArray *class_counts;
  GPtrArray *class_names;
  gboolean has_words, has_test;
} StrataDataFacts;

#define STRATA_TYPE_DATA_FACTS (strata_data_facts_get_type ())

GType            strata_data_facts_get_type (void) G_GNUC_CONST;
StrataDataFacts *strata_data_facts_new      (StrataDataSet *set, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataDataFacts *strata_data_facts_ref      (StrataDataFacts *self);
void             strata_data_facts_unref    (StrataDataFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDataFacts, strata_data_facts_unref)

G_END_DECLS
