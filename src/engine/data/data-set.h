/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/image-file.h"
#include "models/source.h"

G_BEGIN_DECLS

/**
 * StrataFeature:
 * @column: the column of a table that it is of
 * @value: (nullable): for texts, the value that it says yes or no to
 * @mean: what is taken off the column's numbers
 * @scale: what they are multiplied with then
 * @typical: their mean
 * @deviation: how far they are from it, as a standard deviation
 *
 * What one number of an input is made of.
 */
typedef struct
{
  char *column, *value;
  double mean, scale;
  double typical, deviation;
} StrataFeature;

/**
 * StrataDataSet:
 * @x: inputs to train with
 * @y: (nullable): targets to train with
 * @test_x: (nullable): inputs that were set aside
 * @test_y: (nullable): their targets
 * @n_classes: how many classes the targets are numbers of, or 0 where they are not
 * @class_names: (nullable) (element-type utf8): the classes' names, if they have any
 * @feature_names: (nullable) (element-type utf8): names of the columns of an input, if it has any
 * @features: (nullable) (element-type StrataFeature): how these came about, where columns of a table became numbers
 * @target_name: (nullable): the column that the targets are of, where they are of one
 * @target_mean: what was taken off the targets
 * @target_scale: what the targets were multiplied with then: predictions are to be divided by it
 * @image_form: (nullable): what files of pictures were made to be, where samples are such
 * @vocabulary: (nullable) (element-type utf8): words by number, where texts became numbers
 * @inputs: (nullable) (element-type StrataDataSet): where a network has several inputs and more is known of them than
 *   their numbers: each of them as samples of their own, without targets
 * @outputs: (nullable) (element-type StrataDataSet): the same of several outputs: each one's targets, without inputs
 * @summary: what it is, in a line for people
 *
 * Samples, as [func@data_source_load] makes them from a description.
 */
typedef struct
{
  gatomicrefcount ref_count;
  StrataSource *x, *y;
  StrataSource *test_x, *test_y;
  gint64 n_classes;
  GPtrArray *class_names;
  GPtrArray *feature_names;
  GArray *features;
  char *target_name;
  double target_mean, target_scale;
  StrataImageForm *image_form;
  GPtrArray *vocabulary;
  GPtrArray *inputs, *outputs;
  char *summary;
} StrataDataSet;

#define STRATA_TYPE_DATA_SET (strata_data_set_get_type ())

GType          strata_data_set_get_type (void) G_GNUC_CONST;
StrataDataSet *strata_data_set_new      (void) G_GNUC_WARN_UNUSED_RESULT;
StrataDataSet *strata_data_set_ref      (StrataDataSet *self);
void           strata_data_set_unref    (StrataDataSet *self);
StrataDataSet *strata_data_set_dup_input (StrataDataSet *self, guint i) G_GNUC_WARN_UNUSED_RESULT;
StrataDataSet *strata_data_set_dup_output (StrataDataSet *self, guint i) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_data_set_adapt    (StrataDataSet *self, const StrataShape *input, GError **error);
void           strata_data_set_one_hot  (StrataDataSet *self);
guint          strata_data_set_count_broken (StrataDataSet *self, const char **path);
GArray        *strata_data_features_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDataSet, strata_data_set_unref)

G_END_DECLS
