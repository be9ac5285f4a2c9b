/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Callbacks that write files, and those that change the weights, in real training. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "callbacks/file-name.h"
#include "io/keras/model-file.h"
#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/random.h"
#include "tensor/seed.h"

typedef struct
{
  char *folder;
  StrataSource *x, *y;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (24, 3));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (24, 1));

  strata_random_fill_normal (1, 1, 0, strata_tensor_get_floats (x), 24 * 3);
  for (gint64 i = 0; i < 24; i++)
    strata_tensor_get_floats (y)[i] = 2 * strata_tensor_get_floats (x)[3 * i] - 1;
  self->folder = g_dir_make_tmp ("strata-callbacks-XXXXXX", NULL);
  self->x = strata_array_source_new1 (x);
  self->y = strata_array_source_new1 (y);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  remove_all (self->folder);
  g_free (self->folder);
  g_object_unref (self->x);
  g_object_unref (self->y);
}

static StrataModel *
make_model (const char *optimizer)
{
  StrataModel *model;
  const char *const layers[] = { "InputLayer(batch_shape=[None, 3])", "Dense(units=4, activation=tanh)",
                                 "Dense(units=1)" };
  g_autoptr (GError) error = NULL;

  strata_seed_set (5);
  model = strata_sequential_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[i], &error);

      g_assert_no_error (error);
      strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
      g_assert_no_error (error);
    }
  strata_model_compile_with (model, optimizer, "mse", "mae", &error);
  g_assert_no_error (error);
  return model;
}

static StrataCallback *
make (Fixture    *self,
      const char *format)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);
  g_autofree char *text = g_strjoinv (self->folder, parts);
  StrataCallback *callback = (StrataCallback *) strata_object_new_from_text (STRATA_KIND_CALLBACK, text, &error);

  g_assert_no_error (error);
  return callback;
}

static StrataHistory *
train (Fixture         *self,
       StrataModel     *model,
       StrataCallback  *callback,
       gint64           epochs,
       GError         **error)
{
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new ();
  StrataFit fit = { .x = self->x, .y = self->y, .validation_x = self->x, .validation_y = self->y, .batch_size = 6,
                    .epochs = epochs, .shuffle = TRUE, .seed = 3, .callbacks = callbacks };

  if (callback != NULL)
    g_ptr_array_add (callbacks, callback);
  return strata_model_fit (model, &fit, error);
}

static void
train_well (Fixture        *self,
            StrataModel    *model,
            StrataCallback *callback,
            gint64          epochs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHistory) history = train (self, model, callback, epochs, &error);

  g_assert_no_error (error);
  g_assert_nonnull (history);
}

