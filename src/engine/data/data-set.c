/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-set.h"

#include "data/image-source.h"
#include "data/one-hot-source.h"
#include "data/part-source.h"
#include "data/reshaped-source.h"

G_DEFINE_BOXED_TYPE (StrataDataSet, strata_data_set, strata_data_set_ref, strata_data_set_unref)

StrataDataSet *
strata_data_set_new (void)
{
  StrataDataSet *self = g_new0 (StrataDataSet, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->target_scale = 1;
  return self;
}

StrataDataSet *
strata_data_set_ref (StrataDataSet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_data_set_unref (StrataDataSet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->x);
  g_clear_object (&self->y);
  g_clear_object (&self->test_x);
  g_clear_object (&self->test_y);
  g_clear_pointer (&self->class_names, g_ptr_array_unref);
  g_clear_pointer (&self->feature_names, g_ptr_array_unref);
  g_clear_pointer (&self->features, g_array_unref);
  g_clear_pointer (&self->vocabulary, g_ptr_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  g_free (self->target_name);
  g_free (self->image_form);
  g_free (self->summary);
  g_free (self);
}

static StrataSource *
take_part (StrataSource *source,
           guint         i)
{
  return source != NULL ? strata_part_source_new (source, i) : NULL;
}

/**
 * strata_data_set_dup_input: (skip)
 * @i: which of the inputs
 *
 * Returns: (transfer full): what the data has for one input, without targets; it is the data itself where there is no
 *   other input
 */
StrataDataSet *
strata_data_set_dup_input (StrataDataSet *self,
                           guint          i)
{
  StrataDataSet *part;

  if (strata_source_get_n_arrays (self->x) == 1)
    return strata_data_set_ref (self);
  if (self->inputs != NULL)
    return strata_data_set_ref (g_ptr_array_index (self->inputs, i));
  part = strata_data_set_new ();
  part->x = take_part (self->x, i);
  part->test_x = take_part (self->test_x, i);
  return part;
}

static GPtrArray *
share (GPtrArray *list)
{
  return list != NULL ? g_ptr_array_ref (list) : NULL;
}

static void
share_inputs (StrataDataSet *self,
              StrataDataSet *from)
{
  g_set_object (&self->x, from->x);
  g_set_object (&self->test_x, from->test_x);
  self->inputs = share (from->inputs);
  self->feature_names = share (from->feature_names);
  self->features = from->features != NULL ? g_array_ref (from->features) : NULL;
  self->vocabulary = share (from->vocabulary);
  self->image_form = from->image_form != NULL ? g_memdup2 (from->image_form, sizeof *from->image_form) : NULL;
}

/**
 * strata_data_set_dup_output: (skip)
 * @i: which of the outputs
 *
 * Returns: (transfer full): all inputs with the targets of one output; it is the data itself where there is no other
 */
StrataDataSet *
strata_data_set_dup_output (StrataDataSet *self,
                            guint          i)
{
  const StrataDataSet *known = self->outputs != NULL ? g_ptr_array_index (self->outputs, i) : NULL;
  StrataDataSet *part;

  if (self->y == NULL || strata_source_get_n_arrays (self->y) == 1)
    return strata_data_set_ref (self);
  part = strata_data_set_new ();
  share_inputs (part, self);
  part->y = take_part (self->y, i);
  part->test_y = take_part (self->test_y, i);
  if (known != NULL)
    {
      part->n_classes = known->n_classes;
      part->class_names = share (known->class_names);
      part->target_name = g_strdup (known->target_name);
      part->target_mean = known->target_mean;
      part->target_scale = known->target_scale;
    }
  return part;
}

static gboolean
reshape (StrataSource      **source,
         const StrataShape  *shape,
         GError            **error)
{
  StrataShape sample;
  StrataDType dtype;
  StrataSource *reshaped;

  if (*source == NULL || strata_source_get_n_arrays (*source) != 1)
    return TRUE;
  strata_source_get_spec (*source, 0, &dtype, &sample);
  if (strata_shape_is_compatible (&sample, shape))
    return TRUE;

  reshaped = strata_reshaped_source_new (*source, shape, error);
  if (reshaped == NULL)
    return FALSE;
  g_object_unref (*source);
  *source = reshaped;
  return TRUE;
}

/**
 * strata_data_set_adapt:
 * @input: shape of what the model takes, batch included
 *
 * Reshapes the inputs to what the model takes, where they hold as many numbers.
 */
gboolean
strata_data_set_adapt (StrataDataSet      *self,
                       const StrataShape  *input,
                       GError            **error)
{
  StrataShape sample = *input;

  if (sample.rank == 0)
    return TRUE;
  strata_shape_remove (&sample, 0);
  return reshape (&self->x, &sample, error) && reshape (&self->test_x, &sample, error);
}

static void
make_one_hot (StrataSource **source,
              gint64         n_classes)
{
  StrataSource *rows;

  if (*source == NULL)
    return;
  rows = strata_one_hot_source_new (*source, n_classes);
  g_object_unref (*source);
  *source = rows;
}

/**
 * strata_data_set_one_hot:
 *
 * Turns class numbers into rows, for losses that compare distributions. Targets
 * that are no classes stay.
 */
void
strata_data_set_one_hot (StrataDataSet *self)
{
  StrataShape sample;
  StrataDType dtype;

  if (self->n_classes <= 0 || self->y == NULL)
    return;
  strata_source_get_spec (self->y, 0, &dtype, &sample);
  if (strata_shape_get_size (&sample) != 1 || strata_source_get_n_arrays (self->y) != 1)
    return;
  make_one_hot (&self->y, self->n_classes);
  make_one_hot (&self->test_y, self->n_classes);
}

/**
 * strata_data_set_count_broken: (skip)
 * @path: (out) (transfer none) (optional): one of the files
 *
 * Returns: how many files of samples could not be read so far, and had others of their classes stand for them
 */
guint
strata_data_set_count_broken (StrataDataSet  *self,
                              const char    **path)
{
  StrataSource *sources[] = { self->test_x, self->x };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != NULL && STRATA_IS_IMAGE_SOURCE (sources[i]))
      n += strata_image_source_count_broken (STRATA_IMAGE_SOURCE (sources[i]), path);
  return n;
}

static void
feature_clear (gpointer data)
{
  StrataFeature *feature = data;

  g_free (feature->column);
  g_free (feature->value);
}

/**
 * strata_data_features_new: (skip)
 *
 * Returns: (transfer full) (element-type StrataFeature): a list of features, which owns their names
 */
GArray *
strata_data_features_new (void)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (StrataFeature));

  g_array_set_clear_func (features, feature_clear);
  return features;
}
