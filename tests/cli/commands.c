/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <json-glib/json-glib.h>
#include <math.h>

#include "base/kind.h"
#include "../pseudo.h"
#include "check.h"
#include "io/formats/npy.h"
#include "tensor/random.h"

typedef struct
{
  char *folder;
} Fixture;

static void
write_array (Fixture           *self,
             const char        *name,
             const StrataShape *shape,
             int                classes)
{
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, shape);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  float *numbers = strata_tensor_get_floats (tensor);

  strata_random_fill_uniform (7, 0, 0, numbers, strata_tensor_get_size (tensor));
  for (gint64 i = 0; classes > 0 && i < strata_tensor_get_size (tensor); i++)
    numbers[i] = floorf (numbers[i] * classes);
  strata_npy_write (path, tensor, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = make_folder ();
  write_array (self, "x.npy", &STRATA_SHAPE (40, 4), 0);
  write_array (self, "y.npy", &STRATA_SHAPE (40), 3);
  assert_runs (self->folder, ARGS ("example", "iris", "iris.keras"));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  remove_folder (self->folder);
  g_free (self->folder);
}

static StrataTensor *
predict (Fixture    *self,
         const char *model)
{
  g_autofree char *path = g_build_filename (self->folder, "p.npy", NULL);
  g_autoptr (GError) error = NULL;
  StrataTensor *tensor;

  assert_runs (self->folder, ARGS ("predict", model, "--input", "measurements=x.npy", "--output", "species=p.npy"));
  tensor = strata_npy_read (path, &error);
  g_assert_no_error (error);
  return tensor;
}

static void
test_summary (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *out = NULL, *err = NULL, *json = NULL, *silence = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (run_cli (self->folder, &out, &err, ARGS ("summary", "iris.keras")), ==, 0);
  assert_says (out, "Total params: 131 (524.00 B)");
  g_assert_cmpint (run_cli (self->folder, &json, &silence, ARGS ("summary", "--json", "iris.keras")), ==, 0);
  node = json_from_string (json, NULL);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "params"), ==, 131);
}

/* Every format holds the same model. */
static void
test_convert (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (StrataTensor) before = predict (self, "iris.keras");

  g_assert_cmpint (strata_tensor_get_dim (before, 1), ==, 3);
  assert_runs (self->folder, ARGS ("convert", "iris.keras", "iris.h5"));
  assert_runs (self->folder, ARGS ("convert", "iris.h5", "again.keras"));
  assert_runs (self->folder, ARGS ("convert", "iris.keras", "iris.json"));
  assert_runs (self->folder, ARGS ("convert", "iris.keras", "iris.weights.h5"));
  assert_runs (self->folder, ARGS ("convert", "iris.json", "joined.keras", "--weights", "iris.weights.h5"));
  assert_runs (self->folder, ARGS ("convert", "iris.keras", "iris.weights.json"));
  assert_runs (self->folder, ARGS ("convert", "iris.json", "shards.keras", "--weights", "iris.weights.json"));
  assert_runs (self->folder, ARGS ("convert", "iris.keras", "iris.py"));
  for (int i = 0; i < 3; i++)
    {
      const char *models[] = { "iris.h5", "again.keras", "joined.keras" };
      g_autoptr (StrataTensor) after = predict (self, models[i]);

      g_assert_cmpmem (strata_tensor_get_data (before), strata_tensor_get_bytes (before),
                       strata_tensor_get_data (after), strata_tensor_get_bytes (after));
    }
}

/* What a file has lost is said on standard error, a line each; the model is written all the same. */
static void
test_lost_vocabulary (Fixture       *self,
                      gconstpointer  data)
{
  static const char json[] = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
                             "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 1], \"dtype\": "
                             "\"string\"}},"
                             "{\"class_name\": \"StringLookup\", \"config\": {\"name\": \"lost\", "
                             "\"vocabulary\": null}}]}}";
  g_autofree char *path = g_build_filename (self->folder, "lost.json", NULL);
  g_autofree char *written = g_build_filename (self->folder, "lost.keras", NULL);
  g_autofree char *out = NULL, *err = NULL, *table = NULL, *told = NULL;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  g_assert_cmpint (run_cli (self->folder, &table, &told, ARGS ("summary", "lost.json")), ==, 0);
  assert_says (told, "strata-cli summary: The layer “lost” has no vocabulary");
  g_assert_cmpint (run_cli (self->folder, &out, &err, ARGS ("convert", "lost.json", "lost.keras")), ==, 0);
  assert_says (err, "strata-cli convert: The layer “lost” has no vocabulary");
  g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
  g_assert_cmpstr (out, ==, "");
  g_assert_true (g_file_test (written, G_FILE_TEST_EXISTS));
}

