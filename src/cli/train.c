/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "arrays.h"
#include "base/json.h"
#include "command.h"
#include "data/data-source.h"
#include "interrupt.h"
#include "io/atomic-file.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-file.h"
#include "progress.h"
#include "tensor/seed.h"
#include "train-options.h"

/* What training needs, gathered from the file and the command line. */
typedef struct
{
  const StrataTrainOptions *options;
  const char *path;
  StrataKerasFile *file; /* where the model is from, if it is a .keras file: it may hold more than the model */
  JsonNode *document;    /* what Strata keeps beside the model, or NULL */
  StrataModel *model;
  StrataFit fit;
  StrataDataSet *data;   /* what the file or --data names, or NULL */
  StrataSource *test_x, *test_y; /* what the data sets aside for the end, or NULL */
} Training;

static void
training_clear (Training *self)
{
  g_clear_pointer (&self->data, strata_data_set_unref);
  g_clear_object (&self->test_x);
  g_clear_object (&self->test_y);
  g_clear_object (&self->fit.x);
  g_clear_object (&self->fit.y);
  g_clear_object (&self->fit.sample_weight);
  g_clear_object (&self->fit.validation_x);
  g_clear_object (&self->fit.validation_y);
  g_clear_object (&self->fit.validation_sample_weight);
  g_clear_object (&self->fit.cancellable);
  g_clear_pointer (&self->fit.class_weight, json_object_unref);
  g_clear_pointer (&self->fit.callbacks, g_ptr_array_unref);
  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->file, strata_keras_file_free);
  g_clear_object (&self->model);
}

/* A setting of the document: "fit", "data" and so on. */
static JsonObject *
get_setting (Training   *self,
             const char *name)
{
  JsonObject *object = self->document != NULL && JSON_NODE_HOLDS_OBJECT (self->document)
                       ? json_node_get_object (self->document) : NULL;
  JsonNode *node = NULL;

  if (object != NULL && json_object_has_member (object, "settings") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "settings")))
    node = json_object_get_member (json_object_get_object_member (object, "settings"), name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What the command line says, else the document, else what fit() takes. */
static double
choose (Training   *self,
        double      given,
        const char *name,
        double      fallback)
{
  JsonObject *fit = get_setting (self, "fit");

  if (given >= 0)
    return given;
  return fit != NULL ? strata_json_get_double (fit, name, fallback) : fallback;
}

static gboolean
open_arrays (Training  *self,
             GError   **error)
{
  const StrataTrainOptions *options = self->options;

  if (options->y == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "--x needs --y: the targets");
      return FALSE;
    }
  self->fit.x = strata_arrays_open_inputs (self->model, options->x, error);
  self->fit.y = self->fit.x != NULL ? strata_arrays_open_outputs (self->model, options->y, error) : NULL;
  if (self->fit.y == NULL)
    return FALSE;
  if (options->validation_x != NULL && options->validation_y != NULL)
    {
      self->fit.validation_x = strata_arrays_open_inputs (self->model, options->validation_x, error);
      self->fit.validation_y = self->fit.validation_x != NULL
                               ? strata_arrays_open_outputs (self->model, options->validation_y, error) : NULL;
      if (self->fit.validation_y == NULL)
        return FALSE;
    }
  return strata_arrays_open_weights (self->model, options->sample_weight, &self->fit.sample_weight, error) &&
         strata_arrays_open_weights (self->model, options->validation_sample_weight,
                                     &self->fit.validation_sample_weight, error);
}

/* The document's own data, or what --data describes; what it sets aside is validated on. */
static gboolean
open_data_set (Training  *self,
               GError   **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  StrataDataSet *data = NULL;
  JsonObject *description = get_setting (self, "data");

  if (self->options->data != NULL)
    data = strata_data_source_load_text (self->options->data, folder, error);
  else if (description != NULL)
    data = strata_data_source_load (description, folder, error);
  else
    strata_set_error (error, STRATA_ERROR_DATA,
                      "there is nothing to train on: the file names no data; give --x and --y, or --data");
  if (data == NULL)
    return FALSE;

  self->data = data;
  if (strata_model_get_n_inputs (self->model) == 1 &&
      !strata_data_set_adapt (data, &strata_model_get_input_spec (self->model, 0)->shape, error))
    return FALSE;
  if (data->y == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "the data has no targets");
      return FALSE;
    }
  g_set_object (&self->fit.x, data->x);
  g_set_object (&self->fit.y, data->y);
  if (self->fit.validation_split == 0)
    {
      g_set_object (&self->fit.validation_x, data->test_x);
      g_set_object (&self->fit.validation_y, data->test_y);
    }
  else
    {
      g_set_object (&self->test_x, data->test_x);
      g_set_object (&self->test_y, data->test_y);
    }
  return TRUE;
}

static gboolean
read_class_weight (Training  *self,
                   GError   **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->options->class_weight == NULL)
    return TRUE;
  node = json_from_string (self->options->class_weight, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "--class-weight must look like {\"0\": 1, \"1\": 5}");
      return FALSE;
    }
  self->fit.class_weight = json_node_dup_object (node);
  return TRUE;
}

