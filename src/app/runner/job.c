/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/job.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "data/data-source.h"
#include "document/json.h"
#include "io/keras/compile-config.h"
#include "runner/duplicate.h"
#include "runner/samples.h"

#define POST_SECONDS 0.05
#define POINT_SECONDS 0.02
#define PROFILE_SECONDS 0.5
/* One batch of so many is measured op by op: too few to be noticed. */
#define PROFILE_EVERY 8
/* What is learned is handed out so often, where that takes no more than this share of the time. */
#define KEEP_SECONDS 20
#define KEEP_SHARE 0.02

struct _StrataJob
{
  gatomicrefcount ref_count;
  StrataModel *model, *earlier;
  JsonNode *compile, *fit, *data;
  char *folder;
  GCancellable *cancellable;
  GMainContext *context;

  /* Only the main thread's */
  StrataJobFunc func;
  gpointer user_data;

  /* Only the worker's */
  gint64 began, last_post, last_point, last_profile;
  gint64 batch_size, n_batches;
  gint64 last_kept;             /* when what was learned was handed out */
  double keep_seconds;          /* how long after that it is again */
  StrataDataSet *set;           /* as it was read */

  gint watched; /* whether someone looks at the profile */

  GMutex mutex;
  StrataJobReport report;       /* what the main thread has not seen */
  gboolean posted;
};

static StrataJob *
job_ref (StrataJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
job_unref (StrataJob *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->model);
  g_clear_object (&self->earlier);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->compile, json_node_unref);
  g_clear_pointer (&self->fit, json_node_unref);
  g_clear_pointer (&self->data, json_node_unref);
  g_free (self->folder);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->report.points, g_array_unref);
  g_clear_pointer (&self->report.profile, strata_profile_unref);
  g_clear_object (&self->report.kept);
  g_clear_error (&self->report.error);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * strata_job_new: (skip)
 * @model: what to train; nobody else may use it until the job is done
 * @compile: as for Keras's compile()
 * @fit: `epochs`, `batch_size`, `validation_split`, `shuffle`, `seed`, `callbacks`
 * @data: a description as for strata_data_source_load()
 * @folder: (nullable): where relative paths in @data begin
 *
 * Returns: (transfer full): a job, which strata_job_abandon() gives up
 */
