/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Training goes on where it stopped, with the optimizer's memory, also after the document was saved and opened
 * again. */
#include "../../io/check.h"

#include "../document/file-check.h"
#include "runner/runner.h"

static void
set_fit (StrataDocument *document,
         const char     *text)
{
  g_autoptr (JsonNode) fit = json_from_string (text, NULL);

  strata_document_set_setting (document, "fit", fit);
}

/* Trains by the document's settings; returns the loss after each epoch. */
static GArray *
train (StrataDocument *document)
{
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  g_autoptr (GError) error = NULL;
  GArray *losses = g_array_new (FALSE, FALSE, sizeof (double));
  const StrataRunPoint *points;
  guint n;

  strata_runner_start (runner, &error);
  g_assert_no_error (error);
  while (strata_runner_is_active (runner))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
  points = strata_run_get_epoch_points (strata_runner_get_run (runner), "loss", &n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (losses, points[i].value);
  return losses;
}

static StrataDocument *
new_document (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load ("iris", &error);
  StrataDocument *document = strata_document_new_from_example (example, &error);

  g_assert_no_error (error);
  return document;
}

static void
assert_equal (GArray *a,
              GArray *b)
{
  g_assert_cmpmem (a->data, a->len * sizeof (double), b->data, b->len * sizeof (double));
}

static gint64
count_steps (StrataDocument *document)
{
  StrataModel *model = strata_document_get_optimized (document);

  return model != NULL ? strata_optimizer_get_iterations (strata_model_get_optimizer (model)) : 0;
}

static void
test_reopened (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "iris.keras", NULL);
  g_autoptr (StrataDocument) document = new_document (), again = NULL;
  g_autoptr (GArray) first = NULL, on = NULL, reopened = NULL;
  g_autoptr (GError) error = NULL;

  set_fit (document, "{\"epochs\": 3, \"batch_size\": 16, \"shuffle\": false}");
  first = train (document);
  g_assert_cmpint (count_steps (document), >, 0);
  save (document, path);
  again = load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_steps (again), ==, count_steps (document));
  g_assert_cmpuint (strata_document_get_runs (again)->len, ==, 1);

  on = train (document);
  reopened = train (again);
  g_assert_cmpuint (on->len, ==, 3);
  assert_equal (on, reopened);
  g_assert_cmpfloat (g_array_index (on, double, 0), <, g_array_index (first, double, 2));
  g_assert_cmpint (count_steps (again), ==, count_steps (document));
  remove_folder (folder);
}

/* A rate that was changed counts at once; another optimizer, or another network, begins anew. */
static void
test_changed (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (JsonNode) slower = json_from_string (
    "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.0005}}, \"loss\": "
    "\"sparse_categorical_crossentropy\"}", NULL);
  g_autoptr (JsonNode) other =
    json_from_string ("{\"optimizer\": \"sgd\", \"loss\": \"sparse_categorical_crossentropy\"}", NULL);
  g_autoptr (GArray) a = NULL, b = NULL, c = NULL;
  StrataOptimizer *optimizer;
  gint64 steps;

  set_fit (document, "{\"epochs\": 1, \"batch_size\": 16, \"shuffle\": false}");
  a = train (document);
  steps = count_steps (document);
  strata_document_set_setting (document, "compile", slower);
  b = train (document);
  g_assert_cmpint (count_steps (document), ==, 2 * steps);
  optimizer = strata_model_get_optimizer (strata_document_get_optimized (document));
  g_assert_cmpfloat_with_epsilon (strata_optimizer_get_rate (optimizer), 0.0005, 1e-9);
  strata_document_set_setting (document, "compile", other);
  c = train (document);
  g_assert_cmpint (count_steps (document), ==, steps);
}

