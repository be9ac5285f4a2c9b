/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include <string.h>

#include "io/code/python.h"
#include "io/formats/hdf5.h"
#include "io/keras/compile-config.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"
#include "io/keras/weight-file.h"
#include "models/array-source.h"
#include "models/sequential.h"

/* What is written is read again: the same predictions, the same training from there. */

static const char *const names[] = { "perceptron", "convolutional", "branches", "shared", "nested",
                                     "recurrent", "normalized",
                                     "attentive", "operators", "operations", "wrapped", "activations", "constants",
                                     "slopes", "uncalled" };

static StrataModel *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  StrataModel *model = strata_model_load (path, &error);

  g_assert_no_error (error);
  return model;
}

static StrataModel *
load_golden (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".keras", NULL);
  g_autofree char *path = golden_path (file);

  return load (path);
}

static void
save (StrataModel *model,
      const char  *path)
{
  g_autoptr (GError) error = NULL;

  strata_model_save (model, path, &error);
  g_assert_no_error (error);
}

static void
train_a_step (StrataModel *model,
              const char  *name)
{
  g_autoptr (StrataSource) x = golden_source (name, "x");
  g_autoptr (StrataSource) y = golden_source (name, "t");
  StrataFit fit = { .x = x, .y = y, .batch_size = strata_source_get_size (x), .epochs = 1 };
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  history = strata_model_fit (model, &fit, &error);
  g_assert_no_error (error);
}

static void
test_whole (gconstpointer suffix)
{
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], suffix, NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autoptr (StrataModel) model = load_golden (names[i]), again = NULL;

      save (model, path);
      again = load (path);
      assert_predicts (again, names[i], "y");
      train_a_step (again, names[i]);
      assert_predicts (again, names[i], "z");
    }
  remove_folder (folder);
}

static void
test_weights (gconstpointer suffix)
{
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], suffix, NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *json = g_build_filename (folder, "model.json", NULL);
      g_autoptr (StrataModel) model = load_golden (names[i]), again = NULL;
      g_autoptr (GError) error = NULL;

      strata_model_save_weights (model, path, &error);
      g_assert_no_error (error);
      save (model, json);
      again = load (json);
      g_assert_false (strata_model_is_compiled (again));
      strata_model_load_weights (again, path, FALSE, &error);
      g_assert_no_error (error);
      assert_predicts (again, names[i], "y");
    }
  remove_folder (folder);
}

static void
test_extras (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.keras", NULL);
  g_autoptr (StrataModel) model = load_golden ("perceptron");
  g_autoptr (StrataKerasFile) written = strata_keras_file_new (model), read = NULL, draft = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"x\": 1}", 8);
  g_autoptr (GError) error = NULL;

  strata_keras_file_set_extra (written, "strata/document.json", bytes);
  strata_keras_file_write (written, path, &error);
  g_assert_no_error (error);
  read = strata_keras_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read->model);
  g_assert_cmpuint (g_hash_table_size (read->extras), ==, 1);
  g_assert_true (g_bytes_equal (strata_keras_file_get_extra (read, "strata/document.json"), bytes));

  /* A draft has only those. */
  g_clear_object (&written->model);
  strata_keras_file_write (written, path, &error);
  g_assert_no_error (error);
  draft = strata_keras_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_null (draft->model);
  g_assert_null (strata_model_load (path, &error));
  g_assert_nonnull (strstr (error->message, "draft"));
  remove_folder (folder);
}

/* A model that has no weights yet cannot be written; the file stays as it was. */
static void
test_old_file_stays (void)
{
  static const char *const suffixes[] = { ".keras", ".h5", ".weights.h5", ".docx" };
  g_autofree char *folder = make_folder ();
  g_autoptr (StrataModel) unbuilt = strata_sequential_new ("unbuilt");
  g_autoptr (GError) none = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text ("Dense(units=2)", &none);

  g_assert_no_error (none);
  strata_sequential_add (STRATA_SEQUENTIAL (unbuilt), layer, &none);
  g_assert_no_error (none);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat ("old", suffixes[i], NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, "old", 3, &error);
      g_assert_no_error (error);
      g_assert_false (strata_model_save (unbuilt, path, &error));
      g_assert_true (error->domain == STRATA_ERROR);
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "old");
    }
  remove_folder (folder);
}