/* A file that Keras will not open is written all the same, and that is said. */
static void
test_keras2_layer (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "local.py", NULL), *out = NULL, *err = NULL, *quiet = NULL;

  g_assert_true (g_file_set_contents (path, "import keras\nmodel = keras.Sequential([keras.Input((5, 2)), "
                                            "keras.layers.LocallyConnected1D(2, 3, name='places')])\n", -1, NULL));
  g_assert_cmpint (run_cli (self->folder, &out, &err, ARGS ("convert", "local.py", "local.keras")), ==, 0);
  assert_says (err, "strata-cli convert: The layer “places” is a LocallyConnected1D, which Keras 3 does not have");
  g_clear_pointer (&out, g_free);
  g_assert_cmpint (run_cli (self->folder, &out, &quiet, ARGS ("convert", "local.keras", "local.h5")), ==, 0);
  g_assert_cmpstr (quiet, ==, "");
}

static JsonObject *
train (Fixture            *self,
       JsonNode          **node,
       const char *const  *arguments)
{
  g_autofree char *path = g_build_filename (self->folder, "h.json", NULL), *text = NULL;

  assert_runs (self->folder, arguments);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  *node = json_from_string (text, NULL);
  return json_node_get_object (*node);
}

static double
last_of (JsonObject *history,
         const char *name)
{
  JsonArray *values = json_object_get_array_member (history, name);

  return json_array_get_double_element (values, json_array_get_length (values) - 1);
}

/* Two epochs at once are the same as one, saved, and one more: the optimizer goes on where it was. */
static void
test_resume (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (JsonNode) whole = NULL, first = NULL, second = NULL;
  JsonObject *history;
  double loss;

  history = train (self, &whole,
                   ARGS ("train", "iris.keras", "--x", "x.npy", "--y", "y.npy", "--no-shuffle", "--epochs", "2",
                         "--validation-split", "0", "--history", "h.json", "--quiet"));
  loss = last_of (history, "loss");
  train (self, &first, ARGS ("train", "iris.keras", "--x", "x.npy", "--y", "y.npy", "--no-shuffle", "--epochs", "1",
                             "--validation-split", "0", "--history", "h.json", "--output", "one.keras", "--quiet"));
  history = train (self, &second,
                   ARGS ("train", "one.keras", "--x", "x.npy", "--y", "y.npy", "--no-shuffle", "--epochs", "1",
                         "--validation-split", "0", "--history", "h.json", "--quiet"));
  g_assert_cmpfloat (fabs (last_of (history, "loss") - loss), <, 1e-6);
}

/* The data and the settings of the file are enough. */
static void
test_document (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *history = train (self, &node, ARGS ("train", "iris.keras", "--seed", "4", "--history", "h.json",
                                                  "--output", "t.keras", "--quiet"));

  g_assert_cmpint (json_array_get_length (json_object_get_array_member (history, "loss")), ==, 60);
  g_assert_cmpfloat (last_of (history, "accuracy"), >, 0.85);
  g_assert_cmpint (run_cli (self->folder, &out, &err, ARGS ("train", "t.keras", "--epochs", "1")), ==, 0);
  assert_says (out, "accuracy: ");
}

static void
test_evaluate (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (run_cli (self->folder, &out, &err,
                            ARGS ("evaluate", "iris.keras", "--x", "x.npy", "--y", "y.npy", "--json")), ==, 0);
  node = json_from_string (out, NULL);
  g_assert_true (json_object_has_member (json_node_get_object (node), "accuracy"));
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (node), "loss"), >, 0);
}

