/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "callbacks/event-file.h"
#include "callbacks/frequency.h"
#include "callbacks/projector.h"
#include "callbacks/rates.h"
#include "io/keras/model-config.h"

typedef struct
{
  StrataCallback parent;
  char *log_dir;
  gint64 histogram_freq, embeddings_freq;
  gboolean write_graph, write_images, write_steps_per_second;
  JsonNode *update_freq, *embeddings_metadata, *profile_batch;

  StrataFrequency frequency;
  StrataEventFile *train, *validation;
  gint64 batch;       /* of all epochs, from 1 */
  gint64 epoch_batch; /* when the epoch began */
  gint64 epoch_start; /* microseconds */
} TensorBoard;

static const StrataParam params[] = {
  STRATA_PARAM (STRING, TensorBoard, log_dir, "\"logs\"", .title = "Folder",
                .description = "Where TensorBoard is to look"),
  STRATA_PARAM (INT, TensorBoard, histogram_freq, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 10,
                .title = "Histograms every",
                .unit = "epochs", .description = "How often the spread of the weights is written; 0 for never"),
  STRATA_PARAM (BOOL, TensorBoard, write_graph, "true", .title = "Graph",
                .description = "Whether to write the model's layers and how they are connected"),
  STRATA_PARAM (BOOL, TensorBoard, write_images, "false", .title = "Images",
                .description = "Whether weights are written as images, too, as often as histograms"),
  STRATA_PARAM (BOOL, TensorBoard, write_steps_per_second, "false", .title = "Speed",
                .description = "Whether to write how many batches are done a second"),
  STRATA_PARAM (JSON, TensorBoard, update_freq, "\"epoch\"", .title = "How often",
                .description = "At each epoch, at each batch, or after how many batches"),
  STRATA_PARAM (INT, TensorBoard, embeddings_freq, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 10,
                .title = "Embeddings every",
                .unit = "epochs",
                .description = "How often the vectors of embeddings are written for the projector; 0 for never"),
  STRATA_PARAM (JSON, TensorBoard, embeddings_metadata, "null", .nullable = TRUE, .title = "Labels of embeddings",
                .description = "A file with a line for each row of the embeddings, or such a file by the name of each "
                               "layer"),
  STRATA_PARAM (JSON, TensorBoard, profile_batch, "0", .title = "Profile",
                .description = "Batches that Keras profiles; 0 for none, as strata-cli bench --profile does that here"),
  { NULL },
};

static gboolean
tensor_board_configured (StrataObject  *object,
                         GError       **error)
{
  TensorBoard *self = (TensorBoard *) object;

  if (!strata_json_is_number (self->profile_batch) || json_node_get_double (self->profile_batch) != 0)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "TensorBoard's profile_batch runs TensorFlow's profiler; "
                        "strata-cli bench --profile tells where time goes");
      return FALSE;
    }
  return strata_frequency_parse (&self->frequency, "update_freq", self->update_freq, error);
}

static void
close_files (TensorBoard *self)
{
  g_clear_pointer (&self->train, strata_event_file_free);
  g_clear_pointer (&self->validation, strata_event_file_free);
}

static void
tensor_board_finalize (StrataObject *object)
{
  close_files ((TensorBoard *) object);
}

/* A file is begun only when there is something to write. */
static StrataEventFile *
get_file (TensorBoard  *self,
          gboolean      held_out,
          GError      **error)
{
  StrataEventFile **file = held_out ? &self->validation : &self->train;
  g_autofree char *folder = g_build_filename (self->log_dir, held_out ? "validation" : "train", NULL);

  if (*file == NULL)
    *file = strata_event_file_new (folder, error);
  return *file;
}

/* As the part of TensorBoard reads it that draws Keras's models: their JSON. */
static gboolean
write_graph (TensorBoard  *self,
             StrataModel  *model,
             GError      **error)
{
  g_autofree char *text = strata_model_to_json (model, NULL);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  StrataEventFile *file;

  /* A model with code of its own has none. */
  if (bytes == NULL)
    return TRUE;
  file = get_file (self, FALSE, error);
  return file != NULL &&
         strata_event_file_add_texts (file, "keras", 0, "graph_keras_model", "1", &bytes, 1, TRUE, error);
}

static gboolean
tensor_board_train_begin (StrataCallback  *callback,
                          StrataModel     *model,
                          GError         **error)
{
  TensorBoard *self = (TensorBoard *) callback;

  close_files (self);
  self->batch = 0;
  return !self->write_graph || write_graph (self, model, error);
}

static gboolean
add_scalar (TensorBoard  *self,
            gboolean      held_out,
            const char   *prefix,
            const char   *name,
            const char   *suffix,
            gint64        step,
            double        value,
            GError      **error)
{
  StrataEventFile *file = get_file (self, held_out, error);
  g_autofree char *tag = g_strconcat (prefix, name, suffix, NULL);

  return file != NULL && strata_event_file_add_scalar (file, tag, step, value, error);
}

static gboolean
tensor_board_epoch_begin (StrataCallback  *callback,
                          StrataModel     *model,
                          gint64           epoch,
                          GError         **error)
{
  TensorBoard *self = (TensorBoard *) callback;

  self->epoch_start = g_get_monotonic_time ();
  self->epoch_batch = self->batch;
  return TRUE;
}