static void
test_python (void)
{
  g_autoptr (StrataModel) model = load_golden ("shared");
  g_autoptr (GError) error = NULL;
  g_autofree char *code = strata_model_to_python (model, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (code, "twice_layer = layers.Dense(units=4, activation=\"tanh\", name=\"twice\")\n"));
  g_assert_nonnull (strstr (code, "twice = twice_layer(a)\n"));
  g_assert_nonnull (strstr (code, "difference = layers.Subtract(name=\"difference\")([twice, twice_2])\n"));
  g_assert_nonnull (strstr (code, "model = keras.Model(inputs=[a, b], outputs=out, name=\"shared\")\n"));
  g_assert_nonnull (strstr (code, "optimizer=keras.optimizers.RMSprop(learning_rate=0.01)"));
}

static void
test_python_of_operations (void)
{
  g_autoptr (StrataModel) model = load_golden ("operations"), wrapped = load_golden ("wrapped");
  g_autoptr (GError) error = NULL;
  g_autofree char *code = strata_model_to_python (model, &error);
  g_autofree char *other = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (strstr (code, "get_item = dense[:, 1:3, ::2]\n"));
  g_assert_nonnull (strstr (code, "keras.ops.mean(dense, axis=1, keepdims=True)\n"));
  g_assert_nonnull (strstr (code, "keras.ops.einsum(\"bij,jk->bik\", dense, keras.ops.convert_to_tensor("));
  other = strata_model_to_python (wrapped, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (other, "layers.TimeDistributed(layer=make_row(), name=\"rows\")"));
  g_assert_nonnull (strstr (other,
                            "cell=layers.StackedRNNCells(cells=[layers.LSTMCell(units=3), layers.GRUCell(units=2)])"));
}

/* A folder of TensorFlow's is no model of Keras's, and a function without an operation is named. */
static void
test_foreign (void)
{
  static const char json[] = "{\"class_name\": \"Functional\", \"keras_version\": \"2.15.0\", \"config\": {\"name\": "
                             "\"m\", \"layers\": ["
                             "{\"class_name\": \"InputLayer\", \"name\": \"x\", \"config\": {\"name\": \"x\", "
                             "\"batch_input_shape\": [null, 3]}, \"inbound_nodes\": []},"
                             "{\"class_name\": \"TFOpLambda\", \"name\": \"tf.audio\", \"config\": {\"name\": "
                             "\"tf.audio\", \"function\": \"audio.decode\"},"
                             " \"inbound_nodes\": [[\"x\", 0, 0, {}]]}], \"input_layers\": [[\"x\", 0, 0]], "
                             "\"output_layers\": [[\"tf.audio\", 0, 0]]}}";
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "saved_model.pb", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "graph", -1, NULL));
  g_assert_null (strata_model_load (folder, &error));
  g_assert_nonnull (strstr (error->message, "SavedModel"));
  g_clear_error (&error);
  g_assert_null (strata_model_from_json (json, -1, "m", &error));
  g_assert_nonnull (strstr (error->message, "“tf.audio” calls TensorFlow's audio.decode"));
  remove_folder (folder);
}

/* In .h5, Keras names neither the module of an operation nor, in its config, the operation itself. */
static void
test_legacy_operation (void)
{
  static const char json[] = "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
                             "{\"class_name\": \"InputLayer\", \"name\": \"x\", \"config\": {\"name\": \"x\", "
                             "\"batch_shape\": [null, 4, 4, 1]}, \"inbound_nodes\": []},"
                             "{\"class_name\": \"ExtractPatches\", \"name\": \"patches\", "
                             "\"config\": {\"size\": [2, 2], \"strides\": [2, 2], \"dilation_rate\": 1, "
                             "\"padding\": \"valid\"},"
                             " \"inbound_nodes\": [{\"args\": [{\"class_name\": \"__keras_tensor__\", \"config\": "
                             "{\"keras_history\": [\"x\", 0, 0]}}], \"kwargs\": {}}]}],"
                             " \"input_layers\": [[\"x\", 0, 0]], \"output_layers\": [[\"patches\", 0, 0]]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (json, -1, "m", &error);
  g_autofree char *shape = NULL;

  g_assert_no_error (error);
  shape = strata_shape_to_string (&strata_model_get_output_spec (model, 0)->shape);
  g_assert_cmpstr (shape, ==, "(None, 2, 2, 4)");
}

