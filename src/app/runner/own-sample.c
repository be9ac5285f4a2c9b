/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/own-sample.h"

#include <math.h>
#include <string.h>

#include "data/vocabulary.h"
#include "document/json.h"
#include "models/array-source.h"
#include "runner/samples.h"

/**
 * strata_own_sample_new: (skip)
 * @inputs: what each input of the network gets
 *
 * Returns: (transfer full): one sample as those of @like are
 */
StrataDataSet *
strata_own_sample_new (StrataDataSet       *like,
                       StrataTensor *const *inputs,
                       guint                n_inputs,
                       GError             **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1));

  set->x = strata_array_source_new (inputs, n_inputs, error);
  if (set->x == NULL)
    return NULL;
  set->y = strata_array_source_new1 (y);
  set->n_classes = like->n_classes;
  set->vocabulary = like->vocabulary != NULL ? g_ptr_array_ref (like->vocabulary) : NULL;
  set->feature_names = like->feature_names != NULL ? g_ptr_array_ref (like->feature_names) : NULL;
  return g_steal_pointer (&set);
}

static StrataTensor *
new_array (StrataDataSet  *like,
           StrataDType     dtype,
           StrataShape    *shape,
           GError        **error)
{
  StrataDType found;

  strata_source_get_spec (like->x, 0, &found, shape);
  strata_shape_insert (shape, 0, 1);
  return strata_tensor_try_new (dtype, shape, error);
}

/* Numbers from 0 to 1 become those of @like: from @least to @most. */
static StrataTensor *
from_pixels (StrataDataSet  *like,
             const float    *pixels,
             float           least,
             float           most,
             GError        **error)
{
  StrataShape shape;
  g_autoptr (StrataTensor) x = new_array (like, STRATA_FLOAT32, &shape, error);

  for (gint64 i = 0; x != NULL && i < strata_tensor_get_size (x); i++)
    strata_tensor_get_floats (x)[i] = least + (most - least) * pixels[i];
  return g_steal_pointer (&x);
}

/**
 * strata_own_sample_from_numbers: (skip)
 * @numbers: as many as those of @like, made as those were
 *
 * Returns: (transfer full): they, as one sample
 */
StrataTensor *
strata_own_sample_from_numbers (StrataDataSet  *like,
                                const float    *numbers,
                                GError        **error)
{
  StrataShape shape;
  g_autoptr (StrataTensor) x = new_array (like, STRATA_FLOAT32, &shape, error);

  if (x == NULL)
    return NULL;
  memcpy (strata_tensor_get_floats (x), numbers, strata_tensor_get_size (x) * sizeof (float));
  return g_steal_pointer (&x);
}

/**
 * strata_own_sample_from_ink: (skip)
 * @paper: how pictures of @like are written
 * @pixels: how much ink is where, row by row
 *
 * Returns: (transfer full): the picture as those of @like are
 */
StrataTensor *
strata_own_sample_from_ink (StrataDataSet      *like,
                            const StrataPaper  *paper,
                            const float        *pixels,
                            GError            **error)
{
  return from_pixels (like, pixels, paper->paper, paper->ink, error);
}

/**
 * strata_own_sample_from_colors: (skip)
 * @paper: how pictures of @like are written
 * @picture: red, green and blue from 0 to 1, row by row
 *
 * Returns: (transfer full): the picture as those of @like are
 */
StrataTensor *
strata_own_sample_from_colors (StrataDataSet      *like,
                               const StrataPaper  *paper,
                               const float        *picture,
                               GError            **error)
{
  return from_pixels (like, picture, 0, MAX (paper->paper, paper->ink), error);
}

/**
 * strata_own_sample_from_text: (skip)
 *
 * Returns: (transfer full): @text as it is, or as numbers of its words, as those of @like are
 */