static gboolean
exists (Fixture    *self,
        const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
read_text (Fixture    *self,
           const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_same_weights (StrataModel *a,
                     StrataModel *b,
                     double       tolerance)
{
  g_autoptr (GPtrArray) first = strata_layer_dup_weights (STRATA_LAYER (a));
  g_autoptr (GPtrArray) second = strata_layer_dup_weights (STRATA_LAYER (b));

  g_assert_cmpuint (first->len, ==, second->len);
  for (guint i = 0; i < first->len; i++)
    {
      StrataTensor *x = strata_variable_get_tensor (g_ptr_array_index (first, i));
      StrataTensor *y = strata_variable_get_tensor (g_ptr_array_index (second, i));

      for (gint64 k = 0; k < strata_tensor_get_size (x); k++)
        g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (x, k), strata_tensor_get_number (y, k), tolerance);
    }
}

static void
test_csv (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr (StrataModel) model = make_model ("SGD");
  g_autoptr (StrataCallback) logger = make (self, "CSVLogger(filename=\"@/log.csv\")");
  g_autoptr (StrataCallback) more = make (self, "CSVLogger(filename=\"@/log.csv\", append=True)");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  train_well (self, model, logger, 2);
  train_well (self, model, more, 1);
  text = read_text (self, "log.csv");
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpstr (lines[0], ==, "epoch,loss,mae,val_loss,val_mae");
  g_assert_true (g_str_has_prefix (lines[1], "0,"));
  g_assert_true (g_str_has_prefix (lines[2], "1,"));
  g_assert_true (g_str_has_prefix (lines[3], "0,"));
  g_assert_cmpstr (lines[4], ==, "");
}

static void
test_checkpoint (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (StrataModel) model = make_model ("Adam(learning_rate=0.05)"), loaded = NULL;
  g_autoptr (StrataCallback) each = make (self, "ModelCheckpoint(filepath=\"@/new/at-{epoch:02d}.keras\")");
  g_autoptr (StrataCallback) best = make (self,
                                          "ModelCheckpoint(filepath=\"@/best.weights.h5\", save_weights_only=True, "
                                          "save_best_only=True, initial_value_threshold=0.0000001)");
  g_autoptr (StrataCallback) often = make (self,
                                           "ModelCheckpoint(filepath=\"@/b{batch}-{loss:.0f}.keras\", save_freq=3)");
  g_autofree char *path = g_build_filename (self->folder, "new", "at-02.keras", NULL);
  g_autoptr (GError) error = NULL;

  train_well (self, model, each, 2);
  g_assert_true (exists (self, "new/at-01.keras"));
  loaded = strata_model_load (path, &error);
  g_assert_no_error (error);
  assert_same_weights (model, loaded, 1e-9);
  g_assert_cmpint (strata_optimizer_get_iterations (strata_model_get_optimizer (loaded)), ==, 8);

  train_well (self, model, best, 2);
  g_assert_false (exists (self, "best.weights.h5"));
  train_well (self, model, often, 1);
  g_assert_true (exists (self, "b3-0.keras") || exists (self, "b3-1.keras") || exists (self, "b3-2.keras"));
}

static void
test_file_names (void)
{
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  const struct { const char *pattern, *expected; } cases[] = {
    { "a.keras", "a.keras" },
    { "{epoch}", "7" },
    { "{epoch:03d}-{batch:02d}", "007-12" },
    { "{val_loss:.2f}_{loss:.3e}", "0.12_1.500e+00" },
    { "{{x}}{loss:g}", "{x}1.5" },
    { "{loss:6.2f}", "  1.50" },
  };
  const char *const wrong[] = { "{accuracy}", "{epoch:x}", "{epoch", "{}", "{loss:d}", "{loss:%s}", "{loss:999f}" };

  strata_logs_set (logs, "loss", 1.5);
  strata_logs_set (logs, "val_loss", 0.1249);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = strata_file_name_format (cases[i].pattern, 7, 12, logs, NULL);

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_file_name_format (wrong[i], 7, 12, logs, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NAME);
    }
}

/* Training that is cut off and goes on from the backup ends as if it had not been. */
static void
test_backup (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (StrataModel) whole = make_model ("Adam(learning_rate=0.05)");
  g_autoptr (StrataModel) first = make_model ("Adam(learning_rate=0.05)"), second = NULL;
  g_autoptr (StrataCallback) keep = make (self, "BackupAndRestore(backup_dir=\"@/backup\", delete_checkpoint=False)");
  g_autoptr (StrataCallback) finish = make (self, "BackupAndRestore(backup_dir=\"@/backup\")");

  train_well (self, whole, NULL, 4);
  train_well (self, first, keep, 2);
  g_assert_true (exists (self, "backup/latest.weights.h5"));
  second = make_model ("Adam(learning_rate=0.05)");
  train_well (self, second, finish, 4);
  assert_same_weights (whole, second, 1e-6);
  g_assert_false (exists (self, "backup"));
}