/* Before TensorFlow 2.4, functions were left as nodes of its graph. */
static void
test_graph_nodes (void)
{
  static const char json[] = "{\"class_name\": \"Model\", \"keras_version\": \"2.2.4-tf\", \"config\": {\"name\": "
                             "\"m\", \"layers\": ["
                             "{\"class_name\": \"InputLayer\", \"name\": \"x\", \"config\": {\"name\": \"x\", "
                             "\"batch_input_shape\": [null, 3]}, \"inbound_nodes\": []},"
                             "{\"class_name\": \"TensorFlowOpLayer\", \"name\": \"mul\", \"config\": {\"name\": "
                             "\"mul\", \"node_def\": {\"op\": \"Mul\"},"
                             " \"constants\": {\"1\": 3.0}}, \"inbound_nodes\": [[[\"x\", 0, 0, {}]]]},"
                             "{\"class_name\": \"TensorFlowOpLayer\", \"name\": \"sub\", \"config\": "
                             "{\"name\": \"sub\","
                             " \"node_def\": \"{\\\"op\\\": \\\"Sub\\\"}\", \"constants\": {}}, \"inbound_nodes\": "
                             "[[[\"mul\", 0, 0, {}], [\"x\", 0, 0, {}]]]}],"
                             " \"input_layers\": [[\"x\", 0, 0]], \"output_layers\": [[\"sub\", 0, 0]]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (json, -1, "m", &error);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, 3));
  g_autoptr (StrataSource) source = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    strata_tensor_get_floats (x)[i] = i + 1;
  source = strata_array_source_new (&x, 1, &error);
  found = strata_model_predict (model, source, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (strata_tensor_get_number (g_ptr_array_index (found, 0), i), ==, 2 * (i + 1));
}

/* Keras cannot read "..." in a legacy file, not even its own: slices say the same. */
static void
test_legacy_ellipsis (void)
{
  static const char code[] = "import keras\nx = keras.Input((4, 6), name='x')\ny = x[..., 1:3]\nz = x[...]\n"
                             "w = x[None, ..., 0]\n"
                             "model = keras.Model(x, [y, z, w])\n";
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "x.h5", NULL), *config = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (code, &error), again = NULL;
  g_autoptr (StrataHdf5) file = NULL;
  guint slices = 0;

  g_assert_no_error (error);
  save (model, path);
  file = strata_hdf5_open (path, &error);
  g_assert_no_error (error);
  config = strata_hdf5_get_string (file, "", "model_config", &error);
  g_assert_no_error (error);
  g_assert_null (strstr (config, "__ellipsis__"));
  for (const char *at = config; (at = strstr (at, "__slice__")) != NULL; at++)
    slices++;
  g_assert_cmpuint (slices, ==, 3 + 3 + 2);
  again = load (path);
  for (guint i = 0; i < 3; i++)
    g_assert_true (strata_shape_equal (&strata_model_get_output_spec (model, i)->shape,
                                       &strata_model_get_output_spec (again, i)->shape));
  remove_folder (folder);
}

static StrataTensor *
new_texts (const char *const *texts,
           gint64             n)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_STRING, &STRATA_SHAPE (n, 1));

  for (gint64 i = 0; i < n; i++)
    strata_tensor_set_string (tensor, i, texts[i]);
  return tensor;
}

/* Layers in this model learn from these texts. */
static const char learning[] = "import keras\nfrom keras import layers\n"
                               "s = keras.Input((1,), dtype='string', name='s')\n"
                               "inner = keras.Sequential([keras.Input((1,), dtype='string'),\n"
                               "                          layers.TextVectorization(output_sequence_length=3, "
                               "name='words')])\n"
                               "model = keras.Model(s, [inner(s), layers.TextVectorization(output_mode='tf_idf', "
                               "vocabulary_size=6, name='weighed')(s),\n"
                               "                        layers.StringLookup(num_oov_indices=2, name='whole')(s)])\n";