StrataTensor *
strata_own_sample_from_text (StrataDataSet  *like,
                             const char     *text,
                             GError        **error)
{
  StrataShape shape;
  g_autoptr (StrataTensor) x = new_array (like, like->vocabulary != NULL ? STRATA_INT32 : STRATA_STRING, &shape, error);

  if (x == NULL)
    return NULL;
  if (like->vocabulary != NULL)
    {
      g_autoptr (StrataVocabulary) vocabulary = strata_vocabulary_new_from_words (like->vocabulary);

      strata_vocabulary_encode (vocabulary, text, strata_tensor_get_data (x), strata_tensor_get_size (x));
    }
  else
    strata_tensor_set_string (x, 0, text);
  return g_steal_pointer (&x);
}

/**
 * strata_own_sample_from_row: (skip)
 * @values: a number for each of the features of @like, in its unit
 *
 * Returns: (transfer full): the row as those of @like are
 */
StrataTensor *
strata_own_sample_from_row (StrataDataSet  *like,
                            const double   *values,
                            GError        **error)
{
  StrataShape shape;
  g_autoptr (StrataTensor) x = new_array (like, STRATA_FLOAT32, &shape, error);

  for (gint64 i = 0; x != NULL && i < strata_tensor_get_size (x); i++)
    {
      const StrataFeature *feature = like->features != NULL ? &g_array_index (like->features, StrataFeature, i) : NULL;

      double value = feature != NULL ? (values[i] - feature->mean) * feature->scale : values[i];

      strata_tensor_get_floats (x)[i] = (float) value;
    }
  return g_steal_pointer (&x);
}

typedef struct
{
  StrataModel *model;
  JsonNode *compile;
  StrataDataSet *sample;
  gint64 n_classes;
  gboolean is_logits;
  guint output;
  double mean, scale;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->model);
  json_node_unref (question->compile);
  strata_data_set_unref (question->sample);
  g_free (question);
}

static void
append (GArray *answer,
        double  value)
{
  g_array_append_val (answer, value);
}

/* One number for two classes is about the second. */
static void
read_classes (const Question *question,
              const float    *row,
              gint64          width,
              GArray         *answer)
{
  double most = row[0], sum = 0;

  if (width == 1)
    {
      double p = question->is_logits ? 1 / (1 + exp (-(double) row[0])) : row[0];

      append (answer, 1 - p);
      append (answer, p);
      return;
    }
  for (gint64 i = 0; i < width; i++)
    most = MAX (most, row[i]);
  for (gint64 i = 0; i < width; i++)
    sum += exp (row[i] - most);
  for (gint64 i = 0; i < width; i++)
    append (answer, question->is_logits ? exp (row[i] - most) / sum : row[i]);
}

static GArray *
answer (const Question  *question,
        GError         **error)
{
  g_autoptr (StrataDataSet) fitting =
    strata_samples_for_model (question->sample, question->model, json_node_get_object (question->compile), error);
  g_autoptr (GPtrArray) outputs = fitting != NULL
                                  ? strata_model_predict (question->model, fitting->x, 1, NULL, error) : NULL;
  StrataTensor *output;
  GArray *result;

  if (outputs == NULL)
    return NULL;
  output = g_ptr_array_index (outputs, question->output);
  result = g_array_new (FALSE, FALSE, sizeof (double));
  if (question->n_classes > 0)
    read_classes (question, strata_tensor_get_floats (output), strata_tensor_get_size (output), result);
  else
    append (result, strata_tensor_get_floats (output)[0] / question->scale + question->mean);
  return result;
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *result = answer (task_data, &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) g_array_unref);
}

/**
 * strata_evaluation_answer_async: (skip)
 * @sample: one that was made like those of the evaluation's data
 *
 * Asks the network that was evaluated; it answers one question at a time.
 */
void
strata_evaluation_answer_async (StrataEvaluation    *self,
                                StrataDataSet       *sample,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new (Question, 1);

  *question = (Question){
    .model = g_object_ref (self->model),
    .compile = strata_json_copy (self->compile),
    .sample = strata_data_set_ref (sample),
    .n_classes = self->n_classes,
    .is_logits = self->is_logits,
    .output = self->output,
    .mean = self->set->target_mean,
    .scale = self->set->target_scale,
  };
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, work);
}

/**
 * strata_evaluation_answer_finish: (skip)
 *
 * Returns: (transfer full) (element-type double): the probability of each class, or a number
 */
GArray *
strata_evaluation_answer_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
