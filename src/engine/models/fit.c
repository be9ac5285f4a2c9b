/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/json.h"
#include "models/slice-source.h"
#include "tensor/random.h"
#include "tensor/seed.h"

/* Metrics that take long are worked out no more often than people can see. */
#define PROGRESS_SECONDS 0.05

typedef struct
{
  StrataModel *model;
  const StrataFit *fit;
  StrataFeed feed;
  StrataSource *x, *y, *sample_weight;                     /* what is trained on */
  StrataSource *held_x, *held_y, *held_weight;             /* what is held out, or NULL */
  gint64 size, batch_size, held_batch_size, per_execution, n_epochs, n_batches;
  gint64 n_steps; /* of an epoch, which may have fewer or more than there are batches */
  gint64 next;    /* the batch that comes next */
  gint64 *order;
  guint64 seed;
  StrataLogs *logs;
  StrataLossTracker tracker;
  gint64 epoch_start;
  double last_progress;
  gboolean cancelled;
} Trainer;

static void
trainer_clear (Trainer *self)
{
  g_clear_object (&self->x);
  g_clear_object (&self->y);
  g_clear_object (&self->sample_weight);
  g_clear_object (&self->held_x);
  g_clear_object (&self->held_y);
  g_clear_object (&self->held_weight);
  g_clear_pointer (&self->logs, strata_logs_free);
  g_free (self->order);
}

static void
split_source (StrataSource  *source,
              gint64         at,
              StrataSource **train,
              StrataSource **held)
{
  if (source == NULL)
    return;
  *train = strata_slice_source_new (source, 0, at);
  *held = strata_slice_source_new (source, at, strata_source_get_size (source));
}

static void
keep_first (StrataSource **source,
            gint64         n)
{
  StrataSource *whole = *source;

  if (whole == NULL || strata_source_get_size (whole) <= n)
    return;
  *source = strata_slice_source_new (whole, 0, n);
  g_object_unref (whole);
}

static gint64
get_steps_per_execution (StrataModel *model)
{
  JsonObject *config = strata_model_get_compile_config (model);

  return config != NULL ? CLAMP (strata_json_get_int (config, "steps_per_execution", 1), 1, G_MAXINT32) : 1;
}

/* Batches that Keras runs at once are all run: an epoch may have more of them than it was told. */
static gint64
whole_executions (Trainer *self,
                  gint64   steps)
{
  gint64 rest = steps % self->per_execution;

  return rest == 0 || steps > G_MAXINT64 - self->per_execution ? steps : steps + self->per_execution - rest;
}

static void
limit_held_out (Trainer *self)
{
  gint64 steps = whole_executions (self, self->fit->validation_steps);

  if (steps <= 0 || steps > G_MAXINT64 / self->held_batch_size)
    return;
  keep_first (&self->held_x, steps * self->held_batch_size);
  keep_first (&self->held_y, steps * self->held_batch_size);
  keep_first (&self->held_weight, steps * self->held_batch_size);
}

/* The last samples are held out, before any shuffling: Keras's rule. */
static gboolean
split (Trainer  *self,
       GError  **error)
{
  const StrataFit *fit = self->fit;
  gint64 size = strata_source_get_size (fit->x), at = (gint64) ((double) size * (1.0 - fit->validation_split));

  if (fit->validation_split < 0 || fit->validation_split >= 1)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the share to hold out must be from 0 to below 1, not %g",
                        fit->validation_split);
      return FALSE;
    }
  if (fit->validation_x != NULL || fit->validation_split == 0)
    {
      g_set_object (&self->x, fit->x);
      g_set_object (&self->y, fit->y);
      g_set_object (&self->sample_weight, fit->sample_weight);
      g_set_object (&self->held_x, fit->validation_x);
      g_set_object (&self->held_y, fit->validation_y);
      g_set_object (&self->held_weight, fit->validation_sample_weight);
      return TRUE;
    }
  if (at == 0 || at == size)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "%" PRId64 " samples cannot be split: holding out %g of them would leave one part empty", size,
                        fit->validation_split);
      return FALSE;
    }
  split_source (fit->x, at, &self->x, &self->held_x);
  split_source (fit->y, at, &self->y, &self->held_y);
  split_source (fit->sample_weight, at, &self->sample_weight, &self->held_weight);
  return TRUE;
}