static void
test_lists (Fixture       *self,
            gconstpointer  data)
{
  const char *const lists[][3] = {
    { "layers", "Conv2D", "kernel_size" },
    { "activations", "leaky_relu", "negative_slope" },
    { "initializers", "HeNormal", "seed" },
    { "regularizers", "L2", "l2" },
    { "constraints", "MaxNorm", "max_value" },
    { "losses", "Huber", "delta" },
    { "metrics", "AUC", "num_thresholds" },
    { "optimizers", "Adam", "beta_1" },
    { "schedules", "CosineDecay", "decay_steps" },
    { "callbacks", "EarlyStopping", "patience" },
    { "applications", "ResNet50", "include_top" },
  };
  g_autofree char *usage = NULL, *silence = NULL;

  g_assert_cmpint (G_N_ELEMENTS (lists), ==, STRATA_N_KINDS);
  g_assert_cmpint (run_cli (self->folder, &usage, &silence, ARGS ("--help")), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *out = NULL, *one = NULL, *quiet = NULL, *still = NULL;

      assert_says (usage, lists[i][0]);
      g_assert_cmpint (run_cli (self->folder, &out, &quiet, ARGS (lists[i][0])), ==, 0);
      assert_says (out, lists[i][1]);
      g_assert_cmpint (run_cli (self->folder, &one, &still, ARGS (lists[i][0], lists[i][1])), ==, 0);
      assert_says (one, lists[i][2]);
    }
}

/* Only networks that take handwritten digits have a first step on them. */
static void
test_bench (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *out = NULL, *err = NULL, *silence = NULL, *nothing = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (run_cli (self->folder, &out, &err, ARGS ("bench", "mlp", "--start", "--json")), ==, 0);
  node = json_from_string (out, NULL);
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (node), "first_step_seconds"), >, 0);
  g_assert_cmpint (run_cli (self->folder, &silence, &nothing, ARGS ("bench", "series", "--start", "--json")), ==, 0);
  g_assert_cmpstr (silence, ==, "");
}

static void
test_usage (Fixture       *self,
            gconstpointer  data)
{
  const char *const *wrong[] = { ARGS ("sumary"), ARGS ("summary"), ARGS ("predict", "iris.keras"),
                                 ARGS ("train", "a", "b"),
                                 ARGS ("summary", "--unknown", "iris.keras"), ARGS ("bench", "nothing"),
                                 ARGS ("example", "iris") };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *out = NULL, *err = NULL;

      g_assert_cmpint (run_cli (self->folder, &out, &err, wrong[i]), ==, 2);
      g_assert_cmpstr (err, !=, "");
    }
  /* Whatever else is in a folder is not read. */
  assert_fails (self->folder, "not a model", ARGS ("summary", "."));
}

static void
test_help (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *out = NULL, *other = NULL, *silence = NULL, *still = NULL;

  g_assert_cmpint (run_cli (self->folder, &out, &silence, ARGS ("help", "train")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, &other, &still, ARGS ("train", "--help")), ==, 0);
  assert_says (out, "--epochs");
  g_assert_cmpstr (out, ==, other);
}

/* What can follow words of a command line, joined by blanks. */
static char *
complete (Fixture    *self,
          const char *words,
          const char *word,
          int         at)
{
  g_autofree char *folder = g_path_get_dirname (g_getenv ("STRATA_CLI"));
  g_autofree char *source = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "src", "cli", "completion.bash", NULL);
  g_autofree char *script = g_strdup_printf ("PATH='%s':\"$PATH\"; . '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; "
                                             "_strata_cli strata-cli '%s'; echo \"${COMPREPLY[@]}\"",
                                             folder, source, words, at, word);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "bash", "-c", script,
                                                      NULL);
  char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  return g_strchomp (out);
}

