/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/settings.h"

#include "train/rate-entry.h"
#include "train/run-curves.h"

static void
set (StrataDocument *document,
     const char     *key,
     const char     *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  strata_document_set_setting (document, key, node);
  strata_document_end_coalescing (document);
}

static void
assert_setting (StrataDocument *document,
                const char     *key,
                const char     *json)
{
  g_autoptr (JsonNode) expected = json_from_string (json, NULL);

  g_assert_true (json_node_equal (strata_document_get_setting (document, key), expected));
}

static void
test_numbers (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();

  set (document, "fit", "{\"epochs\": 3, \"shuffle\": false}");
  g_assert_cmpfloat (strata_settings_get_number (document, "fit", "epochs", 1), ==, 3);
  g_assert_cmpfloat (strata_settings_get_number (document, "fit", "batch_size", 32), ==, 32);
  g_assert_false (strata_settings_get_flag (document, "fit", "shuffle", TRUE));
  strata_settings_set_number (document, "fit", "epochs", 5);
  strata_settings_set_number (document, "fit", "validation_split", 0.25);
  assert_setting (document, "fit", "{\"epochs\": 5, \"shuffle\": false, \"validation_split\": 0.25}");
  strata_document_undo (document);
  assert_setting (document, "fit", "{\"epochs\": 3, \"shuffle\": false}");
}

