/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Weights that come from files of their own: what fits, what does not, and several files at once. */
#include "check.h"

#include "io/code/python.h"
#include "io/formats/archive.h"
#include "io/formats/hdf5.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"
#include "io/keras/shards.h"

static void
test_mismatch (void)
{
  g_autofree char *path = golden_path ("perceptron.weights.h5");
  g_autofree char *legacy = golden_path ("perceptron.h5");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (
    "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
    "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 4]}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 5, \"name\": \"hidden\"}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 7, \"name\": \"last\"}}]}}", -1, "m", &error);
  g_autoptr (GPtrArray) weights = NULL;
  float before;

  g_assert_no_error (error);
  weights = strata_layer_dup_weights (STRATA_LAYER (model));
  before = strata_variable_get_floats (g_ptr_array_index (weights, 0))[0];
  g_assert_false (strata_model_load_weights (model, path, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "“last”"));
  g_assert_nonnull (strstr (error->message, "(5, 7)"));
  g_assert_nonnull (strstr (error->message, "(5, 3)"));
  /* Nothing was changed, though the first layer fits. */
  g_assert_cmpfloat (strata_variable_get_floats (g_ptr_array_index (weights, 0))[0], ==, before);
  g_clear_error (&error);
  g_assert_false (strata_model_load_weights (model, legacy, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
  g_clear_error (&error);

  /* By name, only what is called alike is read. */
  g_assert_true (strata_model_load_weights (model, legacy, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (strata_variable_get_floats (g_ptr_array_index (weights, 0))[0], !=, before);
}

/* Layers that do not fit may be left out, in both kinds of file; then it is told which those are. */
static void
test_skipped (void)
{
  static const char *const files[] = { "perceptron.weights.h5", "perceptron.h5" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = golden_path (files[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free), weights = NULL;
      g_autoptr (StrataModel) model = strata_model_from_json (
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
        "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 4]}},"
        "{\"class_name\": \"Dense\", \"config\": {\"units\": 5, \"name\": \"hidden\"}},"
        "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"name\": \"last\", \"use_bias\": false}}]}}", -1, "m",
        &error);
      float first, last;

      g_assert_no_error (error);
      weights = strata_layer_dup_weights (STRATA_LAYER (model));
      first = strata_variable_get_floats (g_ptr_array_index (weights, 0))[0];
      last = strata_variable_get_floats (g_ptr_array_index (weights, 2))[0];
      g_assert_true (strata_model_load_weights_full (model, path, FALSE, skipped, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (skipped->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (skipped, 0), "“last”"));
      g_assert_cmpfloat (strata_variable_get_floats (g_ptr_array_index (weights, 0))[0], !=, first);
      g_assert_cmpfloat (strata_variable_get_floats (g_ptr_array_index (weights, 2))[0], ==, last);
    }
}

static StrataModel *
new_network (const char *layers)
{
  g_autofree char *code = g_strdup_printf ("import keras\nfrom keras import layers as L\n"
                                           "model = keras.Sequential([keras.Input((3,)), %s])\n", layers);
  g_autoptr (GError) error = NULL;
  StrataModel *model = strata_model_from_python (code, &error);

  g_assert_no_error (error);
  return model;
}

/* What is read of layers that fit in part is what Keras reads of them; what is 1 came from the file. */
static void
test_parts (void)
{
#define BEFORE "L.Dense(2, bias_initializer='ones', kernel_initializer='ones', name='a')"
  static const struct
  {
    const char *file, *written, *read;
    gboolean by_name, skips;
    int n; /* how many weights of the first layer are read; -1 where it is refused */
  } cases[] = {
    { "x.h5", BEFORE, "L.Dense(4, name='a')", FALSE, TRUE, 0 },
    { "x.h5", BEFORE, "L.Reshape((3, 1)), L.Dense(2, name='a'), L.Flatten()", FALSE, TRUE, 1 },
    { "x.weights.h5", BEFORE, "L.Reshape((3, 1)), L.Dense(2, name='a'), L.Flatten()", FALSE, TRUE, 0 },
    { "x.h5", "L.Flatten(name='a')", "L.Dense(2, name='a')", TRUE, FALSE, -1 },
    { "x.h5", "L.Flatten(name='a')", "L.Dense(2, name='a')", TRUE, TRUE, 0 },
    { "x.h5", "keras.Sequential([keras.Input((3,)), L.BatchNormalization(name='b')], name='a')",
      "keras.Sequential([keras.Input((3,)), L.BatchNormalization(center=False, name='b')], name='a')",
      TRUE, FALSE, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = make_folder (), *path = g_build_filename (folder, cases[i].file, NULL);
      g_autoptr (StrataModel) written = new_network (cases[i].written), read = new_network (cases[i].read);
      g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (read));
      g_autoptr (GError) error = NULL;
      int n = 0;

      strata_model_save_weights (written, path, &error);
      g_assert_no_error (error);
      if (!strata_model_load_weights_full (read, path, cases[i].by_name, cases[i].skips ? skipped : NULL, &error))
        n = -1;
      for (guint k = 0; k < weights->len && n >= 0; k++)
        n += strata_variable_get_floats (g_ptr_array_index (weights, k))[0] == 1;
      g_test_message ("%s into %s: %s", cases[i].written, cases[i].read, error != NULL ? error->message : "read");
      g_assert_cmpint (n, ==, cases[i].n);
      remove_folder (folder);
    }
}

#define TEST_TYPE_DERIVED (derived_get_type ())
G_DECLARE_FINAL_TYPE (Derived, derived, TEST, DERIVED, StrataModel)

/* A model by subclassing: self.widen, two in the list self.blocks, and self.narrow. */
struct _Derived
{
  StrataModel parent_instance;

  StrataLayer *layers[4];
};

G_DEFINE_FINAL_TYPE (Derived, derived, STRATA_TYPE_MODEL)

static void
derived_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *x = call->inputs[0];

  for (guint i = 0; i < 4; i++)
    x = strata_layer_call_on (TEST_DERIVED (layer)->layers[i], b, x, call->training);
  strata_call_return (call, x);
}

static void
derived_class_init (DerivedClass *klass)
{
  STRATA_LAYER_CLASS (klass)->call = derived_call;
}

static void
derived_init (Derived *self)
{
  static const char *const attributes[] = { "widen", "blocks", "blocks", "narrow" };

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("Dense(units=%u)", i + 2);
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);

      strata_layer_add_child (STRATA_LAYER (self), attributes[i], layer);
      self->layers[i] = layer;
    }
}

/* Keras finds what is in attributes behind “layers” there first. */
static void
test_derived (void)
{
  static const char *const places[][2] = {
    { "blocks/dense/vars/0", "(2, 3)" }, { "blocks/dense_1/vars/0", "(3, 4)" }, { "layers/dense/vars/0", "(2, 2)" },
    { "layers/dense_3/vars/0", "(4, 5)" },
  };
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "x.weights.h5", NULL);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, 2));
  g_autoptr (StrataSource) source = strata_array_source_new1 (x);
  g_autoptr (StrataHdf5) file = NULL;
  g_autoptr (GError) error = NULL;
  StrataModel *models[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) outputs = NULL;

      models[i] = g_object_new (TEST_TYPE_DERIVED, NULL);
      outputs = strata_model_predict (models[i], source, 0, NULL, &error);
      g_assert_no_error (error);
    }
  strata_model_save_weights (models[0], path, &error);
  g_assert_no_error (error);
  file = strata_hdf5_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = NULL;
      StrataShape shape;

      strata_hdf5_get_shape (file, places[i][0], &shape, &error);
      g_assert_no_error (error);
      text = strata_shape_to_string (&shape);
      g_assert_cmpstr (text, ==, places[i][1]);
    }
  strata_model_load_weights (models[1], path, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_object_unref (models[i]);
  remove_folder (folder);
}