static const char *const texts[] = { "red green", "blue \"Red\"", "what red", "\303\251" };

static StrataModel *
make_learned (void)
{
  g_autoptr (GError) error = NULL;
  StrataModel *model = strata_model_from_python (learning, &error);
  g_autoptr (StrataTensor) data = new_texts (texts, 4);

  g_assert_no_error (error);
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);

      if (STRATA_IS_MODEL (layer))
        layer = strata_model_get_layer (STRATA_MODEL (layer), 0);
      if (strata_layer_can_adapt (layer))
        strata_layer_adapt (layer, data, &error);
      g_assert_no_error (error);
    }
  return model;
}

static GPtrArray *
predict_texts (StrataModel *model)
{
  static const char *const others[] = { "red what", "blue \"Red\"", "GREEN grey red blue" };
  g_autoptr (StrataTensor) x = new_texts (others, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataSource) source = strata_array_source_new (&x, 1, &error);
  GPtrArray *found = strata_model_predict (model, source, 0, NULL, &error);

  g_assert_no_error (error);
  return found;
}

/* A vocabulary that was learned comes through, with or without a place for it in Keras's files. */
static void
test_learned (gconstpointer suffix)
{
  g_autofree char *folder = make_folder (), *file = g_strconcat ("x", suffix, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *weights = g_build_filename (folder, "x.weights.h5", NULL);
  g_autoptr (StrataModel) model = make_learned (), again = NULL;
  g_autoptr (GPtrArray) expected = predict_texts (model), found = NULL;
  g_autoptr (GError) error = NULL;

  save (model, path);
  save (model, weights);
  again = load (path);
  strata_model_load_weights (again, weights, FALSE, &error);
  g_assert_no_error (error);
  found = predict_texts (again);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpfloat (strata_tensor_get_number (g_ptr_array_index (expected, 0), 1), >, 1);
  for (guint i = 0; i < found->len; i++)
    assert_near (g_ptr_array_index (expected, i), g_ptr_array_index (found, i), 0);
  remove_folder (folder);
}

/* Rows are as long as the longest text of a batch; what goes on from them must not be. */
static void
test_open_length (void)
{
  static const char code[] = "import keras\nfrom keras import layers\ns = keras.Input((1,), dtype='string', name='s')\n"
                             "ids = layers.TextVectorization(vocabulary=['red', 'blue'])(s)\n"
                             "model = keras.Model(s, ids)\n";
  static const float expected[] = { 2, 1, 0, 0, 3, 2, 0, 0, 1, 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (code, &error), mean = NULL;
  g_autofree char *pooled = g_strconcat (code, "x = layers.Embedding(4, 2, embeddings_initializer='ones')(ids)\n"
                                               "model = keras.Model(s, layers.GlobalAveragePooling1D()(x))\n", NULL);
  g_autoptr (GPtrArray) found = NULL, parts = NULL, means = NULL;
  g_autoptr (StrataTensor) x = NULL;
  g_autoptr (StrataSource) source = NULL;
  static const char *const others[] = { "red what", "blue \"Red\"", "GREEN grey red blue" };

  g_assert_no_error (error);
  found = predict_texts (model);
  g_assert_true (strata_shape_equal (strata_tensor_get_shape (g_ptr_array_index (found, 0)), &STRATA_SHAPE (3, 4)));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (strata_tensor_get_number (g_ptr_array_index (found, 0), i), ==, expected[i]);

  x = new_texts (others, 3);
  source = strata_array_source_new (&x, 1, &error);
  parts = strata_model_predict (model, source, 2, NULL, &error);
  g_assert_null (parts);
  g_assert_nonnull (strstr (error->message, "output_sequence_length"));
  g_clear_error (&error);

  mean = strata_model_from_python (pooled, &error);
  g_assert_no_error (error);
  means = strata_model_predict (mean, source, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (strata_tensor_get_number (g_ptr_array_index (means, 0), 5), ==, 1);
}

/* A model that was compiled but never trained has an optimizer that is to begin: nothing to be warned of. */
static void
test_unbegun_optimizer (void)
{
  g_autoptr (StrataModel) model = load_golden ("perceptron");
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arrays, strata_tensor_new_scalar (0));
  g_ptr_array_add (arrays, strata_tensor_new_scalar (0.01));
  g_assert_true (strata_optimizer_take_arrays (optimizer, arrays, &error));
  g_assert_no_error (error);
  g_ptr_array_add (arrays, strata_tensor_new_scalar (0.5));
  g_assert_false (strata_optimizer_take_arrays (optimizer, arrays, &error));
  g_assert_nonnull (strstr (error->message, "begins anew"));
}

/* Where nothing learns, Nadam has one variable besides: the file's rate is not that one's value. */
static void
test_idle_optimizer (void)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  g_autoptr (GPtrArray) weights = g_ptr_array_new (), variables = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataObject) nadam = strata_object_new_from_text (STRATA_KIND_OPTIMIZER, "Nadam", &error);

  g_assert_no_error (error);
  g_assert_true (strata_optimizer_build (STRATA_OPTIMIZER (nadam), weights, &error));
  g_ptr_array_add (arrays, strata_tensor_new_scalar (0));
  g_ptr_array_add (arrays, strata_tensor_new_scalar (0.01));
  g_assert_true (strata_optimizer_take_arrays (STRATA_OPTIMIZER (nadam), arrays, &error));
  variables = strata_optimizer_dup_variables (STRATA_OPTIMIZER (nadam));
  g_assert_cmpuint (variables->len, ==, 3);
  g_assert_cmpfloat (strata_tensor_get_number (strata_variable_get_tensor (variables->pdata[2]), 0), ==, 1);
}

