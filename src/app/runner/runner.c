/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/runner.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "runner/job.h"
#include "runner/scout.h"

/**
 * StrataRunner:
 *
 * Trains a document's network without keeping anyone waiting.
 */
struct _StrataRunner
{
  GObject parent_instance;

  StrataDocument *document;
  StrataRunnerState state;
  char *message;
  StrataJob *job;
  StrataScout *scout;
  StrataRun *run;
  StrataProfile *profile;
  gboolean watched;
  double keep_seconds;  /* 0 for as often as is usual */
  gint64 epoch, n_epochs, batch, n_batches;
  double seconds, speed;
};

G_DEFINE_FINAL_TYPE (StrataRunner, strata_runner, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_ACTIVE,
  PROP_RUN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint updated_signal, profiled_signal;

static void
strata_runner_dispose (GObject *object)
{
  StrataRunner *self = STRATA_RUNNER (object);

  g_clear_pointer (&self->job, strata_job_abandon);
  g_clear_object (&self->scout);
  g_clear_object (&self->run);
  g_clear_pointer (&self->profile, strata_profile_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_runner_parent_class)->dispose (object);
}

static void
strata_runner_finalize (GObject *object)
{
  g_free (STRATA_RUNNER (object)->message);

  G_OBJECT_CLASS (strata_runner_parent_class)->finalize (object);
}

static void
strata_runner_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StrataRunner *self = STRATA_RUNNER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, strata_runner_is_active (self));
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_runner_class_init (StrataRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = strata_runner_dispose;
  object_class->finalize = strata_runner_finalize;
  object_class->get_property = strata_runner_get_property;
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, STRATA_RUNNER_FAILED, 0, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, STRATA_TYPE_RUN, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  updated_signal = g_signal_new ("updated", STRATA_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  profiled_signal = g_signal_new ("profiled", STRATA_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
strata_runner_init (StrataRunner *self)
{
}

/**
 * strata_runner_new:
 *
 * Returns: (transfer full): a runner for a document
 */
StrataRunner *
strata_runner_new (StrataDocument *document)
{
  StrataRunner *self = g_object_new (STRATA_TYPE_RUNNER, NULL);

  self->document = g_object_ref (document);
  self->scout = strata_scout_new (document);
  return self;
}

StrataDocument *
strata_runner_get_document (StrataRunner *self)
{
  return self->document;
}

static void
set_state (StrataRunner      *self,
           StrataRunnerState  state)
{
  gboolean was_active = strata_runner_is_active (self);

  if (self->state == state)
    return;

  self->state = state;
  strata_scout_set_paused (self->scout, strata_runner_is_active (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (strata_runner_is_active (self) != was_active)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
take_points (StrataRunner *self,
             GArray       *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      const StrataJobPoint *point = &g_array_index (points, StrataJobPoint, i);

      if (point->whole)
        strata_run_add_epoch (self->run, point->name, (guint) point->epoch, point->value);
      else
        strata_run_add_batch (self->run, point->name, point->epoch, point->value);
    }
}

/* How it ended, in words, where that is more than the curves show. */
static char *
describe_end (StrataRunner          *self,
              const StrataJobReport *report,
              gboolean               stopped)
{
  if (report->error != NULL && !stopped)
    return self->epoch > 0 ? g_strdup_printf (_("%s. What was learned until then is kept."), report->error->message)
                           : g_strdup (report->error->message);
  if (report->n_broken > 0)
    return g_strdup_printf (ngettext ("%u picture could not be read; another of its class stood for it: “%s”",
                                      "%u pictures could not be read; others of their classes stood for them. One is "
                                      "“%s”",
                                      report->n_broken),
                            report->n_broken, report->broken);
  return NULL;
}

static void
finish (StrataRunner          *self,
        const StrataJobReport *report)
{
  g_autoptr (StrataModel) model = g_object_ref (strata_job_get_model (self->job));
  gboolean stopped = strata_job_was_cancelled (self->job), failed = report->error != NULL && !stopped;

  g_free (self->message);
  self->message = describe_end (self, report, stopped);
  g_clear_pointer (&self->job, strata_job_abandon);
  strata_document_set_underway (self->document, NULL);
  /* Weights that overflowed would spoil every run after this one. Those of before an error are as good as any. */
  if (self->epoch > 0 && !strata_run_has_overflowed (self->run, NULL))
    strata_document_set_weights_from (self->document, model);
  strata_run_end (self->run, failed ? STRATA_RUN_FAILED : stopped ? STRATA_RUN_STOPPED : STRATA_RUN_FINISHED,
                  failed ? report->error->message : NULL);
  set_state (self, failed ? STRATA_RUNNER_FAILED : STRATA_RUNNER_FINISHED);
}

static void
set_profile (StrataRunner  *self,
             StrataProfile *profile)
{
  g_clear_pointer (&self->profile, strata_profile_unref);
  self->profile = profile != NULL ? strata_profile_ref (profile) : NULL;
  g_signal_emit (self, profiled_signal, 0);
}

static void
on_report (StrataJobReport *report,
           gpointer         user_data)
{
  g_autoptr (StrataRunner) self = g_object_ref (user_data);

  self->epoch = report->epoch;
  self->n_epochs = report->n_epochs;
  self->batch = report->batch;
  self->n_batches = report->n_batches;
  self->seconds = report->seconds;
  self->speed = report->speed;
  if (self->state == STRATA_RUNNER_PREPARING && report->epoch > 0)
    set_state (self, STRATA_RUNNER_RUNNING);

  take_points (self, report->points);
  strata_run_update (self->run, (guint) report->n_epochs, report->seconds);
  if (report->profile != NULL)
    set_profile (self, report->profile);
  if (report->kept != NULL)
    strata_document_set_underway (self->document, report->kept);
  if (report->done)
    finish (self, report);
  g_signal_emit (self, updated_signal, 0);
}

static JsonNode *
get_settings (StrataRunner  *self,
              const char    *key,
              const char    *missing,
              GError       **error)
{
  JsonNode *node = strata_document_get_setting (self->document, key);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_STATE, missing);
  return NULL;
}

static JsonNode *
collect_settings (StrataRunner *self)
{
  static const char *const keys[] = { "compile", "fit", "data" };
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonNode *setting = strata_document_get_setting (self->document, keys[i]);

      if (setting != NULL)
        json_object_set_member (object, keys[i], json_node_ref (setting));
    }
  json_object_unref (object);
  return node;
}

static char *
get_folder (StrataRunner *self)
{
  GFile *file = strata_document_get_file (self->document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;

  return folder != NULL ? g_file_get_path (folder) : NULL;
}

static guint
next_number (StrataRunner *self)
{
  const GPtrArray *runs = strata_document_get_runs (self->document);
  guint number = 0;

  for (guint i = 0; i < runs->len; i++)
    number = MAX (number, strata_run_get_number (g_ptr_array_index (runs, i)));
  return number + 1;
}

static void
begin_run (StrataRunner *self)
{
  g_autoptr (JsonNode) settings = collect_settings (self);

  g_clear_object (&self->run);
  self->run = strata_run_new (next_number (self), settings);
  strata_document_add_run (self->document, self->run);
  g_clear_pointer (&self->message, g_free);
  self->epoch = self->n_epochs = self->batch = self->n_batches = 0;
  self->seconds = self->speed = 0;
  set_profile (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

/* Runs that are compared begin alike. */
static gboolean
wants_new_weights (StrataRunner *self)
{
  JsonNode *fit = strata_document_get_setting (self->document, "fit");

  return fit != NULL && JSON_NODE_HOLDS_OBJECT (fit) &&
         strata_json_get_bool (json_node_get_object (fit), "new_weights", FALSE);
}

/**
 * strata_runner_start:
 *
 * Begins to train, from the weights that the document has, or from new ones where the setting `new_weights` of "fit"
 * asks for them. What can be told at once to be missing is told in @error; what comes up later ends in state failed,
 * and what was learned until then is kept.
 */
gboolean
strata_runner_start (StrataRunner  *self,
                     GError       **error)
{
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (JsonNode) usual = NULL;
  g_autofree char *folder = get_folder (self);
  JsonNode *compile, *fit, *data;

  if (strata_runner_is_active (self))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_STATE, _("The network is being trained already"));
      return FALSE;
    }
  if (wants_new_weights (self))
    model = strata_document_build_fresh_model (self->document, error);
  else
    model = strata_document_build_model (self->document, error);
  if (model == NULL ||
      (compile = get_settings (self, "compile", _("Choose an optimizer and a loss before training"), error)) == NULL ||
      (data = get_settings (self, "data", _("Choose data before training"), error)) == NULL)
    return FALSE;
  fit = get_settings (self, "fit", "", NULL);
  if (fit == NULL)
    fit = usual = json_from_string ("{}", NULL);

  begin_run (self);
  self->job = strata_job_new (model, compile, fit, data, folder);
  if (!wants_new_weights (self))
    strata_job_continue (self->job, strata_document_get_optimized (self->document));
  strata_job_set_watched (self->job, self->watched);
  if (self->keep_seconds > 0)
    strata_job_set_keep_seconds (self->job, self->keep_seconds);
  set_state (self, STRATA_RUNNER_PREPARING);
  strata_job_start (self->job, on_report, self);
  return TRUE;
}

/**
 * strata_runner_stop:
 *
 * Ends training after the batch; what was learned is kept.
 */
void
strata_runner_stop (StrataRunner *self)
{
  if (self->job == NULL)
    return;

  strata_job_cancel (self->job);
  set_state (self, STRATA_RUNNER_STOPPING);
}

StrataRunnerState
strata_runner_get_state (StrataRunner *self)
{
  return self->state;
}

gboolean
strata_runner_is_active (StrataRunner *self)
{
  return self->state == STRATA_RUNNER_PREPARING || self->state == STRATA_RUNNER_RUNNING ||
         self->state == STRATA_RUNNER_STOPPING;
}

/**
 * strata_runner_get_message:
 *
 * Returns: (nullable): why training failed, or what else is to be known of how it ended
 */
const char *
strata_runner_get_message (StrataRunner *self)
{
  return self->message;
}

/**
 * strata_runner_get_run:
 *
 * Returns: (transfer none) (nullable): the run that goes on, or the last one
 */
StrataRun *
strata_runner_get_run (StrataRunner *self)
{
  return self->run;
}

/**
 * strata_runner_set_watched:
 * @watched: whether someone looks at where the time goes
 *
 * Has the profile kept up while training goes on, not only told at its end.
 */
void
strata_runner_set_watched (StrataRunner *self,
                           gboolean      watched)
{
  self->watched = watched;
  if (self->job != NULL)
    strata_job_set_watched (self->job, watched);
}

/**
 * strata_runner_set_keep_seconds:
 *
 * How often what is learned is given to the document, for copies that outlive the program; for the next training.
 */
void
strata_runner_set_keep_seconds (StrataRunner *self,
                                double        seconds)
{
  self->keep_seconds = seconds;
}

/**
 * strata_runner_get_profile:
 *
 * Returns: (transfer none) (nullable): where the time of the current run goes, as far as that is known
 */
StrataProfile *
strata_runner_get_profile (StrataRunner *self)
{
  return self->profile;
}

gint64
strata_runner_get_epoch (StrataRunner *self)
{
  return self->epoch;
}

gint64
strata_runner_get_n_epochs (StrataRunner *self)
{
  return self->n_epochs;
}

gint64
strata_runner_get_batch (StrataRunner *self)
{
  return self->batch;
}

gint64
strata_runner_get_n_batches (StrataRunner *self)
{
  return self->n_batches;
}

/**
 * strata_runner_get_fraction:
 *
 * Returns: how much of all epochs is done, from 0 to 1
 */
double
strata_runner_get_fraction (StrataRunner *self)
{
  if (self->n_epochs == 0 || self->n_batches == 0 || self->epoch == 0)
    return 0;
  return (self->epoch - 1 + (double) self->batch / self->n_batches) / self->n_epochs;
}

/**
 * strata_runner_get_seconds:
 *
 * Returns: how long it has trained
 */
double
strata_runner_get_seconds (StrataRunner *self)
{
  return self->seconds;
}

/**
 * strata_runner_get_speed:
 *
 * Returns: samples a second
 */
double
strata_runner_get_speed (StrataRunner *self)
{
  return self->speed;
}

/**
 * strata_runner_get_time_left:
 *
 * Returns: about how many seconds it will take still, or -1 where that is not known yet
 */
double
strata_runner_get_time_left (StrataRunner *self)
{
  double fraction = strata_runner_get_fraction (self);

  if (fraction <= 0 || self->seconds < 0.5)
    return -1;
  return self->seconds * (1 - fraction) / fraction;
}

/**
 * strata_runner_get_value:
 * @series: a loss or metric, such as "val_accuracy"
 * @value: (out): its latest value in the current run
 *
 * Returns: whether there is one
 */
gboolean
strata_runner_get_value (StrataRunner *self,
                         const char   *series,
                         double       *value)
{
  guint n_epochs = 0, n_batches = 0;
  const StrataRunPoint *epochs, *batches;

  if (self->run == NULL)
    return FALSE;

  epochs = strata_run_get_epoch_points (self->run, series, &n_epochs);
  batches = strata_run_get_batch_points (self->run, series, &n_batches);
  if (n_epochs == 0 && n_batches == 0)
    return FALSE;
  if (n_batches > 0 && (n_epochs == 0 || batches[n_batches - 1].epoch > epochs[n_epochs - 1].epoch))
    *value = batches[n_batches - 1].value;
  else
    *value = epochs[n_epochs - 1].value;
  return TRUE;
}