static void
test_averages (Fixture       *self,
               gconstpointer  data)
{
  const char *const optimizer = "SGD(learning_rate=0.1, use_ema=True, ema_momentum=0.8)";
  g_autoptr (StrataModel) plain = make_model (optimizer), swapped = make_model (optimizer);
  g_autoptr (StrataModel) each = make_model (optimizer), none = make_model ("SGD");
  g_autoptr (StrataCallback) swap = make (self, "SwapEMAWeights");
  g_autoptr (StrataCallback) swap_each = make (self, "SwapEMAWeights(swap_on_epoch=True)");
  g_autoptr (StrataLogs) logs = NULL;
  g_autoptr (StrataHistory) history = NULL, refused = NULL;
  g_autoptr (GError) error = NULL;
  double held_out;
  const double *losses;
  guint n;

  train_well (self, plain, NULL, 3);
  history = train (self, swapped, swap, 3, &error);
  g_assert_no_error (error);
  train_well (self, each, swap_each, 3);
  /* Averages are what training ends with, and what is evaluated on the way. */
  assert_same_weights (plain, swapped, 1e-9);
  assert_same_weights (plain, each, 1e-9);
  logs = strata_model_evaluate (swapped, self->x, self->y, NULL, 6, &error);
  g_assert_no_error (error);
  strata_logs_get (logs, "loss", &held_out);
  losses = strata_history_get_values (history, "val_loss", &n);
  g_assert_cmpfloat_with_epsilon (losses[n - 1], held_out, 1e-6);

  refused = train (self, none, swap, 1, &error);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
}

static guint32
get_masked_crc (const guint8 *data,
                gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    for (int bit = 0; bit < 8; bit++)
      {
        guint32 in = (crc ^ data[i] >> bit) & 1;

        crc = crc >> 1 ^ (in ? 0x82f63b78 : 0);
      }
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
}

static guint32
read_32 (const char *at)
{
  guint32 value;

  memcpy (&value, at, 4);
  return GUINT32_FROM_LE (value);
}

/* Checks the framing of an event file; returns its records' contents, joined. */
static GString *
read_events (Fixture    *self,
             const char *folder)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL), *file = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  GString *all = g_string_new (NULL);
  const char *name;
  gsize size, at = 0;

  g_assert_nonnull (dir);
  do
    name = g_dir_read_name (dir);
  while (name != NULL && strstr (name, "events.out.tfevents.") == NULL);
  g_assert_nonnull (name);
  file = g_build_filename (path, name, NULL);
  g_assert_true (g_file_get_contents (file, &data, &size, NULL));
  while (at < size)
    {
      guint32 length = read_32 (data + at);

      g_assert_cmpuint (at + 16 + length, <=, size);
      g_assert_cmphex (read_32 (data + at + 8), ==, get_masked_crc ((const guint8 *) data + at, 8));
      g_assert_cmphex (read_32 (data + at + 12 + length), ==, get_masked_crc ((const guint8 *) data + at + 12, length));
      g_string_append_len (all, data + at + 12, length);
      at += 16 + length;
    }
  return all;
}

static gboolean
mentions (GString    *events,
          const char *text)
{
  return memmem (events->str, events->len, text, strlen (text)) != NULL;
}

static void
test_tensor_board (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (StrataModel) model = make_model ("SGD");
  g_autoptr (StrataCallback) board = make (self, "TensorBoard(log_dir=\"@/logs\", histogram_freq=1, update_freq=2)");
  g_autoptr (GString) training = NULL, held_out = NULL;

  train_well (self, model, board, 2);
  training = read_events (self, "logs/train");
  held_out = read_events (self, "logs/validation");
  g_assert_true (mentions (training, "brain.Event:2"));
  g_assert_true (mentions (training, "epoch_loss"));
  g_assert_true (mentions (training, "epoch_learning_rate"));
  g_assert_true (mentions (training, "batch_mae"));
  g_assert_true (mentions (training, "kernel/histogram"));
  g_assert_false (mentions (training, "val_"));
  g_assert_true (mentions (held_out, "epoch_mae"));
  g_assert_true (mentions (held_out, "evaluation_loss_vs_iterations"));
}

static void
add_layer (StrataModel *model,
           const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, &error);

  g_assert_no_error (error);
  strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
  g_assert_no_error (error);
}

