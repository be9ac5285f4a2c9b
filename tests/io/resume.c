/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Training that is saved and goes on is training that was never saved: with every optimizer, in both kinds of file. */
#include "check.h"

#include "base/json.h"
#include "base/registry.h"
#include "io/code/python.h"
#include "io/keras/compile-config.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"
#include "io/keras/weight-file.h"
#include "models/array-source.h"

static const char network[] =
  "import keras\n"
  "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, 'tanh'), keras.layers.Dense(2)])\n";

static StrataSource *
new_numbers (gint64 width)
{
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (10, width));

  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    strata_tensor_get_floats (tensor)[i] = sinf (i * 1.7f + width);
  return strata_array_source_new1 (tensor);
}

static void
train (StrataModel *model,
       gint64       epochs)
{
  g_autoptr (StrataSource) x = new_numbers (3), y = new_numbers (2);
  StrataFit fit = { .x = x, .y = y, .batch_size = 4, .epochs = epochs };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHistory) history = strata_model_fit (model, &fit, &error);

  g_assert_no_error (error);
}

static StrataModel *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  StrataModel *model = strata_model_load_full (path, warnings, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (warnings->len, ==, 0);
  return model;
}

/* The same weights each time. */
static StrataModel *
make (const char *folder,
      JsonObject *optimizer)
{
  g_autofree char *path = g_build_filename (folder, "begin.keras", NULL);
  g_autoptr (StrataModel) model = load (path);
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_object_member (config, "optimizer", json_object_ref (optimizer));
  json_object_set_string_member (config, "loss", "mse");
  strata_model_compile (model, config, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&model);
}

static void
assert_alike (StrataModel *expected,
              StrataModel *found)
{
  g_autoptr (GPtrArray) a = strata_layer_dup_weights (STRATA_LAYER (expected));
  g_autoptr (GPtrArray) b = strata_layer_dup_weights (STRATA_LAYER (found));

  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    assert_near (strata_variable_get_tensor (g_ptr_array_index (a, i)),
                 strata_variable_get_tensor (g_ptr_array_index (b, i)), 1e-6);
}

static void
try_optimizer (const char *folder,
               const char *class_name,
               const char *options)
{
  static const char *const suffixes[] = { "x.keras", "x.h5" };
  g_autoptr (JsonObject) optimizer = json_object_new ();
  g_autoptr (StrataModel) whole = NULL, first = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (optimizer, "class_name", class_name);
  json_object_set_member (optimizer, "config", json_from_string (options, NULL));
  whole = make (folder, optimizer);
  /* Averaged weights take the weights' place at the end of each training, so there are two here, too. */
  train (whole, 2);
  train (whole, 2);
  first = make (folder, optimizer);
  train (first, 2);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_build_filename (folder, suffixes[i], NULL);
      g_autoptr (StrataModel) second = NULL;

      g_test_message ("%s %s %s", class_name, options, suffixes[i]);
      strata_model_save (first, path, &error);
      g_assert_no_error (error);
      second = load (path);
      train (second, 2);
      assert_alike (whole, second);
    }
}

static void
test_optimizers (void)
{
  static const char *const common[] = { "{}",
                                        "{\"use_ema\": true, \"ema_momentum\": 0.8, \"ema_overwrite_frequency\": 4}",
                                        "{\"gradient_accumulation_steps\": 2, \"weight_decay\": 0.01}",
                                        "{\"learning_rate\": {\"class_name\": \"ExponentialDecay\", \"config\": "
                                        "{\"initial_learning_rate\": 0.01,"
                                        " \"decay_steps\": 3, \"decay_rate\": 0.5}}}" };
  const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_OPTIMIZER);
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "begin.keras", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (network, &error);
  guint n = 0;

  g_assert_no_error (error);
  strata_model_save (model, path, &error);
  g_assert_no_error (error);
  for (; infos[n] != NULL; n++)
    {
      /* What is around other optimizers leaves these options to them. */
      gboolean around = ((const StrataOptimizerInfo *) infos[n])->get_parts != NULL ||
                        g_str_equal (infos[n]->name, "LossScaleOptimizer");

      for (guint i = 0; infos[n]->samples != NULL && infos[n]->samples[i] != NULL; i++)
        try_optimizer (folder, infos[n]->name, infos[n]->samples[i]);
      for (guint i = 0; i < G_N_ELEMENTS (common) && !around; i++)
        try_optimizer (folder, infos[n]->name, common[i]);
    }
  g_assert_cmpuint (n, >=, 14);
  remove_folder (folder);
}

/* What an optimizer of Keras 2 keeps of weights of shapes (3, 4), (4,), (4, 2) and (2,), or of their parts. */
static StrataTensor *
new_kept (char kind)
{
  StrataShape matrix = kind == 'w' ? STRATA_SHAPE (3, 4) : STRATA_SHAPE (4, 2), vector = STRATA_SHAPE (kind - '0');

  if (kind == 'i')
    return strata_tensor_new_scalar (5);
  return strata_tensor_new (STRATA_FLOAT32, g_ascii_isdigit (kind) ? &vector : &matrix);
}