static gboolean
tensor_board_batch_end (StrataCallback  *callback,
                        StrataModel     *model,
                        gint64           batch,
                        StrataLogs      *logs,
                        GError         **error)
{
  TensorBoard *self = (TensorBoard *) callback;

  self->batch++;
  if (self->frequency.batches == 0 || self->batch % self->frequency.batches != 0)
    return TRUE;
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *name = strata_logs_get_entry (logs, i, &value);

      if (!g_str_has_prefix (name, "val_") && !add_scalar (self, FALSE, "batch_", name, "", self->batch, value, error))
        return FALSE;
    }
  return self->train == NULL || strata_event_file_flush (self->train, error);
}

static gboolean
write_logs (TensorBoard  *self,
            StrataModel  *model,
            gint64        epoch,
            StrataLogs   *logs,
            GError      **error)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *name = strata_logs_get_entry (logs, i, &value);
      gboolean held_out = g_str_has_prefix (name, "val_");

      if (g_str_has_prefix (name, "learning_rate"))
        continue;
      if (!add_scalar (self, held_out, "epoch_", name + (held_out ? 4 : 0), "", epoch, value, error))
        return FALSE;
      if (held_out &&
          !add_scalar (self, TRUE, "evaluation_", name + 4, "_vs_iterations",
                       strata_optimizer_get_iterations (optimizer), value, error))
        return FALSE;
    }
  for (guint i = 0; i < strata_rates_count (optimizer); i++)
    {
      g_autofree char *name = strata_rates_dup_name (optimizer, i);

      if (!add_scalar (self, FALSE, "epoch_", name, "", epoch,
                       strata_optimizer_get_rate (strata_rates_get (optimizer, i)), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_weights (TensorBoard  *self,
               StrataModel  *model,
               gint64        epoch,
               GError      **error)
{
  StrataEventFile *file = get_file (self, FALSE, error);

  for (guint i = 0; file != NULL && i < strata_model_get_n_layers (model); i++)
    {
      g_autoptr (GPtrArray) weights = strata_layer_dup_weights (strata_model_get_layer (model, i));

      for (guint k = 0; k < weights->len; k++)
        {
          StrataVariable *weight = g_ptr_array_index (weights, k);
          const char *path = weight->path != NULL ? weight->path : weight->name;
          g_autofree char *tag = g_strconcat (path, "/histogram", NULL);
          g_autofree char *image_tag = g_strconcat (path, "/image", NULL);
          StrataTensor *values = strata_variable_get_tensor (weight);

          if (!strata_event_file_add_histogram (file, tag, epoch, values, error) ||
              (self->write_images && !strata_event_file_add_images (file, image_tag, epoch, values, error)))
            return FALSE;
        }
    }
  return file != NULL;
}

static gboolean
tensor_board_epoch_end (StrataCallback  *callback,
                        StrataModel     *model,
                        gint64           epoch,
                        StrataLogs      *logs,
                        GError         **error)
{
  TensorBoard *self = (TensorBoard *) callback;
  double seconds = (g_get_monotonic_time () - self->epoch_start) / 1e6;

  if (!write_logs (self, model, epoch, logs, error))
    return FALSE;
  if (self->write_steps_per_second && seconds > 0 &&
      !add_scalar (self, FALSE, "epoch_", "steps_per_second", "", epoch, (self->batch - self->epoch_batch) / seconds,
                   error))
    return FALSE;
  if (self->histogram_freq > 0 && epoch % self->histogram_freq == 0 && !write_weights (self, model, epoch, error))
    return FALSE;
  if (self->embeddings_freq > 0 && epoch % self->embeddings_freq == 0 &&
      !strata_projector_write (self->log_dir, model, self->embeddings_metadata, error))
    return FALSE;
  return (self->train == NULL || strata_event_file_flush (self->train, error)) &&
         (self->validation == NULL || strata_event_file_flush (self->validation, error));
}

static gboolean
tensor_board_train_end (StrataCallback  *callback,
                        StrataModel     *model,
                        StrataLogs      *logs,
                        GError         **error)
{
  close_files ((TensorBoard *) callback);
  return TRUE;
}

const StrataCallbackInfo strata_callback_tensor_board = {
  .object = {
    .name = "TensorBoard",
    .title = "Log for TensorBoard",
    .description = "Writes the numbers of training as TensorBoard reads them",
    .params = params,
    .instance_size = sizeof (TensorBoard),
    .samples = (const char *const[]){
      "{}",
      "{\"log_dir\": \"runs\", \"histogram_freq\": 1, \"update_freq\": \"batch\"}",
          "{\"update_freq\": 10, \"write_steps_per_second\": true}",
      "{\"write_graph\": false, \"write_images\": true, \"histogram_freq\": 2}",
          "{\"embeddings_freq\": 1, \"embeddings_metadata\": \"words.tsv\"}", NULL },
    .configured = tensor_board_configured,
    .finalize = tensor_board_finalize,
  },
  .train_begin = tensor_board_train_begin,
  .epoch_begin = tensor_board_epoch_begin,
  .batch_end = tensor_board_batch_end,
  .epoch_end = tensor_board_epoch_end,
  .train_end = tensor_board_train_end,
};