/* The graph, weights as images, and vectors for the projector, with their labels. */
static void
test_tensor_board_pictures (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr (StrataModel) model = strata_sequential_new (NULL);
  g_autofree char *options = g_strdup_printf ("{\"log_dir\": \"%s/logs\", \"histogram_freq\": 1, \"write_images\": "
                                              "true, \"embeddings_freq\": 1, "
                                              "\"embeddings_metadata\": {\"words\": \"words.tsv\"}}", self->folder);
  g_autoptr (JsonNode) node = json_from_string (options, NULL);
  g_autoptr (StrataCallback) board = (StrataCallback *) strata_object_new (STRATA_KIND_CALLBACK, "TensorBoard",
                                                                           json_node_get_object (node), NULL);
  g_autoptr (GString) training = NULL;
  g_autofree char *config_path = g_build_filename (self->folder, "logs", "train", "projector_config.pbtxt", NULL);
  g_autofree char *config = NULL;
  g_autofree char *table_path = g_build_filename (self->folder, "logs", "train", "embedding-0.tsv", NULL);
  g_autofree char *table = NULL;
  g_auto (GStrv) rows = NULL;
  g_autoptr (GError) error = NULL;

  add_layer (model, "InputLayer(batch_shape=[None, 3])");
  add_layer (model, "Embedding(input_dim=5, output_dim=2, name=words)");
  add_layer (model, "Flatten()");
  add_layer (model, "Dense(units=1, name=last)");
  strata_model_compile_with (model, "sgd", "mse", NULL, &error);
  g_assert_no_error (error);
  train_well (self, model, board, 1);

  training = read_events (self, "logs/train");
  g_assert_true (mentions (training, "graph_keras_model"));
  g_assert_true (mentions (training, "\"class_name\""));
  g_assert_true (mentions (training, "kernel/image"));
  g_assert_true (mentions (training, "PNG"));
  g_assert_true (g_file_get_contents (config_path, &config, NULL, NULL));
  g_assert_nonnull (strstr (config, "tensor_path: \"embedding-0.tsv\""));
  g_assert_nonnull (strstr (config, "metadata_path: \"words.tsv\""));
  g_assert_true (g_file_get_contents (table_path, &table, NULL, NULL));
  rows = g_strsplit (table, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 6);
  g_assert_nonnull (strchr (rows[0], '\t'));
}

static void
test_refusals (void)
{
  const char *const texts[] = { "ModelCheckpoint(filepath=\"model.txt\")",
                                "ModelCheckpoint(filepath=\"a.keras\", save_weights_only=True)",
                                "ModelCheckpoint(filepath=\"a.keras\", save_freq=0)", "ModelCheckpoint",
                                "CSVLogger(filename=\"a\", separator=\"ab\")",
                                "BackupAndRestore(backup_dir=\"\")", "ReduceLROnPlateau(factor=1)",
                                "TensorBoard(update_freq=\"never\")" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_object_new_from_text (STRATA_KIND_CALLBACK, texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/callbacks/writing/csv", Fixture, NULL, fixture_set_up, test_csv, fixture_tear_down);
  g_test_add ("/callbacks/writing/checkpoint", Fixture, NULL, fixture_set_up, test_checkpoint, fixture_tear_down);
  g_test_add_func ("/callbacks/writing/file-names", test_file_names);
  g_test_add ("/callbacks/writing/backup", Fixture, NULL, fixture_set_up, test_backup, fixture_tear_down);
  g_test_add ("/callbacks/writing/averages", Fixture, NULL, fixture_set_up, test_averages, fixture_tear_down);
  g_test_add ("/callbacks/writing/tensor-board", Fixture, NULL, fixture_set_up, test_tensor_board, fixture_tear_down);
  g_test_add ("/callbacks/writing/tensor-board-pictures", Fixture, NULL, fixture_set_up, test_tensor_board_pictures,
              fixture_tear_down);
  g_test_add_func ("/callbacks/writing/refusals", test_refusals);
  return g_test_run ();
}