/* Keras 2 kept less of some optimizers, and more of others, than Keras 3 does. */
static void
test_keras2 (void)
{
  static const struct
  {
    const char *optimizer, *kept, *names;
  } cases[] = {
    { "{\"class_name\": \"SGD\", \"config\": {}}", "iw4W2", NULL },
    { "{\"class_name\": \"Nadam\", \"config\": {}}", "iww44WW22", NULL },
    { "{\"class_name\": \"Adafactor\", \"config\": {}}", "i34w442W2", NULL },
    { "{\"class_name\": \"LossScaleOptimizerV3\", \"config\": {\"dynamic\": true, \"initial_scale\": 8.0, "
      "\"dynamic_growth_steps\": 20, \"inner_optimizer\": {\"class_name\": \"Adam\", \"config\": {}}}}",
      "iww44WW22", NULL },
    { "{\"class_name\": \"LossScaleOptimizerV3\", \"config\": {\"dynamic\": true, \"initial_scale\": 8.0, "
      "\"dynamic_growth_steps\": 20, \"inner_optimizer\": {\"class_name\": \"Adam\", \"config\": {}}}}",
      "iww44WW22", "iteration:0,m/a/k:0,v/a/k:0,m/a/b:0,v/a/b:0,m/b/k:0,v/b/k:0,m/b/b:0,v/b/b:0" },
    { "{\"class_name\": \"LossScaleOptimizer\", \"config\": {\"dynamic\": false, \"initial_scale\": 8.0, "
      "\"inner_optimizer\": {\"class_name\": \"SGD\", \"config\": {\"momentum\": 0.5}}}}", "iw4W2",
      "iteration:0,SGD/m/a/k:0,SGD/m/a/b:0,SGD/m/b/k:0,SGD/m/b/b:0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_from_python (network, &error);
      g_autoptr (JsonObject) config = json_object_new ();
      g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      g_auto (GStrv) words = g_strsplit (cases[i].names != NULL ? cases[i].names : "", ",", -1);
      StrataOptimizer *optimizer, *inner;

      g_assert_no_error (error);
      json_object_set_member (config, "optimizer", json_from_string (cases[i].optimizer, NULL));
      strata_compile_config_apply (config, model, &error);
      g_assert_no_error (error);
      strata_model_build_optimizer (model, &error);
      g_assert_no_error (error);
      for (const char *kind = cases[i].kept; *kind != '\0'; kind++)
        g_ptr_array_add (arrays, new_kept (*kind));
      for (guint k = 0; words[k] != NULL; k++)
        g_ptr_array_add (names, words[k]);
      optimizer = strata_model_get_optimizer (model);
      if (cases[i].names == NULL)
        strata_optimizer_take_arrays (optimizer, arrays, &error);
      else
        strata_optimizer_take_keras2 (optimizer, names, arrays, &error);
      g_assert_no_error (error);
      inner = strata_optimizer_get_inner (optimizer);
      g_assert_cmpint (strata_optimizer_get_iterations (inner != NULL ? inner : optimizer), ==, 5);
    }
}

/* A name without a letter is none of an optimizer's. */
static void
test_nameless (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (network, &error);
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new (), arrays = NULL;

  json_object_set_string_member (config, "optimizer", "adam");
  strata_model_compile (model, config, &error);
  g_assert_no_error (error);
  strata_model_build_optimizer (model, &error);
  g_assert_no_error (error);
  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (arrays, new_kept (i == 0 ? 'i' : '4'));
  g_ptr_array_add (names, (char *) "iteration:0");
  g_ptr_array_add (names, (char *) "");
  g_assert_false (strata_optimizer_take_keras2 (strata_model_get_optimizer (model), names, arrays, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
}

/* A model of tf-keras that was not trained is nothing to be warned of. How many steps are taken at once it leaves open,
 * which Keras 3 cannot read. */
static void
test_unbegun (void)
{
  g_autofree char *path = golden_path ("perceptron.keras");
  g_autoptr (StrataModel) model = strata_model_load (path, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new (), arrays = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                                                            strata_tensor_unref);
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (names, (gpointer) "iteration:0");
  g_ptr_array_add (arrays, strata_tensor_new_scalar (0));
  g_assert_true (strata_optimizer_take_keras2 (strata_model_get_optimizer (model), names, arrays, &error));
  g_assert_no_error (error);
  json_object_set_null_member (strata_model_get_compile_config (model), "steps_per_execution");
  written = strata_model_to_config (model, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_node_get_object (written),
                                                                              "compile_config"),
                                               "steps_per_execution"), ==, 1);
}

/* Keras puts an optimizer around that of a model of mixed_float16, but its files tell of the inner one only. */
static void
test_scaled (void)
{
  static const struct { const char *name; gint64 steps; } files[] = {
    { "scaled.keras", 6 }, { "scaled-fresh.keras", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = golden_path (files[i].name);
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_load_full (path, warnings, &error);
      StrataOptimizer *optimizer;

      g_assert_no_error (error);
      g_assert_cmpuint (warnings->len, ==, 0);
      optimizer = strata_model_get_optimizer (model);
      g_assert_cmpstr (strata_object_get_class_name (STRATA_OBJECT (optimizer)), ==, "LossScaleOptimizer");
      g_assert_cmpint (strata_optimizer_get_iterations (optimizer), ==, files[i].steps);
      g_assert_cmpfloat_with_epsilon (strata_optimizer_get_rate (optimizer), 0.01, 1e-9);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/resume/optimizers", test_optimizers);
  g_test_add_func ("/io/resume/keras2", test_keras2);
  g_test_add_func ("/io/resume/unbegun", test_unbegun);
  g_test_add_func ("/io/resume/nameless", test_nameless);
  g_test_add_func ("/io/resume/scaled", test_scaled);
  return g_test_run ();
}