static gboolean
prepare (Trainer  *self,
         GError  **error)
{
  const StrataFit *fit = self->fit;

  self->batch_size = fit->batch_size > 0 ? fit->batch_size : 32;
  self->held_batch_size = fit->validation_batch_size > 0 ? fit->validation_batch_size : self->batch_size;
  self->per_execution = get_steps_per_execution (self->model);
  self->n_epochs = fit->epochs > 0 ? fit->epochs : 1;
  self->seed = fit->seed != 0 ? fit->seed : strata_seed_next ();
  self->logs = strata_logs_new ();
  if (!split (self, error))
    return FALSE;
  limit_held_out (self);

  self->feed = (StrataFeed){ self->model, self->x, self->y, self->sample_weight, fit->class_weight };
  if (!strata_model_ensure_built (self->model, self->x, error) ||
      !strata_model_ensure_objective (self->model, self->y, error) ||
      !strata_feed_check (&self->feed, error))
    return FALSE;

  self->size = strata_source_get_size (self->x);
  self->n_batches = (self->size + self->batch_size - 1) / self->batch_size;
  self->n_steps = fit->steps_per_epoch > 0 ? whole_executions (self, fit->steps_per_epoch) : self->n_batches;
  self->order = g_new (gint64, self->size);
  for (gint64 i = 0; i < self->size; i++)
    self->order[i] = i;
  return TRUE;
}

/* Calls a hook of each callback; the macro only spares a switch over six signatures. */
#define NOTIFY(self, hook, ...)                                                                              \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GPtrArray *all = (self)->fit->callbacks;                                                                 \
    for (guint c = 0; all != NULL && c < all->len; c++)                                                      \
      {                                                                                                      \
        StrataCallback *callback = g_ptr_array_index (all, c);                                               \
        if (STRATA_CALLBACK_GET_CLASS (callback)->hook != NULL &&                                            \
            !STRATA_CALLBACK_GET_CLASS (callback)->hook (callback, (self)->model, ##__VA_ARGS__, error))     \
          return FALSE;                                                                                      \
      }                                                                                                      \
  }                                                                                                          \
  G_STMT_END

static void
report (Trainer  *self,
        gint64    epoch,
        gint64    batch,
        gboolean  epoch_done)
{
  StrataProgress progress = { .epoch = epoch, .n_epochs = self->n_epochs, .batch = batch, .n_batches = self->n_steps,
                              .logs = self->logs, .epoch_done = epoch_done };

  progress.seconds = (g_get_monotonic_time () - self->epoch_start) / 1e6;
  if (self->fit->progress != NULL)
    self->fit->progress (&progress, self->fit->user_data);
}

static gboolean
wants_batch_logs (Trainer *self)
{
  GPtrArray *all = self->fit->callbacks;

  for (guint c = 0; all != NULL && c < all->len; c++)
    if (STRATA_CALLBACK_GET_CLASS (g_ptr_array_index (all, c))->batch_end != NULL)
      return TRUE;
  return self->fit->progress != NULL;
}

static gboolean
train_batch (Trainer  *self,
             gint64    epoch,
             gint64    batch,
             GError  **error)
{
  gint64 start = self->next++ * self->batch_size, n = MIN (self->batch_size, self->size - start);
  gint64 place = batch % self->per_execution, last = batch - place + self->per_execution - 1;
  StrataPass *pass;
  double now;

  self->feed.next = self->order + start;
  pass = strata_model_get_pass (self->model, STRATA_MODE_TRAIN, n, &self->feed, error);

  if (pass == NULL)
    return FALSE;
  if (place == 0)
    NOTIFY (self, batch_begin, batch);
  if (!strata_feed_fill (&self->feed, pass, self->order + start, error))
    return FALSE;
  strata_program_run (pass->program, self->seed, strata_model_next_step (self->model));
  strata_loss_tracker_add (&self->tracker, self->model, pass);
  if (!wants_batch_logs (self))
    return TRUE;

  now = (g_get_monotonic_time () - self->epoch_start) / 1e6;
  strata_loss_tracker_log (&self->tracker, self->model, "", now - self->last_progress > PROGRESS_SECONDS, self->logs);
  if (now - self->last_progress > PROGRESS_SECONDS)
    self->last_progress = now;
  if (batch == last || self->next == self->n_batches)
    NOTIFY (self, batch_end, last, self->logs);
  report (self, epoch, batch + 1, FALSE);
  return TRUE;
}

static void
begin_epoch (Trainer *self,
             gint64   epoch)
{
  StrataRandom random;

  self->tracker = (StrataLossTracker){ 0 };
  self->epoch_start = g_get_monotonic_time ();
  self->last_progress = 0;
  strata_logs_clear (self->logs);
  strata_objective_reset_metrics (strata_model_get_objective (self->model));
  if (!self->fit->shuffle || self->next > 0)
    return;
  /* From the start each time, so that the order of an epoch does not depend on where training began. */
  for (gint64 i = 0; i < self->size; i++)
    self->order[i] = i;
  strata_random_init (&random, strata_random_mix (self->seed, epoch));
  strata_random_shuffle (&random, self->order, self->size);
}

static gboolean
evaluate_held_out (Trainer  *self,
                   gint64    epoch,
                   GError  **error)
{
  gint64 every = MAX (1, self->fit->validation_freq);
  gboolean ok;
  g_autoptr (GError) problem = NULL;

  if (self->held_x == NULL || (epoch + 1) % every != 0)
    return TRUE;
  NOTIFY (self, test_begin);
  ok = strata_model_run_evaluation (self->model, self->held_x, self->held_y, self->held_weight,
                                    self->held_batch_size, "val_", self->logs, self->fit->cancellable, &problem);
  NOTIFY (self, test_end);
  if (ok)
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->cancelled = TRUE;
      return TRUE;
    }
  g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s", _("held-out data: "));
  return FALSE;
}

