/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/monitor.h"

#include <math.h>

typedef struct
{
  StrataCallback parent;
  char *monitor, *mode;
  double min_delta, baseline;
  gint64 patience, verbose, start_from_epoch;
  gboolean restore_best_weights;

  StrataMonitor watch;
  gint64 wait;
  GPtrArray *best_weights; /* StrataTensor, or NULL */
} EarlyStopping;

static const StrataParam params[] = {
  STRATA_PARAM_MONITOR (EarlyStopping),
  STRATA_PARAM (FLOAT, EarlyStopping, min_delta, "0", .soft_maximum = 0.1, .title = "Least change",
                .description = "What is less than that is no improvement"),
  STRATA_PARAM (INT, EarlyStopping, patience, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 20,
                .title = "Patience",
                .unit = "epochs", .description = "After how many epochs without improvement training ends"),
  STRATA_PARAM_VERBOSE (EarlyStopping),
  STRATA_PARAM_MODE (EarlyStopping),
  STRATA_PARAM (FLOAT, EarlyStopping, baseline, "null", .nullable = TRUE, .title = "Baseline",
                .description = "What must be beaten for patience to begin anew"),
  STRATA_PARAM (BOOL, EarlyStopping, restore_best_weights, "false", .title = "Restore best weights",
                .description = "Whether the weights of the best epoch are put back at the end"),
  STRATA_PARAM (INT, EarlyStopping, start_from_epoch, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 20,
                .title = "Start from", .unit = "epochs", .description = "How many epochs are let pass first"),
  { NULL },
};

static void
early_stopping_finalize (StrataObject *object)
{
  g_clear_pointer (&((EarlyStopping *) object)->best_weights, g_ptr_array_unref);
}

static gboolean
early_stopping_train_begin (StrataCallback  *callback,
                            StrataModel     *model,
                            GError         **error)
{
  EarlyStopping *self = (EarlyStopping *) callback;

  self->watch = (StrataMonitor){ 0 };
  self->wait = 0;
  g_clear_pointer (&self->best_weights, g_ptr_array_unref);
  return TRUE;
}

static void
keep_weights (EarlyStopping *self,
              StrataModel   *model)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));

  g_clear_pointer (&self->best_weights, g_ptr_array_unref);
  self->best_weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  for (guint i = 0; i < weights->len; i++)
    g_ptr_array_add (self->best_weights,
                     strata_tensor_copy (strata_variable_get_tensor (g_ptr_array_index (weights, i))));
}

static gboolean
early_stopping_epoch_end (StrataCallback  *callback,
                          StrataModel     *model,
                          gint64           epoch,
                          StrataLogs      *logs,
                          GError         **error)
{
  EarlyStopping *self = (EarlyStopping *) callback;
  gboolean found;
  double current;

  if (!strata_monitor_settle (&self->watch, callback, model, self->monitor, self->mode, error) ||
      !strata_monitor_read (callback, logs, self->monitor, &current, &found, error))
    return FALSE;
  if (!found || epoch < self->start_from_epoch)
    return TRUE;

  if (self->restore_best_weights && self->best_weights == NULL)
    keep_weights (self, model);
  self->wait++;
  if (strata_monitor_improves (&self->watch, current, self->min_delta))
    {
      if (self->restore_best_weights)
        keep_weights (self, model);
      if (isnan (self->baseline) || strata_monitor_is_better (&self->watch, current, self->baseline, self->min_delta))
        self->wait = 0;
    }
  else if (self->wait >= self->patience && epoch > 0)
    strata_model_stop_training (model);
  return TRUE;
}

static gboolean
early_stopping_train_end (StrataCallback  *callback,
                          StrataModel     *model,
                          StrataLogs      *logs,
                          GError         **error)
{
  EarlyStopping *self = (EarlyStopping *) callback;
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));

  for (guint i = 0; self->best_weights != NULL && i < weights->len; i++)
    if (!strata_variable_assign (g_ptr_array_index (weights, i), g_ptr_array_index (self->best_weights, i), error))
      return FALSE;
  g_clear_pointer (&self->best_weights, g_ptr_array_unref);
  return TRUE;
}

const StrataCallbackInfo strata_callback_early_stopping = {
  .object = {
    .name = "EarlyStopping",
    .title = "Stop early",
    .description = "Ends training when it no longer improves",
    .params = params,
    .instance_size = sizeof (EarlyStopping),
    .samples = (const char *const[]){
      "{\"monitor\": \"loss\", \"patience\": 1}",
      "{\"monitor\": \"loss\", \"patience\": 2, \"min_delta\": 0.1, \"mode\": \"min\", \"restore_best_weights\": true}",
      "{\"monitor\": \"loss\", \"baseline\": 0.5, \"start_from_epoch\": 2}",
      NULL },
    .finalize = early_stopping_finalize,
  },
  .train_begin = early_stopping_train_begin,
  .epoch_end = early_stopping_epoch_end,
  .train_end = early_stopping_train_end,
};
