/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "io/keras/model-file.h"

/* Files that Keras 3 and tf-keras wrote, see golden/make_model_files.py and make_old_files.py: they predict what they
 * predicted there, and training goes on as it would have there. */

typedef struct
{
  const char *name;
  const char *suffix;
  gboolean trains; /* whether the file has the optimizer's state */
} Golden;

static StrataModel *
load (const char *file)
{
  g_autofree char *path = golden_path (file);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  StrataModel *model = strata_model_load_full (path, warnings, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < warnings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (warnings, i));
  g_assert_cmpuint (warnings->len, ==, 0);
  return model;
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
test_model (gconstpointer data)
{
  const Golden *golden = data;
  g_autofree char *file = g_strconcat (golden->name, golden->suffix, NULL);
  g_autoptr (StrataModel) model = load (file);

  assert_predicts (model, golden->name, "y");
  if (!golden->trains)
    return;
  train_a_step (model, golden->name);
  assert_predicts (model, golden->name, "z");
}

/* Architecture from one file, weights from another. */
static void
test_weights (gconstpointer data)
{
  const Golden *golden = data;
  g_autofree char *file = g_strconcat (golden->name, ".json", NULL);
  g_autofree char *weights = g_strconcat (golden->name, golden->suffix, NULL);
  g_autofree char *path = golden_path (weights);
  g_autoptr (StrataModel) model = load (file);
  g_autoptr (GError) error = NULL;

  strata_model_load_weights (model, path, FALSE, &error);
  g_assert_no_error (error);
  assert_predicts (model, golden->name, "y");
}

static const Golden models[] = {
  { "perceptron", ".keras", TRUE },
  { "perceptron", ".h5", TRUE },
  { "packed", ".keras", TRUE },
  { "convolutional", ".keras", TRUE },
  { "convolutional", ".h5", TRUE },
  { "branches", ".keras", TRUE },
  { "branches", ".h5", TRUE },
  { "shared", ".keras", TRUE },
  { "shared", ".h5", TRUE },
  { "nested", ".keras", TRUE },
  { "nested", ".h5", TRUE },
  { "attentive", ".keras", TRUE },
  { "attentive", ".h5", TRUE },
  { "operators", ".keras", TRUE },
  { "operators", ".h5", TRUE },
  { "recurrent", ".keras", TRUE },
  { "recurrent", ".h5", TRUE },
  { "masked", ".keras", TRUE },
  { "masked", ".h5", TRUE },
  { "hidden", ".keras", TRUE },
  { "spent", ".keras", TRUE },
  { "spent", ".h5", TRUE },
  { "crossed", ".keras", TRUE },
  { "crossed", ".h5", TRUE },
  { "listed", ".keras", TRUE },
  { "listed", ".h5", TRUE },
  { "named", ".keras", TRUE },
  { "named", ".h5", TRUE },
  { "constants", ".keras", TRUE },
  { "counted", ".keras", TRUE },
  { "places", ".keras", TRUE },
  { "places", ".h5", TRUE },
  { "normalized", ".keras", TRUE },
  { "normalized", ".h5", TRUE },
  { "operations", ".keras", TRUE },
  { "operations", ".h5", TRUE },
  { "wrapped", ".keras", TRUE },
  { "wrapped", ".h5", TRUE },
  { "activations", ".keras", TRUE },
  { "activations", ".h5", TRUE },
  { "slopes", ".keras", TRUE },
  { "slopes", ".h5", TRUE },
  { "uncalled", ".keras", TRUE },
  { "uncalled", ".h5", TRUE },
  { "k2-attentive", ".keras", TRUE },
  { "k2-attentive", ".h5", TRUE },
  { "k2-functions", ".keras", TRUE },
  { "k2-functions", ".h5", TRUE },
  { "k2-wrapped", ".h5", TRUE },
  { "k2-activations", ".h5", TRUE },
  { "k2-constants", ".h5", TRUE },
  { "k2-perceptron", ".h5", TRUE },
  { "k2-convolutional", ".h5", TRUE },
  { "k2-branches", ".h5", TRUE },
  { "k2-recurrent", ".h5", TRUE },
  { "k2-shared", ".h5", TRUE },
  { "k2-nested", ".h5", TRUE },
  { "k2-slopes", ".h5", TRUE },
  { "k2-cudnn", ".h5", FALSE },
  { "opaque", ".h5", FALSE },
  { "k2-cropped", ".h5", FALSE },
  { "k2-local", ".h5", FALSE },
  { "k2-theano", ".h5", FALSE },
  { "k1-graph", ".h5", FALSE },
  { "k1-images", ".h5", FALSE },
  { "k1-maxout", ".h5", FALSE },
  { "k1-words", ".h5", FALSE },
};

static const Golden weights[] = {
  { "perceptron", ".weights.h5" },
  { "convolutional", ".weights.h5" },
  { "convolutional", ".weights.json" },
  { "branches", ".weights.h5" },
  { "shared", ".weights.h5" },
  { "nested", ".weights.h5" },
  { "normalized", ".weights.h5" },
  { "attentive", ".weights.h5" },
  { "operators", ".weights.h5" },
  { "masked", ".weights.h5" },
  { "crossed", ".weights.h5" },
  { "operations", ".weights.h5" },
  { "wrapped", ".weights.h5" },
  { "activations", ".weights.h5" },
  { "slopes", ".weights.h5" },
  { "uncalled", ".weights.h5" },
  { "k2-slopes", ".weights.h5" },
  { "k2-attentive", ".weights.h5" },
  { "k2-attentive", ".h5" },
  { "k2-functions", ".weights.h5" },
  { "k2-wrapped", ".weights.h5" },
  { "k2-activations", ".weights.h5" },
  { "places", ".weights.h5" },
  { "recurrent", ".weights.h5" },
  { "k2-recurrent", ".weights.h5" },
  { "k2-recurrent", ".h5" },
  { "k2-perceptron", ".weights.h5" },
  { "k2-perceptron", ".h5" },
  { "k2-convolutional", ".weights.h5" },
  { "k2-convolutional", ".h5" },
  { "k2-branches", ".weights.h5" },
  { "k2-branches", ".h5" },
  { "k2-shared", ".weights.h5" },
  { "k2-shared", ".h5" },
  { "k2-nested", ".weights.h5" },
  { "k2-nested", ".h5" },
  { "perceptron", ".h5" },
  { "perceptron", ".keras" },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *path = g_strdup_printf ("/io/golden/model/%s%s", models[i].name, models[i].suffix);

      g_test_add_data_func (path, &models[i], test_model);
    }
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autofree char *path = g_strdup_printf ("/io/golden/weights/%s%s", weights[i].name, weights[i].suffix);

      g_test_add_data_func (path, &weights[i], test_weights);
    }
  return g_test_run ();
}