static gboolean
train_epoch (Trainer        *self,
             gint64          epoch,
             StrataHistory  *history,
             GError        **error)
{
  begin_epoch (self, epoch);
  NOTIFY (self, epoch_begin, epoch);
  for (gint64 batch = 0; batch < self->n_steps && self->next < self->n_batches && !self->cancelled; batch++)
    {
      if (!train_batch (self, epoch, batch, error))
        return FALSE;
      self->cancelled = g_cancellable_is_cancelled (self->fit->cancellable);
      if (strata_model_has_stopped (self->model))
        break;
    }
  if (self->next == self->n_batches)
    self->next = 0;

  strata_loss_tracker_log (&self->tracker, self->model, "", TRUE, self->logs);
  if (!self->cancelled && !evaluate_held_out (self, epoch, error))
    return FALSE;
  /* An epoch that was cut short does not count. */
  if (self->cancelled)
    return TRUE;
  /* Callbacks may add to the logs, such as the learning rate. */
  NOTIFY (self, epoch_end, epoch, self->logs);
  strata_history_append (history, epoch, self->logs);
  report (self, epoch, self->n_steps, TRUE);
  return TRUE;
}

static gboolean
train (Trainer        *self,
       StrataHistory  *history,
       GError        **error)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (self->model);
  gint64 first;

  NOTIFY (self, train_begin);
  first = MAX (self->fit->initial_epoch, strata_model_get_initial_epoch (self->model));
  for (gint64 epoch = first; epoch < self->n_epochs; epoch++)
    {
      if (!train_epoch (self, epoch, history, error))
        return FALSE;
      if (self->cancelled || strata_model_has_stopped (self->model))
        break;
    }
  /* Where averages of the weights are kept, they are what training results in. */
  if (optimizer != NULL)
    strata_optimizer_finish (optimizer);
  NOTIFY (self, train_end, self->logs);
  return TRUE;
}

/**
 * strata_model_fit:
 * @fit: data and options
 *
 * Trains a compiled model.
 * Returns: (transfer full): loss and metrics of each epoch
 */
StrataHistory *
strata_model_fit (StrataModel      *self,
                  const StrataFit  *fit,
                  GError          **error)
{
  g_autoptr (StrataHistory) history = strata_history_new ();
  Trainer trainer = { .model = self, .fit = fit };
  gboolean ok;

  strata_model_begin_training (self);
  ok = prepare (&trainer, error) && train (&trainer, history, error);
  trainer_clear (&trainer);
  return ok ? g_steal_pointer (&history) : NULL;
}
