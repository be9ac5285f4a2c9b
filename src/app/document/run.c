/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/run-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "document/json.h"

/**
 * StrataRun:
 *
 * The record of one training: how it was set, its curves, and what became of it.
 */
G_DEFINE_FINAL_TYPE (StrataRun, strata_run, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_NOTES,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
series_free (gpointer data)
{
  StrataRunSeries *series = data;

  g_free (series->name);
  g_array_unref (series->epochs);
  g_array_unref (series->batches);
  g_free (series);
}

static void
strata_run_finalize (GObject *object)
{
  StrataRun *self = STRATA_RUN (object);

  g_free (self->name);
  g_free (self->notes);
  g_free (self->message);
  g_clear_pointer (&self->settings, json_node_unref);
  g_ptr_array_unref (self->series);

  G_OBJECT_CLASS (strata_run_parent_class)->finalize (object);
}

static void
strata_run_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  StrataRun *self = STRATA_RUN (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NOTES:
      g_value_set_string (value, self->notes);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_run_class_init (StrataRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = strata_run_finalize;
  object_class->get_property = strata_run_get_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_NOTES] = g_param_spec_string ("notes", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, STRATA_RUN_FAILED, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", STRATA_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_run_init (StrataRun *self)
{
  self->series = g_ptr_array_new_with_free_func (series_free);
}

/**
 * strata_run_new:
 * @number: which of the document's runs
 * @settings: (nullable): how the model is trained
 *
 * Returns: (transfer full): a run that begins now
 */
StrataRun *
strata_run_new (guint     number,
                JsonNode *settings)
{
  StrataRun *self = g_object_new (STRATA_TYPE_RUN, NULL);

  self->number = number;
  self->name = g_strdup_printf (_("Run %u"), number);
  self->settings = settings != NULL ? strata_json_copy (settings) : NULL;
  self->started = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

guint
strata_run_get_number (StrataRun *self)
{
  return self->number;
}

const char *
strata_run_get_name (StrataRun *self)
{
  return self->name;
}

void
strata_run_set_name (StrataRun  *self,
                     const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * strata_run_get_notes:
 *
 * Returns: (nullable): what the user noted about it
 */
const char *
strata_run_get_notes (StrataRun *self)
{
  return self->notes;
}

void
strata_run_set_notes (StrataRun  *self,
                      const char *notes)
{
  if (g_strcmp0 (self->notes, notes) == 0)
    return;

  g_free (self->notes);
  self->notes = g_strdup (notes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES]);
}

StrataRunState
strata_run_get_state (StrataRun *self)
{
  return self->state;
}

/**
 * strata_run_get_message:
 *
 * Returns: (nullable): why it failed
 */
const char *
strata_run_get_message (StrataRun *self)
{
  return self->message;
}

JsonNode *
strata_run_get_settings (StrataRun *self)
{
  return self->settings;
}

/**
 * strata_run_get_started:
 *
 * Returns: when it began, in seconds since 1970
 */
gint64
strata_run_get_started (StrataRun *self)
{
  return self->started;
}

/**
 * strata_run_get_seconds:
 *
 * Returns: how long it took, or has taken
 */
double
strata_run_get_seconds (StrataRun *self)
{
  return self->seconds;
}

/**
 * strata_run_get_n_epochs:
 *
 * Returns: how many epochs it was to have
 */
guint
strata_run_get_n_epochs (StrataRun *self)
{
  return self->n_epochs;
}

static StrataRunSeries *
find_series (StrataRun  *self,
             const char *name)
{
  for (guint i = 0; i < self->series->len; i++)
    if (g_str_equal (((StrataRunSeries *) g_ptr_array_index (self->series, i))->name, name))
      return g_ptr_array_index (self->series, i);
  return NULL;
}

StrataRunSeries *
strata_run_ensure_series (StrataRun  *self,
                          const char *name)
{
  StrataRunSeries *series = find_series (self, name);

  if (series != NULL)
    return series;

  series = g_new0 (StrataRunSeries, 1);
  series->name = g_strdup (name);
  series->epochs = g_array_new (FALSE, FALSE, sizeof (StrataRunPoint));
  series->batches = g_array_new (FALSE, FALSE, sizeof (StrataRunPoint));
  g_ptr_array_add (self->series, series);
  return series;
}

guint
strata_run_get_n_series (StrataRun *self)
{
  return self->series->len;
}

const char *
strata_run_get_series_name (StrataRun *self,
                            guint      i)
{
  return ((StrataRunSeries *) g_ptr_array_index (self->series, i))->name;
}

/**
 * strata_run_get_epoch_points: (skip)
 * @n_points: (out): how many
 *
 * Returns: (transfer none) (nullable): the value at the end of each epoch
 */
const StrataRunPoint *
strata_run_get_epoch_points (StrataRun  *self,
                             const char *series,
                             guint      *n_points)
{
  StrataRunSeries *found = find_series (self, series);

  *n_points = found != NULL ? found->epochs->len : 0;
  return found != NULL ? (const StrataRunPoint *) found->epochs->data : NULL;
}

/**
 * strata_run_get_batch_points: (skip)
 * @n_points: (out): how many
 *
 * Returns: (transfer none) (nullable): the value within epochs: the mean so far, as Keras shows it
 */
const StrataRunPoint *
strata_run_get_batch_points (StrataRun  *self,
                             const char *series,
                             guint      *n_points)
{
  StrataRunSeries *found = find_series (self, series);

  *n_points = found != NULL ? found->batches->len : 0;
  return found != NULL ? (const StrataRunPoint *) found->batches->data : NULL;
}

void
strata_run_add_batch (StrataRun  *self,
                      const char *series,
                      double      epoch,
                      double      value)
{
  StrataRunPoint point = { epoch, value };

  g_array_append_val (strata_run_ensure_series (self, series)->batches, point);
}

/**
 * strata_run_add_epoch:
 * @epoch: how many epochs are done
 */
void
strata_run_add_epoch (StrataRun  *self,
                      const char *series,
                      guint       epoch,
                      double      value)
{
  StrataRunPoint point = { epoch, value };

  g_array_append_val (strata_run_ensure_series (self, series)->epochs, point);
}

/**
 * strata_run_update:
 *
 * After points were added: tells who listens.
 */
void
strata_run_update (StrataRun *self,
                   guint      n_epochs,
                   double     seconds)
{
  self->n_epochs = n_epochs;
  self->seconds = seconds;
  g_signal_emit (self, changed_signal, 0);
}

/**
 * strata_run_end:
 * @message: (nullable): why it failed
 */
void
strata_run_end (StrataRun      *self,
                StrataRunState  state,
                const char     *message)
{
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * strata_run_has_overflowed:
 * @epoch: (out) (optional): in which epoch, from 1
 *
 * Returns: whether the loss is no longer a number, so that what was learned is worth nothing
 */
gboolean
strata_run_has_overflowed (StrataRun *self,
                           guint     *epoch)
{
  const StrataRunPoint *points;
  guint n, first;

  points = strata_run_get_batch_points (self, "loss", &n);
  if (n > 0 && !isfinite (points[n - 1].value))
    {
      while (n > 1 && !isfinite (points[n - 2].value))
        n--;
      if (epoch != NULL)
        *epoch = (guint) fmax (1, ceil (points[n - 1].epoch));
      return TRUE;
    }
  points = strata_run_get_epoch_points (self, "loss", &n);
  for (first = 0; first < n && isfinite (points[first].value); first++)
    ;
  if (first < n && epoch != NULL)
    *epoch = (guint) points[first].epoch;
  return first < n;
}