StrataJob *
strata_job_new (StrataModel *model,
                JsonNode    *compile,
                JsonNode    *fit,
                JsonNode    *data,
                const char  *folder)
{
  StrataJob *self = g_new0 (StrataJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->model = g_object_ref (model);
  /* JSON objects are not counted atomically: two threads must not share them. */
  self->compile = strata_json_copy (compile);
  self->fit = strata_json_copy (fit);
  self->data = strata_json_copy (data);
  self->folder = g_strdup (folder);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->report.points = g_array_new (FALSE, FALSE, sizeof (StrataJobPoint));
  self->keep_seconds = KEEP_SECONDS;
  return self;
}

/**
 * strata_job_continue: (skip)
 * @earlier: (nullable): the model that was trained last
 *
 * Goes on with what the optimizer of that one had learned, where both are compiled alike.
 */
void
strata_job_continue (StrataJob   *self,
                     StrataModel *earlier)
{
  g_set_object (&self->earlier, earlier);
}

StrataModel *
strata_job_get_model (StrataJob *self)
{
  return self->model;
}

/* In the main thread: takes what there is and hands it on. */
static gboolean
deliver (gpointer user_data)
{
  StrataJob *self = user_data;
  StrataJobReport report;

  g_mutex_lock (&self->mutex);
  report = self->report;
  self->report.points = g_array_new (FALSE, FALSE, sizeof (StrataJobPoint));
  self->report.profile = NULL;
  self->report.kept = NULL;
  self->report.error = NULL;
  self->posted = FALSE;
  g_mutex_unlock (&self->mutex);

  if (self->func != NULL)
    self->func (&report, self->user_data);
  g_array_unref (report.points);
  g_clear_pointer (&report.profile, strata_profile_unref);
  g_clear_object (&report.kept);
  g_clear_error (&report.error);
  return G_SOURCE_REMOVE;
}

/* With the mutex held: sees to it that the main thread looks. */
static void
post (StrataJob *self)
{
  g_autoptr (GSource) source = NULL;

  self->last_post = g_get_monotonic_time ();
  if (self->posted)
    return;

  self->posted = TRUE;
  source = g_idle_source_new ();
  /* Below input and drawing, so that the window stays as quick as ever. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, deliver, job_ref (self), (GDestroyNotify) job_unref);
  g_source_attach (source, self->context);
}

static void
add_points (StrataJob            *self,
            const StrataProgress *progress,
            double                epoch)
{
  for (guint i = 0; i < strata_logs_get_n (progress->logs); i++)
    {
      StrataJobPoint point = { .epoch = epoch, .whole = progress->epoch_done };

      point.name = g_intern_string (strata_logs_get_entry (progress->logs, i, &point.value));
      g_array_append_val (self->report.points, point);
    }
}

static StrataProfile *
take_profile (StrataJob *self,
              gint64     now)
{
  self->last_profile = now;
  return strata_profile_new (self->model, self->n_batches, (now - self->began) / (double) G_USEC_PER_SEC);
}

static void
set_profile (StrataJob     *self,
             StrataProfile *profile)
{
  g_clear_pointer (&self->report.profile, strata_profile_unref);
  self->report.profile = profile;
}

/* A copy, as training goes on meanwhile. Where there is no memory for it, the last one must do. */
static StrataModel *
keep (StrataJob *self,
      gint64     now)
{
  StrataModel *kept = strata_duplicate_model (self->model, self->compile, NULL);
  double took = (g_get_monotonic_time () - now) / (double) G_USEC_PER_SEC;

  self->last_kept = now;
  self->keep_seconds = MAX (self->keep_seconds, took / KEEP_SHARE);
  return kept;
}

static void
on_progress (const StrataProgress *progress,
             gpointer              user_data)
{
  StrataJob *self = user_data;
  gint64 now = g_get_monotonic_time ();
  double epoch = progress->epoch + (double) progress->batch / MAX (progress->n_batches, 1);
  gboolean first = self->began == 0;
  StrataProfile *profile = NULL;
  StrataModel *kept = NULL;

  if (first)
    self->began = self->last_kept = now - (gint64) (progress->seconds * G_USEC_PER_SEC);
  self->n_batches += progress->epoch_done ? 0 : 1;
  if (g_atomic_int_get (&self->watched) && now - self->last_profile > PROFILE_SECONDS * G_USEC_PER_SEC)
    profile = take_profile (self, now);
  if (now - self->last_kept > self->keep_seconds * G_USEC_PER_SEC)
    kept = keep (self, now);

  g_mutex_lock (&self->mutex);
  if (profile != NULL)
    set_profile (self, profile);
  if (kept != NULL)
    {
      g_clear_object (&self->report.kept);
      self->report.kept = kept;
    }
  self->report.epoch = progress->epoch + 1;
  self->report.n_epochs = progress->n_epochs;
  self->report.batch = progress->batch;
  self->report.n_batches = progress->n_batches;
  self->report.seconds = (now - self->began) / (double) G_USEC_PER_SEC;
  if (!progress->epoch_done && progress->seconds > 0)
    self->report.speed = progress->batch * self->batch_size / progress->seconds;
  if (progress->epoch_done || now - self->last_point > POINT_SECONDS * G_USEC_PER_SEC)
    {
      self->last_point = now;
      add_points (self, progress, progress->epoch_done ? progress->epoch + 1 : epoch);
    }
  if (first || now - self->last_post > POST_SECONDS * G_USEC_PER_SEC)
    post (self);
  g_mutex_unlock (&self->mutex);
}

static GPtrArray *
read_callbacks (JsonObject  *fit,
                GError     **error)
{
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = strata_json_get_array (fit, "callbacks");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = strata_json_is_string (element) ? json_node_get_string (element) : NULL;
      StrataObject *callback = text != NULL ? strata_object_new_from_text (STRATA_KIND_CALLBACK, text, error)
                                            : strata_object_deserialize (STRATA_KIND_CALLBACK, element, error);

      if (callback == NULL)
        return NULL;
      g_ptr_array_add (callbacks, callback);
    }
  return g_steal_pointer (&callbacks);
}

static StrataDataSet *
load_data (StrataJob  *self,
           GError    **error)
{
  StrataDataSet *set = self->set = strata_data_source_load (json_node_get_object (self->data), self->folder, error);

  return set != NULL ? strata_samples_for_model (set, self->model, json_node_get_object (self->compile), error) : NULL;
}

static gboolean
train (StrataJob  *self,
       GError    **error)
{
  JsonObject *options = json_node_get_object (self->fit);
  g_autoptr (StrataDataSet) set = NULL;
  g_autoptr (GPtrArray) callbacks = read_callbacks (options, error);
  g_autoptr (StrataHistory) history = NULL;
  StrataFit fit = { 0 };

  if (callbacks == NULL || !strata_model_compile (self->model, json_node_get_object (self->compile), error))
    return FALSE;
  strata_model_continue (self->model, self->earlier);
  set = load_data (self, error);
  if (set == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  fit.x = set->x;
  fit.y = set->y;
  fit.epochs = strata_json_get_int (options, "epochs", 1);
  fit.batch_size = self->batch_size = strata_json_get_int (options, "batch_size", 32);
  fit.validation_split = strata_json_get_double (options, "validation_split", 0);
  fit.shuffle = strata_json_get_bool (options, "shuffle", TRUE);
  fit.seed = (guint64) MAX (0, strata_json_get_int (options, "seed", 0));
  fit.callbacks = callbacks;
  fit.cancellable = self->cancellable;
  fit.progress = on_progress;
  fit.user_data = self;
  /* Samples that were set aside are what to validate with, unless a share of the others is. */
  if (fit.validation_split == 0 && strata_json_get_bool (options, "validate_with_test", TRUE))
    {
      fit.validation_x = set->test_x;
      fit.validation_y = set->test_y;
    }
  strata_model_set_profiling (self->model, PROFILE_EVERY);
  history = strata_model_fit (self->model, &fit, error);
  return history != NULL;
}

static gpointer
work (gpointer user_data)
{
  StrataJob *self = user_data;
  StrataProfile *profile = NULL;
  GError *error = NULL;

  train (self, &error);
  if (self->n_batches > 0)
    profile = take_profile (self, g_get_monotonic_time ());
  strata_model_set_profiling (self->model, 0);

  g_mutex_lock (&self->mutex);
  if (profile != NULL)
    set_profile (self, profile);
  self->report.done = TRUE;
  if (self->set != NULL)
    self->report.n_broken = strata_data_set_count_broken (self->set, &self->report.broken);
  self->report.error = error;
  post (self);
  g_mutex_unlock (&self->mutex);
  job_unref (self);
  return NULL;
}

/**
 * strata_job_set_watched: (skip)
 * @watched: whether reports tell where the time goes while the job goes on; the last one does in any case
 */
void
strata_job_set_watched (StrataJob *self,
                        gboolean   watched)
{
  g_atomic_int_set (&self->watched, watched);
}

/**
 * strata_job_set_keep_seconds: (skip)
 * @seconds: how often reports bring what was learned so far, where that takes little of the time
 */
void
strata_job_set_keep_seconds (StrataJob *self,
                             double     seconds)
{
  self->keep_seconds = seconds;
}

/**
 * strata_job_start: (skip)
 * @func: called in this thread's main context, last with a report that is done
 *
 * Begins.
 */
void
strata_job_start (StrataJob     *self,
                  StrataJobFunc  func,
                  gpointer       user_data)
{
  self->func = func;
  self->user_data = user_data;
  g_thread_unref (g_thread_new ("training", work, job_ref (self)));
}

void
strata_job_cancel (StrataJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

gboolean
strata_job_was_cancelled (StrataJob *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * strata_job_abandon: (skip)
 *
 * Gives the job up: it ends after the batch and reports no more.
 */
void
strata_job_abandon (StrataJob *self)
{
  self->func = NULL;
  g_cancellable_cancel (self->cancellable);
  job_unref (self);
}
