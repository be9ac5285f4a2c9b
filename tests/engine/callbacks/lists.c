/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Metrics that have several numbers, as one a class: in logs, histories and files. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "callbacks/file-name.h"
#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/random.h"
#include "tensor/seed.h"

static StrataCallback *
make (const char *text)
{
  g_autoptr (GError) error = NULL;
  StrataCallback *callback = (StrataCallback *) strata_object_new_from_text (STRATA_KIND_CALLBACK, text, &error);

  g_assert_no_error (error);
  return callback;
}

/* Three outputs between 0 and 1. */
static StrataModel *
make_model (const char *metrics)
{
  g_autofree char *text = g_strdup_printf ("{\"optimizer\": \"SGD\", \"loss\": \"mse\", \"metrics\": [%s]}", metrics);
  g_autoptr (StrataModel) model = strata_sequential_new (NULL);
  const char *const layers[] = { "InputLayer(batch_shape=[None, 2])", "Dense(units=3, activation=sigmoid)" };
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (GError) error = NULL;

  strata_seed_set (5);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[i], &error);

      g_assert_no_error (error);
      g_assert_true (strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error));
    }
  config = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_true (strata_model_compile (model, json_node_get_object (config), &error));
  return g_steal_pointer (&model);
}

static StrataHistory *
train (StrataModel     *model,
       StrataCallback  *callback,
       GError         **error)
{
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (12, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (12, 3));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL;
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new ();
  StrataFit fit = { .batch_size = 5, .epochs = 2, .callbacks = callbacks };

  strata_random_fill_normal (1, 1, 0, strata_tensor_get_floats (x), 24);
  for (int i = 0; i < 36; i++)
    strata_tensor_get_floats (y)[i] = i % 5 < 2;
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);
  fit.x = fit.validation_x = inputs;
  fit.y = fit.validation_y = targets;
  if (callback != NULL)
    g_ptr_array_add (callbacks, callback);
  return strata_model_fit (model, &fit, error);
}