static gboolean
open_model (Training  *self,
            GError   **error)
{
  GBytes *document;

  if (!g_str_has_suffix (self->path, ".keras"))
    {
      self->model = strata_command_load ("train", self->path, error);
      return self->model != NULL;
    }

  self->file = strata_keras_file_read (self->path, error);
  if (self->file == NULL)
    return FALSE;
  strata_command_tell ("train", self->file->warnings);
  if (self->file->model == NULL)
    {
      strata_set_error (error, STRATA_ERROR_STATE, "%s is a draft: its network is not complete yet", self->path);
      return FALSE;
    }
  g_set_object (&self->model, self->file->model);
  document = strata_keras_file_get_extra (self->file, "strata/document.json");
  if (document != NULL)
    {
      gsize size;
      const char *text = g_bytes_get_data (document, &size);
      g_autofree char *copy = g_strndup (text, size);

      self->document = json_from_string (copy, NULL);
    }
  return TRUE;
}

static gboolean
save_model (Training    *self,
            const char  *path,
            GError     **error)
{
  strata_command_foresee ("train", self->model, path);
  if (self->file != NULL && g_str_has_suffix (path, ".keras"))
    return strata_keras_file_write (self->file, path, error);
  return strata_model_save (self->model, path, error);
}

static gboolean
prepare (Training  *self,
         GError   **error)
{
  const StrataTrainOptions *options = self->options;

  if (!open_model (self, error) || !strata_train_options_compile (options, self->model, error))
    return FALSE;

  self->fit.epochs = choose (self, options->epochs, "epochs", 1);
  self->fit.batch_size = choose (self, options->batch_size, "batch_size", 32);
  self->fit.validation_split = choose (self, options->validation_split, "validation_split", 0);
  self->fit.initial_epoch = options->initial_epoch;
  self->fit.steps_per_epoch = options->steps_per_epoch;
  self->fit.validation_batch_size = options->validation_batch_size;
  self->fit.validation_steps = options->validation_steps;
  self->fit.validation_freq = options->validation_freq;
  self->fit.shuffle = !options->no_shuffle;
  self->fit.progress = options->quiet ? NULL : strata_progress_print;
  self->fit.callbacks = strata_train_options_dup_callbacks (options, error);
  if (self->fit.callbacks == NULL || !read_class_weight (self, error))
    return FALSE;
  if (options->validation_x != NULL && options->validation_y == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "--validation-x needs --validation-y");
      return FALSE;
    }
  return options->x != NULL ? open_arrays (self, error) : open_data_set (self, error);
}

static gboolean
write_history (StrataHistory  *history,
               const char     *path,
               GError        **error)
{
  g_autofree char *text = NULL;

  if (g_str_has_suffix (path, ".csv"))
    text = strata_history_to_csv (history);
  else
    {
      g_autoptr (JsonNode) node = strata_history_to_json (history);

      text = strata_json_to_text (node, TRUE);
    }
  return strata_file_write (path, text, strlen (text), error);
}

/* Samples that training never saw tell how good the model is. */
static gboolean
report_test (Training  *self,
             GError   **error)
{
  g_autoptr (StrataLogs) logs = strata_model_evaluate (self->model, self->test_x, self->test_y, NULL, 256, error);

  if (logs == NULL)
    return FALSE;
  if (!self->options->quiet)
    {
      g_print ("test");
      strata_progress_print_logs (logs);
    }
  return TRUE;
}

static void
report_broken (Training *self)
{
  const char *path = NULL;
  guint n = self->data != NULL ? strata_data_set_count_broken (self->data, &path) : 0;

  if (n > 0)
    strata_command_warn ("train", ngettext ("%u picture could not be read, and another stood for it: %s",
                                            "%u pictures could not be read, and others stood for them; one is %s", n),
                         n, path);
}

/* What would be lost if it were found out after hours. */
static gboolean
check_targets (const StrataTrainOptions  *options,
               GError                   **error)
{
  g_autoptr (StrataAtomicFile) history = NULL;

  if (options->output != NULL && !strata_model_check_path (options->output, error))
    return FALSE;
  if (options->output == NULL && isatty (STDERR_FILENO))
    strata_command_warn ("train", "what is learned is not kept; --output names a file for it");
  if (options->history == NULL)
    return TRUE;
  if (!g_str_has_suffix (options->history, ".json") && !g_str_has_suffix (options->history, ".csv"))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "“%s”: a history ends in .json or .csv", options->history);
      return FALSE;
    }
  history = strata_atomic_file_new (options->history, error);
  return history != NULL;
}