/* Momentums of one optimizer are no squares of another, though there are as many. */
static void
test_other_optimizer (void)
{
  g_autoptr (StrataModel) lion = load_golden ("perceptron"), other = load_golden ("perceptron");
  g_autoptr (StrataHdf5) file = NULL, read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_model_compile_with (lion, "Lion()", "mse", NULL, &error));
  g_assert_true (strata_model_compile_with (other, "RMSprop()", "mse", NULL, &error));
  g_assert_true (strata_model_build_optimizer (lion, &error));
  g_assert_true (strata_model_build_optimizer (other, &error));
  g_assert_no_error (error);
  file = strata_hdf5_create_bytes (&error);
  g_assert_true (strata_optimizer_write_vars (strata_model_get_optimizer (lion), file, &error));
  bytes = strata_hdf5_to_bytes (file, &error);
  read = strata_hdf5_open_bytes (bytes, "x", &error);
  g_assert_no_error (error);
  g_assert_false (strata_optimizer_read_vars (strata_model_get_optimizer (other), read, &error));
  g_assert_nonnull (strstr (error->message, "another optimizer than RMSprop"));
  g_clear_error (&error);
  g_assert_true (strata_optimizer_read_vars (strata_model_get_optimizer (lion), read, &error));
  g_assert_no_error (error);
}

static void
assert_cannot_predict (StrataModel *model,
                       const char  *why)
{
  g_autoptr (StrataTensor) words = strata_tensor_new (STRATA_STRING, &STRATA_SHAPE (2, 1));
  g_autoptr (StrataSource) source = strata_array_source_new1 (words);
  g_autoptr (GError) error = NULL;

  g_assert_null (strata_model_predict (model, source, 2, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, why));
}

/* Where Keras lost it, the layers are named. */
static void
test_unlearned (void)
{
  static const char json[] = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
                             "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 1], \"dtype\": "
                             "\"string\"}},"
                             "{\"class_name\": \"TextVectorization\", \"config\": {\"name\": \"lost\", "
                             "\"output_sequence_length\": 3,"
                             " \"vocabulary\": null, \"vocabulary_size\": 5}}]}}";
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "x.json", NULL);
  g_autofree char *h5 = g_build_filename (folder, "x.h5", NULL);
  const char *paths[] = { path, h5 };
  g_autoptr (StrataModel) first = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  first = load (path);
  save (first, h5);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (StrataModel) model = strata_model_load_full (paths[i], warnings, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (warnings->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (warnings, 0), "“lost” has no vocabulary"));
      assert_cannot_predict (model, "“lost” has no vocabulary");
    }
  remove_folder (folder);
}