/* Runs that are to be compared begin alike, each from weights of its own; what is frozen stays. */
static void
test_new_weights (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GArray) first = NULL, second = NULL, third = NULL;
  StrataDocNode *node = strata_document_find_node (document, "dense");
  g_autoptr (JsonNode) no = json_node_init_boolean (json_node_alloc (), FALSE);
  g_autoptr (GPtrArray) frozen = NULL, before = NULL;

  set_fit (document, "{\"epochs\": 30, \"batch_size\": 8}");
  first = train (document);
  second = train (document);
  g_assert_cmpfloat (g_array_index (second, double, 0), <, 0.5 * g_array_index (first, double, 0));
  set_fit (document, "{\"epochs\": 1, \"batch_size\": 8, \"new_weights\": true}");
  third = train (document);
  g_assert_cmpfloat (g_array_index (third, double, 0), >, 2 * g_array_index (second, double, 29));

  g_assert_nonnull (node);
  g_assert_true (strata_document_set_param (document, node, "trainable", no, &error));
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  before = strata_layer_dup_weights (strata_model_find_layer (model, "dense"));
  {
    g_autoptr (StrataModel) fresh = strata_document_build_fresh_model (document, &error);

    g_assert_no_error (error);
    frozen = strata_layer_dup_weights (strata_model_find_layer (fresh, "dense"));
    for (guint i = 0; i < before->len; i++)
      {
        StrataTensor *x = strata_variable_get_tensor (g_ptr_array_index (before, i));
        StrataTensor *y = strata_variable_get_tensor (g_ptr_array_index (frozen, i));

        g_assert_cmpmem (strata_tensor_get_floats (x), strata_tensor_get_size (x) * sizeof (float),
                         strata_tensor_get_floats (y), strata_tensor_get_size (y) * sizeof (float));
      }
  }
}

/* A loss that becomes NaN spoils its own run only: the next goes on from the weights before. */
static void
test_overflow (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (JsonNode) wild =
    json_from_string ("{\"optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 1e30}}, "
                      "\"loss\": \"sparse_categorical_crossentropy\"}", NULL);
  g_autoptr (JsonNode) calm = json_node_copy (strata_document_get_setting (document, "compile"));
  g_autoptr (GArray) first = NULL, second = NULL, third = NULL;

  set_fit (document, "{\"epochs\": 30, \"batch_size\": 8}");
  first = train (document);
  strata_document_set_setting (document, "compile", wild);
  second = train (document);
  g_assert_false (isfinite (g_array_index (second, double, second->len - 1)));
  strata_document_set_setting (document, "compile", calm);
  third = train (document);
  g_assert_cmpfloat (g_array_index (third, double, 0), <, 0.5 * g_array_index (first, double, 0));
}

static StrataTensor *
first_weight (StrataModel *model)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));

  return strata_tensor_copy (strata_variable_get_tensor (g_ptr_array_index (weights, 0)));
}

static gboolean
differ (StrataTensor *a,
        StrataTensor *b)
{
  return memcmp (strata_tensor_get_data (a), strata_tensor_get_data (b),
                 strata_tensor_get_size (a) * sizeof (float)) != 0;
}

/* What a copy that is made now would bring back after a kill. */
static StrataDocument *
make_copy (StrataDocument *document,
           const char     *path)
{
  g_autoptr (GError) error = NULL;
  StrataDocument *copy;

  save (document, path);
  copy = load (path, &error);
  g_assert_no_error (error);
  return copy;
}

/* While training goes on, copies have what it has come to, with the optimizer's memory; the document keeps its own
 * weights, in case it comes to nothing. */
static void
test_underway (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "iris.keras", NULL);
  g_autoptr (StrataDocument) document = new_document (), copy = NULL;
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) begun = strata_document_build_model (document, &error), found = NULL;
  g_autoptr (StrataTensor) first = first_weight (begun), learned = NULL;

  g_assert_no_error (error);
  set_fit (document, "{\"epochs\": 1000000, \"batch_size\": 16}");
  strata_runner_set_keep_seconds (runner, 0.01);
  strata_runner_start (runner, &error);
  g_assert_no_error (error);
  do
    {
      g_clear_object (&copy);
      g_main_context_iteration (NULL, TRUE);
      copy = make_copy (document, path);
    }
  while (count_steps (copy) == 0);
  g_assert_true (strata_runner_is_active (runner));
  found = strata_document_build_model (copy, &error);
  g_assert_no_error (error);
  learned = first_weight (found);
  g_assert_true (differ (first, learned));
  g_assert_true (strata_document_is_trained (copy));
  g_assert_false (strata_document_is_trained (document));
  g_assert_cmpuint (strata_document_get_runs (copy)->len, ==, 1);
  strata_runner_stop (runner);
  while (strata_runner_is_active (runner))
    g_main_context_iteration (NULL, TRUE);
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/continue/reopened", test_reopened);
  g_test_add_func ("/train/continue/changed", test_changed);
  g_test_add_func ("/train/continue/new-weights", test_new_weights);
  g_test_add_func ("/train/continue/overflow", test_overflow);
  g_test_add_func ("/train/continue/underway", test_underway);
  return g_test_run ();
}