/* Into a folder, Keras writes NumPy's arrays under the name of HDF5's; and people rename files. */
static void
test_misnamed (void)
{
  g_autofree char *folder = make_folder (), *unpacked = g_build_filename (folder, "unpacked", NULL);
  g_autofree char *packed = golden_path ("packed.keras"), *renamed = g_build_filename (folder, "renamed.h5", NULL);
  g_autoptr (StrataModel) model = NULL, other = NULL;
  g_autoptr (StrataArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  const char *const members[][2] = {
    { "config.json", "config.json" }, { "model.weights.npz", "model.weights.h5" },
  };

  archive = strata_archive_read (packed, &error);
  g_assert_no_error (error);
  strata_archive_write (archive, renamed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (unpacked, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      GBytes *bytes = strata_archive_get (archive, members[i][0]);
      g_autofree char *path = g_build_filename (unpacked, members[i][1], NULL);

      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
      g_assert_no_error (error);
    }
  model = strata_model_load (unpacked, &error);
  g_assert_no_error (error);
  assert_predicts (model, "packed", "y");
  other = strata_model_load (renamed, &error);
  g_assert_no_error (error);
  assert_predicts (other, "packed", "y");
  for (guint i = 0; i < 2; i++)
    {
      strata_model_load_weights (model, i == 0 ? unpacked : renamed, FALSE, &error);
      g_assert_no_error (error);
    }
  remove_folder (folder);
}

/* Parts smaller than a layer, and none of another folder. */
static void
test_shards (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "x.weights.json", NULL);
  g_autofree char *source = golden_path ("convolutional.weights.json");
  g_autofree char *last = g_build_filename (folder, "x_00003.weights.h5", NULL);
  g_autofree char *json = golden_path ("convolutional.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) whole = NULL;
  g_autoptr (StrataModel) model = strata_model_load (json, &error);

  g_assert_no_error (error);
  whole = strata_shards_read (source, &error);
  g_assert_no_error (error);
  strata_shards_write (whole, path, 1600, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
  g_assert_true (g_remove (last) == 0);
  strata_model_load_weights (model, source, FALSE, &error);
  g_assert_no_error (error);
  strata_model_save_shards (model, path, 1600, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
  strata_model_load_weights (model, path, FALSE, &error);
  g_assert_no_error (error);
  assert_predicts (model, "convolutional", "y");

  g_file_set_contents (path, "{\"weight_map\": {\"/layers/dense/vars\": \"../x_00000.weights.h5\"}}", -1, NULL);
  g_assert_false (strata_model_load_weights (model, path, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
  remove_folder (folder);
}

/* Keras stops while it writes a layer with two weights of one name; what it leaves behind has one array for both. */
static void
test_unfinished (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "x.h5", NULL);
  g_autofree char *golden = golden_path ("perceptron.keras");
  g_autoptr (StrataModel) model = strata_model_load (golden, NULL);
  const char *name = strata_layer_get_name (strata_model_get_layer (model, 1));
  g_autoptr (StrataTensor) array = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2));
  g_autoptr (GPtrArray) layers = g_ptr_array_new (), twice = g_ptr_array_new ();
  g_autoptr (StrataHdf5) file = strata_hdf5_create (path, NULL);
  g_autofree char *place = g_strconcat (name, "/w", NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (layers, (gpointer) name);
  g_ptr_array_add (twice, (gpointer) "w");
  g_ptr_array_add (twice, (gpointer) "w");
  g_assert_true (strata_hdf5_make_group (file, name, &error));
  g_assert_true (strata_hdf5_write (file, place, array, &error));
  g_assert_true (strata_hdf5_set_strings (file, "", "layer_names", layers, &error));
  g_assert_true (strata_hdf5_set_strings (file, name, "weight_names", twice, &error));
  g_assert_true (strata_hdf5_close (file, &error));
  g_assert_false (strata_model_load_weights (model, path, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "is not whole"));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/weights/mismatch", test_mismatch);
  g_test_add_func ("/io/weights/skipped", test_skipped);
  g_test_add_func ("/io/weights/parts", test_parts);
  g_test_add_func ("/io/weights/derived", test_derived);
  g_test_add_func ("/io/weights/misnamed", test_misnamed);
  g_test_add_func ("/io/weights/shards", test_shards);
  g_test_add_func ("/io/weights/unfinished", test_unfinished);
  return g_test_run ();
}