/* The shell offers commands, their options and what they list; else files, which are its own matter. */
static void
test_completion (Fixture       *self,
                 gconstpointer  data)
{
  const struct
  {
    const char *words, *word, *expected;
    int at;
  } cases[] = {
    { "strata-cli su", "su", "summary", 1 },
    { "strata-cli train x --vali", "--validation-s",
      "--validation-split --validation-sample-weight --validation-steps", 3 },
    { "strata-cli layers Drop", "Drop", "Dropout", 2 },
    { "strata-cli convert ir", "ir", "", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = complete (self, cases[i].words, cases[i].word, cases[i].at);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* The manual has each command, with its options. */
static void
test_manual (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("STRATA_TEST_MAN"), &page, NULL, &error);
  g_assert_no_error (error);
  assert_says (page, ".SS summary\n.B \"strata\\-cli summary [OPTION...] MODEL\"\n.PP\nShow the layers");
  assert_says (page, ".SS layers\n");
  assert_says (page, ".TP\n.B \"\\-e, \\-\\-epochs=N\"\nHow often all samples are seen (1)\n");
}

/* People read another language; names, numbers and what is for programs stay. */
static void
test_language (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *usage = NULL, *help = NULL, *entry = NULL, *json = NULL, *err = NULL;
  Pseudo pseudo;

  pseudo_begin (&pseudo);
  g_setenv ("STRATA_LOCALE_DIR", pseudo.root, TRUE);
  g_assert_cmpint (run_cli (self->folder, &usage, NULL, ARGS ("--help")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, &help, NULL, ARGS ("train", "--help")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, &entry, NULL, ARGS ("layers", "Dropout")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, &json, NULL, ARGS ("layers", "Dropout", "--json")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, NULL, &err, ARGS ("layers", "Drop")), ==, 1);
  g_unsetenv ("STRATA_LOCALE_DIR");
  g_unsetenv ("LANGUAGE");
  pseudo_end (&pseudo);

  assert_says (usage, "summary      ⟦Show the layers");
  assert_says (usage, "⟦List the layers, or explain one⟧");
  assert_says (help, "⟦Targets⟧");
  assert_says (entry, "Dropout: ⟦Forgets some inputs");
  assert_says (entry, "⟦must be given⟧");
  assert_says (entry, "⟦from ⟧0⟦ to ⟧1");
  assert_says (err, "strata-cli layers: ⟦there is no ⟧⟦layer⟧");
  g_assert_null (strstr (json, "⟦"));
}

/* A terminal that knows letters of English alone gets straight quotes and plain tables. */
static void
test_characters (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *before = g_strdup (g_getenv ("LC_ALL")), *out = NULL, *err = NULL;

  g_setenv ("LC_ALL", "C", TRUE);
  g_assert_cmpint (run_cli (self->folder, &out, NULL, ARGS ("summary", "iris.keras")), ==, 0);
  g_assert_cmpint (run_cli (self->folder, NULL, &err, ARGS ("frobnicate")), ==, 2);
  if (before != NULL)
    g_setenv ("LC_ALL", before, TRUE);
  else
    g_unsetenv ("LC_ALL");
  g_assert_true (g_str_is_ascii (out));
  assert_says (out, "| Layer (type)");
  assert_says (out, "+----");
  assert_says (err, "no command \"frobnicate\"");
}

/* Where people write commas, numbers for programs keep their points. */
static void
test_comma (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *locales = make_folder (), *german = g_build_filename (locales, "de_DE.UTF-8", NULL);
  g_autofree char *before = g_strdup (g_getenv ("LC_ALL")), *out = NULL;
  const char *const make[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", german, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (make, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    {
      g_test_skip ("there are no descriptions of locales");
      remove_folder (locales);
      return;
    }
  g_setenv ("LOCPATH", locales, TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  g_assert_cmpint (run_cli (self->folder, &out, NULL, ARGS ("bench", "mlp", "--predict", "--json")), ==, 0);
  g_unsetenv ("LOCPATH");
  if (before != NULL)
    g_setenv ("LC_ALL", before, TRUE);
  else
    g_unsetenv ("LC_ALL");
  node = json_from_string (out, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  g_assert_true (json_object_has_member (json_node_get_object (node), "predict_microseconds"));
  remove_folder (locales);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/summary", test_summary);
  ADD ("/cli/convert", test_convert);
  ADD ("/cli/convert/warning", test_lost_vocabulary);
  ADD ("/cli/convert/keras2-layer", test_keras2_layer);
  ADD ("/cli/train/resume", test_resume);
  ADD ("/cli/train/document", test_document);
  ADD ("/cli/evaluate", test_evaluate);
  ADD ("/cli/lists", test_lists);
  ADD ("/cli/bench", test_bench);
  ADD ("/cli/help", test_help);
  ADD ("/cli/usage", test_usage);
  ADD ("/cli/characters", test_characters);
  ADD ("/cli/comma", test_comma);
  ADD ("/cli/completion", test_completion);
  ADD ("/cli/manual", test_manual);
  ADD ("/cli/language", test_language);
  return g_test_run ();
}