static gboolean
train (Training  *self,
       GError   **error)
{
  g_autoptr (StrataHistory) history = NULL;

  if (self->options->seed >= 0)
    strata_seed_set (self->options->seed);
  if (!check_targets (self->options, error) || !prepare (self, error))
    return FALSE;
  self->fit.cancellable = strata_interrupt_watch ();
  history = strata_model_fit (self->model, &self->fit, error);
  report_broken (self);
  /* The model first: it is what took the time. */
  if (history == NULL || (self->options->output != NULL && !save_model (self, self->options->output, error)) ||
      (self->options->history != NULL && !write_history (history, self->options->history, error)))
    return FALSE;
  if (g_cancellable_is_cancelled (self->fit.cancellable))
    {
      if (self->options->output != NULL)
        {
          g_printerr ("\n");
          strata_command_warn ("train", "stopped; “%s” has what was learned until now", self->options->output);
        }
      return TRUE;
    }
  return self->test_x == NULL || report_test (self, error);
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  StrataTrainOptions options = { .validation_split = -1, .epochs = -1, .batch_size = -1, .seed = -1 };
  const GOptionEntry entries[] = {
    { "x", 'x', 0, G_OPTION_ARG_STRING_ARRAY, &options.x, N_("Inputs (.npy, .csv); without, the file's own data"),
      "[NAME=]FILE" },
    { "y", 'y', 0, G_OPTION_ARG_STRING_ARRAY, &options.y, N_("Targets"), "[NAME=]FILE" },
    { "data", 0, 0, G_OPTION_ARG_STRING, &options.data,
      N_("Data to train on, such as mnist or {\"kind\": \"csv\", ...}"), "WHAT" },
    { "sample-weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sample_weight,
      N_("A weight a sample"), "[NAME=]FILE" },
    { "class-weight", 0, 0, G_OPTION_ARG_STRING, &options.class_weight,
      N_("A weight a class: {\"0\": 1, \"1\": 5}"), "JSON" },
    { "validation-split", 0, 0, G_OPTION_ARG_DOUBLE, &options.validation_split,
      N_("Share of samples to hold out: the last ones"), "F" },
    { "validation-x", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.validation_x, N_("Held-out inputs"), "[NAME=]FILE" },
    { "validation-y", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.validation_y, N_("Held-out targets"), "[NAME=]FILE" },
    { "validation-sample-weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.validation_sample_weight,
      N_("A weight a held-out sample"), "[NAME=]FILE" },
    { "epochs", 'e', 0, G_OPTION_ARG_INT64, &options.epochs, N_("How often all samples are seen (1)"), "N" },
    { "batch-size", 'b', 0, G_OPTION_ARG_INT64, &options.batch_size, N_("Samples a step (32)"), "N" },
    { "initial-epoch", 0, 0, G_OPTION_ARG_INT64, &options.initial_epoch, N_("Where to go on (0)"), "N" },
    { "steps-per-epoch", 0, 0, G_OPTION_ARG_INT64, &options.steps_per_epoch,
      N_("Batches an epoch; the next goes on after them (all)"), "N" },
    { "validation-batch-size", 0, 0, G_OPTION_ARG_INT64, &options.validation_batch_size,
      N_("Held-out samples at a time (as many as a step has)"), "N" },
    { "validation-steps", 0, 0, G_OPTION_ARG_INT64, &options.validation_steps, N_("Batches of held-out samples (all)"),
      "N" },
    { "validation-freq", 0, 0, G_OPTION_ARG_INT64, &options.validation_freq,
      N_("Epochs from one validation to the next (1)"), "N" },
    { "no-shuffle", 0, 0, G_OPTION_ARG_NONE, &options.no_shuffle, N_("Keep the order of the samples"), NULL },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &options.seed, N_("Makes a run repeatable"), "N" },
    { "optimizer", 0, 0, G_OPTION_ARG_STRING, &options.optimizer, N_("Such as 'Adam(learning_rate=0.01)'"), "NAME" },
    { "loss", 0, 0, G_OPTION_ARG_STRING, &options.loss, N_("What is made small, such as mse"), "NAME" },
    { "metrics", 0, 0, G_OPTION_ARG_STRING, &options.metrics, N_("What is measured besides"), "A,B" },
    { "callback", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.callbacks,
      N_("Such as 'EarlyStopping(patience=5)'"), "NAME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("Where the trained model goes"), "FILE" },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &options.history,
      N_("Where loss and metrics of each epoch go (.json, .csv)"), "FILE" },
    { "log-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.log_dir, N_("Where logs for TensorBoard go"), "DIR" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, N_("Say nothing while training"), NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  Training training = { .options = &options };
  int status = STRATA_EXIT_DONE;

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    status = STRATA_EXIT_USAGE;
  else if (options.epochs == 0 || options.batch_size == 0)
    {
      strata_command_warn ("train", "--%s must be at least 1", options.epochs == 0 ? "epochs" : "batch-size");
      status = STRATA_EXIT_USAGE;
    }
  else
    {
      training.path = argv[1];
      if (!train (&training, &error))
        status = strata_command_fail ("train", error);
      else if (g_cancellable_is_cancelled (training.fit.cancellable))
        status = STRATA_EXIT_INTERRUPTED;
    }
  training_clear (&training);
  strata_train_options_clear (&options);
  return status;
}

const StrataCommand strata_command_train = {
  .name = "train",
  .arguments = "MODEL [--x FILE ... --y FILE ...]",
  .summary = "Train a model on arrays, or on the data that its file names",
  .run = run,
};