static void
test_numbers (void)
{
  const struct { double value; const char *expected; } doubles[] = {
    { 0.1, "0.1" }, { 1e15, "1000000000000000.0" }, { 1e16, "1e+16" }, { 1.5e-5, "1.5e-05" },
    { 123456789012345680.0, "1.2345678901234568e+17" },
    { 0.0001, "0.0001" }, { -0.0, "-0.0" }, { 1.0 / 3, "0.3333333333333333" },
    { 9007199254740994.0, "9007199254740994.0" }, { 5e-324, "5e-324" },
    { 0.24323397874832153, "0.24323397874832153" }, { -12.5, "-12.5" }, { NAN, "nan" }, { -INFINITY, "-inf" },
  };
  const struct { float value; const char *expected; } singles[] = {
    { 0.30769226f, "0.30769226" }, { 1e7f, "1e+07" }, { 1234567, "1.234567e+06" }, { 123456.7f, "123456.7" },
    { 1e-5f, "1e-05" }, { 0.0001f, "1e-04" },
    { 0.00010000001f, "0.00010000001" }, { 0, "0.0" }, { -0.5f, "-0.5" }, { 3e38f, "3e+38" }, { 0.8f, "0.8" },
    { 20, "20.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autofree char *text = strata_number_to_text (doubles[i].value);

      g_assert_cmpstr (text, ==, doubles[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      g_autofree char *text = strata_single_number_to_text (singles[i].value);

      g_assert_cmpstr (text, ==, singles[i].expected);
    }
}

static void
test_logs (void)
{
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  const float values[] = { 0.25f, 0.5f, 1.5f };
  const float *list;
  double value;
  guint n;

  strata_logs_set (logs, "loss", 2);
  strata_logs_set_list (logs, "f1_score", values, 3);
  list = strata_logs_get_list (logs, "f1_score", &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpfloat (list[2], ==, 1.5);
  g_assert_true (strata_logs_get (logs, "f1_score", &value));
  g_assert_cmpfloat (value, ==, 0.75);
  g_assert_null (strata_logs_get_list (logs, "loss", &n));
  g_assert_null (strata_logs_get_list (logs, "accuracy", &n));

  /* Keras's order, which callbacks add to. */
  strata_logs_set (logs, "learning_rate_sgd", 0.1);
  strata_logs_set (logs, "learning_rate_adam", 0.2);
  strata_logs_set (logs, "learning_rate_sgd", 0.3);
  strata_logs_set (logs, "val_loss", 2);
  g_assert_cmpstr (strata_logs_get_entry (logs, 1, &value), ==, "loss");
  g_assert_cmpstr (strata_logs_get_entry (logs, 2, &value), ==, "val_loss");
  g_assert_cmpstr (strata_logs_get_entry (logs, 3, &value), ==, "learning_rate_sgd");
  g_assert_cmpfloat (value, ==, 0.3);
  g_assert_cmpstr (strata_logs_get_entry (logs, 4, &value), ==, "learning_rate_adam");

  /* One number alone is no list. */
  strata_logs_set_list (logs, "f1_score", values + 1, 1);
  g_assert_null (strata_logs_get_list (logs, "f1_score", &n));
  g_assert_true (strata_logs_get (logs, "f1_score", &value));
  g_assert_cmpfloat (value, ==, 0.5);
}

/* The bytes that Keras writes. */
static void
test_csv (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-lists-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.csv", NULL), *text = NULL;
  g_autofree char *call = g_strdup_printf ("CSVLogger(filename=\"%s\")", path);
  g_autoptr (StrataCallback) logger = make (call);
  StrataCallbackClass *klass = STRATA_CALLBACK_GET_CLASS (logger);
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  g_autoptr (GError) error = NULL;
  const float first[] = { 0.30769226f, 0.8f, 1e-5f }, second[] = { 1, 0, 1e7f };

  g_assert_true (klass->train_begin (logger, NULL, &error));
  strata_logs_set_list (logs, "f1_score", first, 3);
  strata_logs_set (logs, "loss", 0.25);
  g_assert_true (klass->epoch_end (logger, NULL, 0, logs, &error));
  strata_logs_set_list (logs, "f1_score", second, 3);
  strata_logs_set (logs, "loss", NAN);
  g_assert_true (klass->epoch_end (logger, NULL, 1, logs, &error));
  g_assert_true (klass->train_end (logger, NULL, logs, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "epoch,f1_score,loss,val_f1_score,val_loss\r\n"
                   "0,\"\"\"[0.30769226, 0.8, 1e-05]\"\"\",0.25,NA,NA\r\n"
                   "1,\"\"\"[1.0, 0.0, 1e+07]\"\"\",nan,NA,NA\r\n");
  g_remove (path);
  g_rmdir (folder);
}

static void
test_history (void)
{
  g_autoptr (StrataModel) model = make_model (
    "{\"class_name\": \"FBetaScore\", \"config\": {\"threshold\": 0.5, \"beta\": 2.0}},"
    "{\"class_name\": \"Precision\", \"config\": {\"thresholds\": [0.3, 0.6]}},"
    "{\"class_name\": \"R2Score\", \"config\": {\"class_aggregation\": null}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHistory) history = train (model, NULL, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *csv = NULL;
  const struct { const char *name; guint length; } series[] = { { "fbeta_score", 3 }, { "val_precision", 2 },
                                                                { "r2_score", 3 } };

  g_assert_no_error (error);
  node = strata_history_to_json (history);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      JsonArray *epochs = strata_json_get_array (json_node_get_object (node), series[i].name);
      guint n;
      const double *means = strata_history_get_values (history, series[i].name, &n);

      g_assert_nonnull (epochs);
      g_assert_cmpuint (n, ==, 2);
      for (guint e = 0; e < n; e++)
        {
          JsonArray *list = json_array_get_array_element (epochs, e);
          double sum = 0;

          g_assert_cmpuint (json_array_get_length (list), ==, series[i].length);
          for (guint k = 0; k < series[i].length; k++)
            sum += json_array_get_double_element (list, k);
          g_assert_cmpfloat_with_epsilon (sum / series[i].length, means[e], 1e-9);
        }
    }
  csv = strata_history_to_csv (history);
  g_assert_nonnull (strstr (csv, "0,\"["));
}

/* Numbers are written as Python does. */
static void
test_table (void)
{
  g_autoptr (StrataHistory) history = strata_history_new ();
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  g_autofree char *csv = NULL;

  strata_logs_set (logs, "loss", -NAN);
  strata_logs_set (logs, "mae", -INFINITY);
  strata_history_append (history, 0, logs);
  strata_logs_set (logs, "loss", 0.1);
  strata_logs_set (logs, "mae", 2);
  strata_history_append (history, 1, logs);
  csv = strata_history_to_csv (history);
  g_assert_cmpstr (csv, ==, "epoch,loss,mae\n0,nan,-inf\n1,0.1,2.0\n");
}

/* Which of its numbers should improve, nobody can say. */
static void
test_watching (void)
{
  const char *const texts[] = { "EarlyStopping(monitor=\"val_f1_score\", mode=max)",
                                "ReduceLROnPlateau(monitor=f1_score, mode=max)" };
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  g_autoptr (GError) name_error = NULL;
  g_autofree char *name = NULL;
  const float values[] = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StrataModel) model = make_model ("{\"class_name\": \"F1Score\", \"config\": {}}");
      g_autoptr (StrataCallback) callback = make (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataHistory) history = train (model, callback, &error);

      g_assert_null (history);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, "a list of 3 numbers"));
    }

  strata_logs_set_list (logs, "f1_score", values, 2);
  name = strata_file_name_format ("{f1_score:.2f}.keras", 1, 1, logs, &name_error);
  g_assert_null (name);
  g_assert_error (name_error, STRATA_ERROR, STRATA_ERROR_NAME);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/callbacks/lists/numbers", test_numbers);
  g_test_add_func ("/callbacks/lists/logs", test_logs);
  g_test_add_func ("/callbacks/lists/csv", test_csv);
  g_test_add_func ("/callbacks/lists/history", test_history);
  g_test_add_func ("/callbacks/lists/table", test_table);
  g_test_add_func ("/callbacks/lists/watching", test_watching);
  return g_test_run ();
}