/* Legacy files tell only the class of a loss or metric; Keras 3 cannot find some of them without their module. */
static void
test_legacy_modules (void)
{
  static const char legacy[] = "{\"optimizer_config\": {\"class_name\": \"Adam\", \"config\": {}},"
                               " \"loss\": {\"a\": {\"class_name\": \"Huber\", \"config\": {\"reduction\": \"auto\", "
                               "\"fn\": \"huber\", \"delta\": 0.5}}},"
                               " \"metrics\": [[\"mae\", {\"class_name\": \"LogCoshError\", \"config\": {}}]]}";
  g_autoptr (StrataModel) model = load_golden ("perceptron");
  g_autoptr (JsonNode) training = json_from_string (legacy, NULL), written = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *config, *loss, *metric;

  strata_training_config_apply (json_node_get_object (training), model, &error);
  g_assert_no_error (error);
  written = strata_model_to_config (model, &error);
  g_assert_no_error (error);
  config = json_object_get_object_member (json_node_get_object (written), "compile_config");
  loss = json_object_get_object_member (json_object_get_object_member (config, "loss"), "a");
  g_assert_cmpstr (json_object_get_string_member (loss, "module"), ==, "keras.losses");
  /* Keras 3 refuses both. */
  g_assert_false (json_object_has_member (json_object_get_object_member (loss, "config"), "fn"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (loss, "config"), "reduction"), ==,
                   "sum_over_batch_size");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (config, "metrics"), 0), ==, "mae");
  metric = json_array_get_object_element (json_object_get_array_member (config, "metrics"), 1);
  g_assert_cmpstr (json_object_get_string_member (metric, "module"), ==, "keras.metrics");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/io/round-trip/keras", ".keras", test_whole);
  g_test_add_data_func ("/io/round-trip/h5", ".h5", test_whole);
  g_test_add_data_func ("/io/round-trip/weights", ".weights.h5", test_weights);
  g_test_add_data_func ("/io/round-trip/legacy-weights", ".h5", test_weights);
  g_test_add_data_func ("/io/round-trip/sharded-weights", ".weights.json", test_weights);
  g_test_add_func ("/io/round-trip/python-of-operations", test_python_of_operations);
  g_test_add_func ("/io/round-trip/extras", test_extras);
  g_test_add_func ("/io/round-trip/old-file-stays", test_old_file_stays);
  g_test_add_func ("/io/round-trip/legacy-ellipsis", test_legacy_ellipsis);
  g_test_add_data_func ("/io/round-trip/learned/keras", ".keras", test_learned);
  g_test_add_data_func ("/io/round-trip/learned/h5", ".h5", test_learned);
  g_test_add_data_func ("/io/round-trip/learned/json", ".json", test_learned);
  g_test_add_data_func ("/io/round-trip/learned/python", ".py", test_learned);
  g_test_add_func ("/io/round-trip/unlearned", test_unlearned);
  g_test_add_func ("/io/round-trip/open-length", test_open_length);
  g_test_add_func ("/io/round-trip/other-optimizer", test_other_optimizer);
  g_test_add_func ("/io/round-trip/unbegun-optimizer", test_unbegun_optimizer);
  g_test_add_func ("/io/round-trip/idle-optimizer", test_idle_optimizer);
  g_test_add_func ("/io/round-trip/foreign", test_foreign);
  g_test_add_func ("/io/round-trip/legacy-operation", test_legacy_operation);
  g_test_add_func ("/io/round-trip/graph-nodes", test_graph_nodes);
  g_test_add_func ("/io/round-trip/legacy-modules", test_legacy_modules);
  g_test_add_func ("/io/round-trip/python", test_python);
  return g_test_run ();
}
