/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the engine says is in the user's language. Under the one of pseudo.h, two words outside of brackets that were
 * not in what the engine was given did not come from a translation. */
#include <string.h>

#include "../../pseudo.h"

#include "data/data-source.h"
#include "io/code/python.h"

#include "io/keras/model-file.h"
#include "layers/layer.h"
#include "models/model.h"

static void
check (const char *given,
       const char *said)
{
  g_autofree char *rest = pseudo_take_untranslated (said);
  g_autoptr (GRegex) phrase = g_regex_new ("\\p{L}{2,} \\p{L}{2,}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (strstr (said, "⟦") == NULL)
    {
      g_test_message ("nothing of it is translated: %s", said);
      g_test_fail ();
    }
  for (g_regex_match (phrase, rest, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *words = g_match_info_fetch (match, 0);

      if (strstr (given, words) == NULL)
        {
          g_test_message ("“%s” is not translated: %s", words, said);
          g_test_fail ();
        }
    }
}

static void
check_error (const char *given,
             GError     *error)
{
  g_assert_nonnull (error);
  check (given, error->message);
  g_error_free (error);
}

static void
test_layers (void)
{
  static const struct
  {
    const char *layer;
    StrataShape inputs[2];
    guint n_inputs;
  } mistakes[] = {
    { "Conv2D(filters=2, kernel_size=3)", { { 2, { -1, 784 } } }, 1 },
    { "Conv2D(filters=2, kernel_size=5)", { { 4, { -1, 3, 3, 1 } } }, 1 },
    { "Conv2D(filters=4, kernel_size=1, groups=2)", { { 4, { -1, 3, 3, 3 } } }, 1 },
    { "MaxPooling2D(pool_size=4)", { { 4, { -1, 3, 3, 1 } } }, 1 },
    { "Dense(units=3)", { { 1, { -1 } } }, 1 },
    { "LSTM(units=3)", { { 2, { -1, 5 } } }, 1 },
    { "LSTM(units=3, stateful=true)", { { 3, { -1, 4, 5 } } }, 1 },
    { "Add()", { { 2, { -1, 8 } }, { 2, { -1, 6 } } }, 2 },
    { "Concatenate(axis=1)", { { 3, { -1, 4, 2 } }, { 3, { -1, 4, 3 } } }, 2 },
    { "Dot(axes=1)", { { 2, { -1, 4 } }, { 2, { -1, 5 } } }, 2 },
    { "Reshape(target_shape=[3, 5])", { { 2, { -1, 16 } } }, 1 },
    { "Permute(dims=[2, 1])", { { 4, { -1, 2, 3, 4 } } }, 1 },
    { "GroupNormalization(groups=4)", { { 2, { -1, 6 } } }, 1 },
    { "Cropping1D(cropping=3)", { { 3, { -1, 5, 2 } } }, 1 },
    { "EinsumDense(equation='ab,bc->ad', output_shape=3)", { { 2, { -1, 5 } } }, 1 },
    { "Bidirectional(layer=LSTM(units=3), merge_mode=sum, backward_layer=GRU(units=4, go_backwards=true))",
      { { 3, { -1, 5, 2 } } }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      StrataSpec specs[2], outputs[STRATA_MAX_RESULTS];
      GError *error = NULL;
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (mistakes[i].layer, &error);
      guint n;

      g_assert_no_error (error);
      for (guint k = 0; k < mistakes[i].n_inputs; k++)
        specs[k] = (StrataSpec){ STRATA_FLOAT32, mistakes[i].inputs[k] };
      g_assert_false (strata_layer_infer (layer, specs, mistakes[i].n_inputs, outputs, &n, &error));
      check_error (mistakes[i].layer, error);
    }
}

static void
test_parameters (void)
{
  static const char *const texts[] = {
    "Dense", "Dense(units=0)", "Dense(units=many)", "Dense(units=3.5)", "Dense(units=3, activation=rellu)",
    "Dense(units=3", "Dence(units=3)",
    "Dense(3)", "Dense(units=3, use_bias=2)", "Dense(units=3, width=2)", "Conv2D(filters=3, kernel_size=[1, 2, 3])",
    "Conv2D(filters=3, kernel_size=3, padding=wide)", "Dropout(rate=1.5)", "Highway()", "TFSMLayer()",
    "Lambda(function='x +')",
    "Lambda(function='frobnicate(x)')", "StringLookup(vocabulary=words.txt)", "StringLookup(vocabulary=[1, 2])",
    "StringLookup(pad_to_max_tokens=true)", "ZeroPadding2D(padding=-1)",
    "LocallyConnected1D(filters=2, kernel_size=2, padding=same)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GError *error = NULL;

      g_assert_null (strata_layer_new_from_text (texts[i], &error));
      check_error (texts[i], error);
    }
}

static void
test_python (void)
{
  static const char *const lines[] = {
    "", "model = keras.Sequential([Dense(3)", "x = 08", "x = 'never ends", "class Net(keras.Model):\n  pass\n",
    "while True:\n  pass\n",
    "model = keras.Sequential([layers.Dense()])", "model = keras.Sequential([layers.Danse(3)])",
    "model = keras.Model(a, b)",
    "import keras\nx = keras.Input()\n", "x = keras.Input((3,))\ny = layers.Dense(3)(4)\n", "x = $", "x = b'1'",
    "model = keras.Sequential([layers.Dense(open('units').read())])", "  x = 3\n y = 4\n", "del x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *code = g_strconcat ("import keras\nfrom keras import layers\n", lines[i], "\n", NULL);
      GError *error = NULL;

      g_assert_null (strata_model_from_python (code, &error));
      check_error (code, error);
    }
}

/* All that the readers are tried with, whatever kind of file it is called. */
static void
test_files (void)
{
  static const char *const kinds[][2] = { { "keras", "keras" }, { "keras-members", "keras" }, { "h5", "h5" },
                                          { "json", "json" }, { "python", "py" } };
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fuzz", "seeds", NULL);
  g_autofree char *scratch = g_dir_make_tmp ("strata-XXXXXX", NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *folder = g_build_filename (root, kinds[i][0], NULL);
      g_autofree char *name = g_strconcat ("tried.", kinds[i][1], NULL);
      g_autofree char *path = g_build_filename (scratch, name, NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *seed;

      g_assert_nonnull (dir);
      while ((seed = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *from = g_build_filename (folder, seed, NULL), *data = NULL, *given = NULL;
          g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
          g_autoptr (StrataModel) model = NULL;
          GError *error = NULL;
          gsize size;

          g_assert_true (g_file_get_contents (from, &data, &size, NULL));
          g_assert_true (g_file_set_contents (path, data, size, NULL));
          given = g_strndup (data, size);
          model = strata_model_load_full (path, warnings, &error);
          if (model == NULL)
            check_error (given, g_steal_pointer (&error));
          for (guint w = 0; w < warnings->len; w++)
            check (given, g_ptr_array_index (warnings, w));
          n += model == NULL;
        }
      g_unlink (path);
    }
  g_assert_cmpuint (n, >, 20);
  g_rmdir (scratch);
}

static void
test_data (void)
{
  static const char *const sources[] = {
    "{}", "{\"kind\": \"moon\"}", "{\"kind\": \"csv\"}", "{\"kind\": \"arrays\"}",
    "{\"kind\": \"iris\", \"target\": \"color\"}", "{\"kind\": \"iris\", \"test\": 2}",
    "{\"kind\": \"iris\", \"missing\": \"ask\"}",
    "{\"kind\": \"image-folder\", \"path\": \"/\", \"image_size\": [0, 0]}",
  };
  static const char *const sets[] = { "iris", "penguins", "mail-spam", "seattle-weather" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (sources[i], NULL);
      GError *error = NULL;

      g_assert_null (strata_data_source_load (json_node_get_object (node), NULL, &error));
      check_error (sources[i], error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *source = g_strdup_printf ("{\"kind\": \"%s\"}", sets[i]);
      g_autoptr (JsonNode) node = json_from_string (source, NULL);
      GError *error = NULL;
      g_autoptr (StrataDataSet) set = strata_data_source_load (json_node_get_object (node), NULL, &error);

      g_assert_no_error (error);
      check (source, set->summary);
    }
}

int
main (int    argc,
      char **argv)
{
  Pseudo pseudo;
  int status;

  pseudo_begin (&pseudo);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/layers", test_layers);
  g_test_add_func ("/messages/parameters", test_parameters);
  g_test_add_func ("/messages/python", test_python);
  g_test_add_func ("/messages/files", test_files);
  g_test_add_func ("/messages/data", test_data);
  status = g_test_run ();
  pseudo_end (&pseudo);
  return status;
}
