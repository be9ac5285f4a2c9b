/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/evaluation.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "data/data-source.h"
#include "document/json.h"
#include "models/slice-source.h"
#include "runner/loading.h"
#include "runner/samples.h"

#define BATCH_SIZE 64
/* More cannot be seen in one square. */
#define MOST_CLASSES 200

typedef struct
{
  StrataModel *model;
  JsonNode *data, *compile, *fit;
  char *folder;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->model);
  g_clear_pointer (&job->data, json_node_unref);
  g_clear_pointer (&job->compile, json_node_unref);
  g_clear_pointer (&job->fit, json_node_unref);
  g_free (job->folder);
  g_free (job);
}

void
strata_evaluation_free (StrataEvaluation *self)
{
  g_clear_pointer (&self->logs, strata_logs_free);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_pointer (&self->compile, json_node_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  g_clear_pointer (&self->mistakes, g_array_unref);
  g_free (self->counts);
  g_free (self->truths);
  g_free (self->answers);
  g_free (self);
}

/* Those that were set aside; else those that training holds out; else all. */
static void
choose_samples (StrataEvaluation  *self,
                StrataDataSet     *set,
                Job               *job,
                StrataSource     **x,
                StrataSource     **y)
{
  double share = job->fit != NULL ? strata_json_get_double (json_node_get_object (job->fit), "validation_split", 0) : 0;
  gint64 n = strata_source_get_size (set->x), first = share > 0 ? (gint64) (n * (1 - share)) : 0;

  self->first = 0;
  self->on = set->test_x != NULL && set->test_y != NULL ? STRATA_EVALUATED_ON_TEST
             : first > 0 && first < n                   ? STRATA_EVALUATED_ON_VALIDATION
                                                        : STRATA_EVALUATED_ON_TRAINING;
  if (self->on == STRATA_EVALUATED_ON_TEST)
    {
      *x = g_object_ref (set->test_x);
      *y = g_object_ref (set->test_y);
      return;
    }
  self->first = self->on == STRATA_EVALUATED_ON_VALIDATION ? first : 0;
  *x = strata_slice_source_new (set->x, self->first, n);
  *y = set->y != NULL ? strata_slice_source_new (set->y, self->first, n) : NULL;
}

/* The right answers, as one number each; where there are several, there is nothing to compare. */
static double *
read_truths (StrataEvaluation  *self,
             StrataDataSet     *set,
             GError           **error)
{
  StrataSource *y = self->on == STRATA_EVALUATED_ON_TEST ? set->test_y : set->y;
  g_autofree gint64 *indices = g_new (gint64, MAX (self->n, 1));
  g_autofree float *values = g_new (float, MAX (self->n, 1));
  double *truths;
  StrataShape shape;
  StrataDType dtype;

  strata_source_get_spec (y, 0, &dtype, &shape);
  if (strata_shape_get_size (&shape) != 1 || strata_source_get_n_arrays (y) != 1 || dtype == STRATA_STRING)
    return NULL;
  for (gint64 i = 0; i < self->n; i++)
    indices[i] = self->first + i;
  if (!strata_source_fill (y, 0, indices, self->n, STRATA_FLOAT32, values, error))
    return NULL;
  truths = g_new (double, MAX (self->n, 1));
  for (gint64 i = 0; i < self->n; i++)
    truths[i] = set->n_classes > 0 ? values[i] : strata_data_set_restore_target (set, values[i]);
  return truths;
}

static int
compare_mistakes (gconstpointer a,
                  gconstpointer b)
{
  const StrataMistake *x = a, *y = b;
  double p = isnan (x->confidence) ? fabs (x->answer - x->truth) : x->confidence;
  double q = isnan (y->confidence) ? fabs (y->answer - y->truth) : y->confidence;

  return p > q ? -1 : p < q ? 1 : x->index < y->index ? -1 : x->index > y->index;
}

/* One number is the probability of the second of two classes, or its logit; else the largest of a row wins, whose share
 * is its probability where the row is one. */
static double
decide (const float *row,
        gint64       width,
        gboolean     is_logits,
        double      *confidence)
{
  gint64 best = 0;
  double sum = 0;

  if (width == 1)
    {
      double p = is_logits ? 1 / (1 + exp (-(double) row[0])) : row[0];

      *confidence = p > 0.5 ? p : 1 - p;
      return p > 0.5;
    }
  for (gint64 i = 1; i < width; i++)
    if (row[i] > row[best])
      best = i;
  for (gint64 i = 0; i < width; i++)
    sum += is_logits ? exp ((double) row[i] - row[best]) : row[i];
  *confidence = is_logits ? 1 / sum : row[best];
  return best;
}

/* Numbers beyond 0 and 1 are no probabilities. */
static gboolean
are_logits (const float *values,
            gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    if (values[i] < -1e-4f || values[i] > 1 + 1e-4f)
      return TRUE;
  return FALSE;
}

static void
add_mistake (StrataEvaluation *self,
             gint64            i,
             double            confidence)
{
  StrataMistake mistake = { self->first + i, self->truths[i], self->answers[i], confidence };

  g_array_append_val (self->mistakes, mistake);
}

static void
compare_classes (StrataEvaluation *self,
                 const float      *values,
                 gint64            width)
{

  self->is_logits = are_logits (values, self->n * width);
  self->counts = g_new0 (gint64, self->n_classes * self->n_classes);
  for (gint64 i = 0; i < self->n; i++)
    {
      double confidence;
      gint64 truth = (gint64) self->truths[i];

      self->answers[i] = decide (values + i * width, width, self->is_logits, &confidence);
      if (truth >= 0 && truth < self->n_classes && self->answers[i] < self->n_classes)
        self->counts[truth * self->n_classes + (gint64) self->answers[i]]++;
      if (self->answers[i] != truth)
        add_mistake (self, i, confidence);
    }
}

static void
compare_numbers (StrataEvaluation *self,
                 StrataDataSet    *set,
                 const float      *values)
{
  double mean = 0, left = 0, all = 0, off = 0;

  for (gint64 i = 0; i < self->n; i++)
    mean += self->truths[i] / self->n;
  for (gint64 i = 0; i < self->n; i++)
    {
      self->answers[i] = strata_data_set_restore_target (set, values[i]);
      left += pow (self->answers[i] - self->truths[i], 2);
      all += pow (self->truths[i] - mean, 2);
      off += fabs (self->answers[i] - self->truths[i]);
      add_mistake (self, i, NAN);
    }
  self->squares = all > 0 ? 1 - left / all : NAN;
  self->absolute = off / self->n;
}

/* Networks whose answer is not one class or one number have only their metrics to show. */
static gboolean
compare (StrataEvaluation  *self,
         StrataDataSet     *set,
         StrataTensor      *predictions,
         GError           **error)
{
  g_autoptr (GError) why = NULL;
  gint64 width = self->n > 0 ? strata_tensor_get_size (predictions) / self->n : 0;
  gboolean classes = set->n_classes > 1 && set->n_classes <= MOST_CLASSES &&
                     (width == set->n_classes || (width == 1 && set->n_classes == 2));

  if (!classes && (width != 1 || set->n_classes > 0))
    return TRUE;
  self->truths = read_truths (self, set, &why);
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (self->truths == NULL)
    return TRUE;
  self->answers = g_new0 (double, self->n);
  self->n_classes = classes ? set->n_classes : 0;
  if (classes)
    compare_classes (self, strata_tensor_get_floats (predictions), width);
  else
    compare_numbers (self, set, strata_tensor_get_floats (predictions));
  g_array_sort (self->mistakes, compare_mistakes);
  return TRUE;
}

/* Of one output, what it makes of its own targets. */
static StrataEvaluation *
evaluate_output (StrataEvaluation  *whole,
                 guint              i,
                 StrataTensor      *predictions,
                 GError           **error)
{
  g_autoptr (StrataEvaluation) self = g_new0 (StrataEvaluation, 1);

  self->on = whole->on;
  self->n = whole->n;
  self->first = whole->first;
  self->output = i;
  self->squares = self->absolute = NAN;
  self->set = strata_data_set_dup_output (whole->set, i);
  self->inputs = g_ptr_array_ref (whole->inputs);
  self->model = g_object_ref (whole->model);
  self->compile = strata_json_copy (whole->compile);
  self->mistakes = g_array_new (FALSE, FALSE, sizeof (StrataMistake));
  if (strata_tensor_get_dtype (predictions) == STRATA_FLOAT32 && !compare (self, self->set, predictions, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Targets may be for some of the outputs only; nothing is compared then. */
static gboolean
evaluate_outputs (StrataEvaluation  *self,
                  GPtrArray         *predictions,
                  GError           **error)
{
  if (predictions->len == 1)
    return strata_tensor_get_dtype (g_ptr_array_index (predictions, 0)) != STRATA_FLOAT32 ||
           compare (self, self->set, g_ptr_array_index (predictions, 0), error);
  if (strata_source_get_n_arrays (self->set->y) != predictions->len)
    return TRUE;
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_evaluation_free);
  for (guint i = 0; i < predictions->len; i++)
    {
      StrataEvaluation *output = evaluate_output (self, i, g_ptr_array_index (predictions, i), error);

      if (output == NULL)
        return FALSE;
      g_ptr_array_add (self->outputs, output);
    }
  return TRUE;
}

static StrataEvaluation *
evaluate (Job           *job,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (StrataEvaluation) self = g_new0 (StrataEvaluation, 1);
  g_autoptr (StrataDataSet) set = strata_data_source_load (json_node_get_object (job->data), job->folder, error);
  g_autoptr (StrataDataSet) samples = NULL;
  g_autoptr (StrataSource) x = NULL, y = NULL;
  g_autoptr (GPtrArray) outputs = NULL;

  self->squares = self->absolute = NAN;
  self->mistakes = g_array_new (FALSE, FALSE, sizeof (StrataMistake));
  if (set == NULL || !strata_model_compile (job->model, json_node_get_object (job->compile), error))
    return NULL;
  samples = strata_samples_for_model (set, job->model, json_node_get_object (job->compile), error);
  if (samples == NULL)
    return NULL;
  choose_samples (self, samples, job, &x, &y);
  if (y == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, _("The data has no answers to compare with"));
      return NULL;
    }
  self->n = strata_source_get_size (x);
  self->set = strata_data_set_ref (set);
  self->model = g_object_ref (job->model);
  self->compile = strata_json_copy (job->compile);
  self->logs = strata_model_evaluate (job->model, x, y, NULL, BATCH_SIZE, error);
  if (self->logs == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  outputs = strata_model_predict (job->model, x, BATCH_SIZE, cancellable, error);
  if (outputs == NULL)
    return NULL;
  /* While it is read anyway: own input is to be asked about without reading files then. */
  self->inputs = strata_input_facts_list (set, job->model, error);
  if (self->inputs == NULL)
    return NULL;
  if (!evaluate_outputs (self, outputs, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  StrataEvaluation *evaluation = evaluate (task_data, cancellable, &error);

  if (evaluation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, evaluation, (GDestroyNotify) strata_evaluation_free);
}

static JsonNode *
dup_setting (StrataDocument *document,
             const char     *key)
{
  JsonNode *node = strata_document_get_setting (document, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? strata_json_copy (node) : NULL;
}

/**
 * strata_document_evaluate_async: (skip)
 *
 * Tries the document's network, as it is now, on samples of its data.
 */
void
strata_document_evaluate_async (StrataDocument      *document,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (document, cancellable, callback, user_data);
  GError *error = NULL;
  Job *job = g_new0 (Job, 1);

  g_task_set_task_data (task, job, job_free);
  job->data = dup_setting (document, "data");
  job->compile = dup_setting (document, "compile");
  job->fit = dup_setting (document, "fit");
  job->folder = strata_document_dup_data_folder (document);
  if (job->data == NULL || job->compile == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The network has no data, or no loss"));
      return;
    }
  job->model = strata_document_build_model (document, &error);
  if (job->model == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, work);
}

/**
 * strata_document_evaluate_finish: (skip)
 *
 * Returns: (transfer full): what came out, or %NULL with @error set
 */
StrataEvaluation *
strata_document_evaluate_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * strata_evaluation_dup_class: (skip)
 *
 * Returns: (transfer full): what a class is called
 */
char *
strata_evaluation_dup_class (StrataEvaluation *self,
                             gint64            class)
{
  return strata_data_set_dup_answer (self->set, class);
}

gint64
strata_evaluation_get_count (StrataEvaluation *self,
                             gint64            truth,
                             gint64            answer)
{
  return self->counts[truth * self->n_classes + answer];
}

gint64
strata_evaluation_get_n_true (StrataEvaluation *self,
                              gint64            truth)
{
  gint64 n = 0;

  for (gint64 i = 0; i < self->n_classes; i++)
    n += strata_evaluation_get_count (self, truth, i);
  return n;
}

/**
 * strata_evaluation_read_async: (skip)
 *
 * Reads the samples that were mistaken, in a thread; strata_preview_read_finish() takes them.
 */
void
strata_evaluation_read_async (StrataEvaluation    *self,
                              const StrataMistake *mistakes,
                              gsize                n,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree gint64 *indices = g_new (gint64, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    indices[i] = mistakes[i].index;
  strata_preview_read_async (self->set, self->on == STRATA_EVALUATED_ON_TEST, indices, n, cancellable,
                             callback, user_data);
}
