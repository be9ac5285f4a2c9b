/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "callbacks/file-name.h"
#include "callbacks/frequency.h"
#include "callbacks/monitor.h"
#include "io/keras/model-file.h"

typedef struct
{
  StrataCallback parent;
  char *filepath, *monitor, *mode;
  gint64 verbose;
  gboolean save_best_only, save_weights_only;
  JsonNode *save_freq;
  double initial_value_threshold;

  StrataMonitor watch;
  StrataFrequency frequency;
  gint64 epoch;
} ModelCheckpoint;

static const StrataParam params[] = {
  STRATA_PARAM (STRING, ModelCheckpoint, filepath, NULL, .title = "File",
                .description = "Where the model goes, such as model-{epoch:02d}-{val_loss:.2f}.keras"),
  STRATA_PARAM_MONITOR (ModelCheckpoint),
  STRATA_PARAM_VERBOSE (ModelCheckpoint),
  STRATA_PARAM (BOOL, ModelCheckpoint, save_best_only, "false", .title = "Only the best",
                .description = "Whether only improvements are saved"),
  STRATA_PARAM (BOOL, ModelCheckpoint, save_weights_only, "false", .title = "Only weights",
                .description = "Whether to save weights rather than the whole model"),
  STRATA_PARAM_MODE (ModelCheckpoint),
  STRATA_PARAM (JSON, ModelCheckpoint, save_freq, "\"epoch\"", .title = "How often",
                .description = "At each epoch, or after how many batches"),
  STRATA_PARAM (FLOAT, ModelCheckpoint, initial_value_threshold, "null", .nullable = TRUE, .title = "Threshold",
                .description = "What must be beaten for anything to be saved"),
  { NULL },
};

static gboolean
model_checkpoint_configured (StrataObject  *object,
                             GError       **error)
{
  ModelCheckpoint *self = (ModelCheckpoint *) object;

  if (self->save_weights_only && !g_str_has_suffix (self->filepath, ".weights.h5"))
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "With save_weights_only the file must end in .weights.h5, but it is %s", self->filepath);
  else if (!self->save_weights_only && !g_str_has_suffix (self->filepath, ".keras") &&
           !g_str_has_suffix (self->filepath, ".h5"))
    strata_set_error (error, STRATA_ERROR_VALUE, "The file must end in .keras or .h5, but it is %s", self->filepath);
  else
    return strata_frequency_parse (&self->frequency, "save_freq", self->save_freq, error);
  return FALSE;
}

static gboolean
model_checkpoint_train_begin (StrataCallback  *callback,
                              StrataModel     *model,
                              GError         **error)
{
  ModelCheckpoint *self = (ModelCheckpoint *) callback;

  /* What was best stays best when training goes on, as in Keras. */
  if (!self->watch.has_best && !isnan (self->initial_value_threshold))
    {
      self->watch.best = self->initial_value_threshold;
      self->watch.has_best = TRUE;
    }
  strata_frequency_begin (&self->frequency);
  return TRUE;
}

/* Whether there is nothing new to save. As in Keras, of lists every epoch is saved. */
static gboolean
is_no_better (ModelCheckpoint *self,
              StrataLogs      *logs)
{
  double current;
  guint n;

  return self->save_best_only && strata_logs_get (logs, self->monitor, &current) &&
         strata_logs_get_list (logs, self->monitor, &n) == NULL &&
         !strata_monitor_improves (&self->watch, current, 0);
}

static gboolean
save (ModelCheckpoint  *self,
      StrataModel      *model,
      gint64            batch,
      StrataLogs       *logs,
      GError          **error)
{
  g_autofree char *path = NULL, *folder = NULL;

  if (is_no_better (self, logs))
    return TRUE;
  path = strata_file_name_format (self->filepath, self->epoch + 1, batch < 0 ? -1 : batch + 1, logs, error);
  if (path == NULL)
    return FALSE;
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      strata_set_error (error, STRATA_ERROR_FILE, "The folder %s cannot be made: %s", folder, g_strerror (errno));
      return FALSE;
    }
  return self->save_weights_only ? strata_model_save_weights (model, path, error)
                                 : strata_model_save (model, path, error);
}

static gboolean
model_checkpoint_epoch_begin (StrataCallback  *callback,
                              StrataModel     *model,
                              gint64           epoch,
                              GError         **error)
{
  ((ModelCheckpoint *) callback)->epoch = epoch;
  return TRUE;
}

static gboolean
model_checkpoint_batch_end (StrataCallback  *callback,
                            StrataModel     *model,
                            gint64           batch,
                            StrataLogs      *logs,
                            GError         **error)
{
  ModelCheckpoint *self = (ModelCheckpoint *) callback;

  if (!strata_frequency_is_due (&self->frequency, batch))
    return TRUE;
  return strata_monitor_settle (&self->watch, callback, model, self->monitor, self->mode, error) &&
         save (self, model, batch, logs, error);
}

static gboolean
model_checkpoint_epoch_end (StrataCallback  *callback,
                            StrataModel     *model,
                            gint64           epoch,
                            StrataLogs      *logs,
                            GError         **error)
{
  ModelCheckpoint *self = (ModelCheckpoint *) callback;

  if (!strata_monitor_settle (&self->watch, callback, model, self->monitor, self->mode, error))
    return FALSE;
  return self->frequency.batches != 0 || save (self, model, -1, logs, error);
}

const StrataCallbackInfo strata_callback_model_checkpoint = {
  .object = {
    .name = "ModelCheckpoint",
    .title = "Save the model",
    .description = "Saves the model while it trains, or whenever it is the best so far",
    .params = params,
    .instance_size = sizeof (ModelCheckpoint),
    .samples = (const char *const[]){
      "{\"filepath\": \"model.keras\"}",
      "{\"filepath\": \"best.weights.h5\", \"save_weights_only\": true, \"save_best_only\": true, "
      "\"monitor\": \"loss\"}",
      "{\"filepath\": \"at-{epoch:02d}.keras\", \"save_freq\": 5}",
      NULL },
    .configured = model_checkpoint_configured,
  },
  .train_begin = model_checkpoint_train_begin,
  .epoch_begin = model_checkpoint_epoch_begin,
  .batch_end = model_checkpoint_batch_end,
  .epoch_end = model_checkpoint_epoch_end,
};