static void
assert_class (StrataDocument *document,
              const char     *member,
              const char     *expected)
{
  g_autofree char *name = strata_settings_dup_class (document, "compile", member);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_classes (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();

  assert_class (document, "optimizer", NULL);
  set (document, "compile", "{\"optimizer\": \"adam\", \"loss\": {\"class_name\": \"function\", \"config\": \"mse\"}}");
  assert_class (document, "optimizer", "adam");
  assert_class (document, "loss", "mse");
  strata_settings_set_class (document, "compile", "loss", "Huber");
  assert_class (document, "loss", "Huber");
  assert_class (document, "optimizer", "adam");
}

static void
test_learning_rate (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();

  set (document, "compile", "{\"optimizer\": \"adam\"}");
  g_assert_cmpfloat (strata_settings_get_learning_rate (document), ==, 0.001);
  set (document, "compile", "{\"optimizer\": \"sgd\"}");
  g_assert_cmpfloat (strata_settings_get_learning_rate (document), ==, 0.01);
  set (document, "compile", "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"beta_1\": 0.8}}}");
  strata_settings_set_learning_rate (document, 0.02);
  assert_setting (document, "compile",
                  "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"beta_1\": 0.8, "
                  "\"learning_rate\": 0.02}}}");
  strata_settings_set_class (document, "compile", "optimizer", "SGD");
  assert_setting (document, "compile",
                  "{\"optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.02}}}");
  set (document, "compile",
       "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": {\"class_name\": "
                            "\"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.5}}}}}");
  g_assert_true (strata_settings_has_schedule (document));
  g_assert_cmpfloat (strata_settings_get_learning_rate (document), ==, 0.5);
}

static void
test_metrics (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autofree char *metrics = NULL;

  strata_settings_set_metrics (document, " accuracy, ,AUC ,");
  assert_setting (document, "compile", "{\"metrics\": [\"accuracy\", \"AUC\"]}");
  metrics = strata_settings_dup_metrics (document);
  g_assert_cmpstr (metrics, ==, "accuracy, AUC");
}

/* Each of several outputs gets those that are entered for all; what they have is told once. */
static void
test_metrics_of_outputs (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autofree char *metrics = NULL;

  for (guint i = 0; i < 2; i++)
    strata_document_add_node (document, "Dense", NULL, 0, 0, NULL);
  strata_settings_set_metrics (document, "mae, mse");
  assert_setting (document, "compile", "{\"metrics\": [[\"mae\", \"mse\"], [\"mae\", \"mse\"]]}");
  set (document, "compile", "{\"metrics\": [[\"mae\"], [\"mse\", \"mae\"]]}");
  metrics = strata_settings_dup_metrics (document);
  g_assert_cmpstr (metrics, ==, "mae, mse");
}

static void
test_patience (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();

  set (document, "fit", "{\"callbacks\": [{\"class_name\": \"CSVLogger\", \"config\": {\"filename\": \"a.csv\"}}]}");
  g_assert_cmpuint (strata_settings_get_patience (document), ==, 0);
  strata_settings_set_patience (document, 4);
  g_assert_cmpuint (strata_settings_get_patience (document), ==, 4);
  strata_settings_set_patience (document, 6);
  g_assert_cmpuint (strata_settings_get_patience (document), ==, 6);
  strata_settings_set_patience (document, 0);
  assert_setting (document, "fit",
                  "{\"callbacks\": [{\"class_name\": \"CSVLogger\", \"config\": {\"filename\": \"a.csv\"}}]}");
}

static void
test_rate_steps (void)
{
  const double rates[] = { 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2 };

  for (guint i = 1; i < G_N_ELEMENTS (rates); i++)
    {
      g_assert_cmpfloat_with_epsilon (strata_rate_entry_step (rates[i - 1], 1), rates[i], 1e-9);
      g_assert_cmpfloat_with_epsilon (strata_rate_entry_step (rates[i], -1), rates[i - 1], 1e-9);
    }
  g_assert_cmpfloat_with_epsilon (strata_rate_entry_step (0.0031, 1), 0.005, 1e-9);
}

/* Keras tells the mean so far; the curve shows what the batches in between were. */
static void
test_curves (void)
{
  g_autoptr (StrataRun) run = strata_run_new (3, NULL);
  g_autoptr (StrataRunCurves) curves = strata_run_curves_new (run);
  StrataRunCurve *loss, *auc;
  const double expected[] = { 4, 2, 1, 3 };

  strata_run_add_batch (run, "loss", 0.25, 4);
  strata_run_add_batch (run, "loss", 0.5, 3);
  strata_run_add_batch (run, "auc", 0.5, 0.7);
  strata_run_add_epoch (run, "loss", 1, 2.5);
  strata_run_add_epoch (run, "val_loss", 1, 2.25);
  strata_run_update (run, 5, 1);
  strata_run_add_batch (run, "loss", 1.5, 1);
  strata_run_add_batch (run, "loss", 1.75, 1. + 2. / 3);
  strata_run_update (run, 5, 1);
  g_assert_cmpuint (strata_run_curves_get_n (curves), ==, 2);
  g_assert_cmpuint (strata_run_curves_get_color (curves), ==, 2);
  loss = strata_run_curves_find (curves, "loss");
  auc = strata_run_curves_find (curves, "auc");
  g_assert_cmpuint (strata_series_get_n (loss->batches), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (strata_series_get_y (loss->batches)[i], expected[i], 1e-12);
  g_assert_cmpfloat (strata_series_get_y (auc->batches)[0], ==, 0.7);
  g_assert_true (strata_series_get_visible (loss->batches));
  g_assert_cmpuint (strata_series_get_n (loss->validation), ==, 1);
  g_assert_cmpstr (strata_series_get_name (loss->validation), ==, "Validation");
  strata_run_curves_set_alone (curves, FALSE);
  g_assert_cmpstr (strata_series_get_name (loss->validation), ==, "Run 3 validation");
  strata_run_curves_set_visible (curves, FALSE);
  g_assert_false (strata_series_get_visible (loss->batches));
  strata_run_curves_set_visible (curves, TRUE);
  g_assert_true (strata_series_get_visible (loss->batches));
  /* A few batches of many epochs are no curve. */
  for (guint epoch = 2; epoch < 6; epoch++)
    strata_run_add_epoch (run, "loss", epoch, 1);
  strata_run_update (run, 5, 1);
  g_assert_false (strata_series_get_visible (loss->batches));
}

/* Each of several outputs has its loss; what was said by name stays, by place, when one changes. */
static void
test_losses (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  static const char *const before = "{\"loss\": {\"mass\": \"mse\", \"kind\": \"hinge\"}}";
  static const char *const names[] = { "kind", "mass" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) name = json_from_string (i == 0 ? "\"kind\"" : "\"mass\"", NULL);
      StrataDocNode *node = strata_document_add_node (document, "Dense", NULL, 0, 0, &error);

      g_assert_no_error (error);
      strata_document_set_param (document, node, "name", name, &error);
      g_assert_no_error (error);
    }
  set (document, "compile", before);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *loss = strata_settings_dup_loss (document, i, names[i]);

      g_assert_cmpstr (loss, ==, i == 0 ? "hinge" : "mse");
    }
  strata_settings_set_loss (document, 1, "Huber");
  assert_setting (document, "compile", "{\"loss\": [\"hinge\", {\"class_name\": \"Huber\", \"config\": {}}]}");
  strata_document_undo (document);
  assert_setting (document, "compile", before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/settings/numbers", test_numbers);
  g_test_add_func ("/train/settings/classes", test_classes);
  g_test_add_func ("/train/settings/losses", test_losses);
  g_test_add_func ("/train/settings/learning-rate", test_learning_rate);
  g_test_add_func ("/train/settings/metrics", test_metrics);
  g_test_add_func ("/train/settings/metrics-of-outputs", test_metrics_of_outputs);
  g_test_add_func ("/train/settings/patience", test_patience);
  g_test_add_func ("/train/rate-steps", test_rate_steps);
  g_test_add_func ("/train/curves", test_curves);
  return g_test_run ();
}
