/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/train-view.h"

#include "../widgets.h"
#include "code/code-view.h"
#include "train/advice-card.h"
#include "train/chart-board.h"
#include "train/progress-strip.h"
#include "widgets/number.h"

static void
set (StrataDocument *document,
     const char     *key,
     const char     *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  strata_document_set_setting (document, key, node);
}

static StrataDocNode *
add_node (StrataDocument *document,
          const char     *class_name,
          const char     *config)
{
  g_autoptr (JsonNode) node = json_from_string (config, NULL);
  g_autoptr (GError) error = NULL;
  StrataDocNode *added = strata_document_add_node (document, class_name, json_node_get_object (node), 0, 0, &error);

  g_assert_no_error (error);
  return added;
}

/* Flowers, told apart by a single layer. */
static StrataDocument *
make_document (void)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *input = add_node (document, "InputLayer", "{\"batch_shape\": [null, 4]}");
  StrataDocNode *dense = add_node (document, "Dense", "{\"units\": 3, \"activation\": \"softmax\"}");
  g_autoptr (GError) error = NULL;

  strata_document_connect (document, input, 0, dense, 0, &error);
  g_assert_no_error (error);
  set (document, "compile",
       "{\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\", \"metrics\": [\"accuracy\"]}");
  set (document, "fit", "{\"epochs\": 3, \"batch_size\": 10, \"validation_split\": 0.2}");
  return document;
}

static void
run_until_idle (StrataRunner *runner)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (strata_runner_is_active (runner) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_training (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *window = gtk_window_new (), *view = strata_train_view_new (document, runner), *board;
  StrataChart *chart;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  /* Without data nothing begins, and nothing is noted. */
  g_assert_true (gtk_widget_activate_action (view, "train.start", NULL));
  g_assert_cmpuint (strata_document_get_runs (document)->len, ==, 0);

  set (document, "data", "{\"kind\": \"iris\"}");
  g_assert_true (gtk_widget_activate_action (view, "train.start", NULL));
  run_until_idle (runner);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
  board = find_type (view, STRATA_TYPE_CHART_BOARD);
  chart = strata_chart_board_find (STRATA_CHART_BOARD (board), "loss");
  g_assert_nonnull (chart);
  g_assert_cmpuint (strata_chart_get_n_series (chart), ==, 3);
  g_assert_cmpuint (strata_series_get_n (strata_chart_get_series (chart, 1)), ==, 3);
  g_assert_cmpuint (strata_series_get_n (strata_chart_get_series (chart, 2)), ==, 3);
  g_assert_nonnull (strata_chart_board_find (STRATA_CHART_BOARD (board), "accuracy"));
  g_assert_nonnull (find_type (view, STRATA_TYPE_NUMBER));
  g_assert_nonnull (strata_advice_card_get_heading (STRATA_ADVICE_CARD (find_type (view, STRATA_TYPE_ADVICE_CARD))));

  strata_document_remove_run (document, strata_runner_get_run (runner));
  g_assert_null (strata_chart_board_find (STRATA_CHART_BOARD (board), "loss"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_empty_label (GtkWidget     *widget,
                gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget) && *gtk_label_get_text (GTK_LABEL (widget)) == '\0';
}

/* In large text the strip gives way, so that the window does not leave the screen. */
static void
test_narrow (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *strip = g_object_ref_sink (strata_progress_strip_new (runner));
  g_autoptr (GError) error = NULL;
  int minimum, natural;

  g_assert_null (find_widget (strip, is_empty_label, NULL));
  set (document, "data", "{\"kind\": \"iris\"}");
  strata_runner_start (runner, &error);
  g_assert_no_error (error);
  run_until_idle (runner);
  gtk_widget_measure (strip, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, natural);
  g_object_unref (strip);
}

static void
test_failure (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *view = g_object_ref_sink (strata_train_view_new (document, runner));

  set (document, "data", "{\"kind\": \"csv\", \"file\": \"/nowhere/at-all.csv\"}");
  g_assert_true (gtk_widget_activate_action (view, "train.start", NULL));
  run_until_idle (runner);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FAILED);
  g_assert_cmpstr (strata_advice_card_get_heading (STRATA_ADVICE_CARD (find_type (view, STRATA_TYPE_ADVICE_CARD))), ==,
                   "Training did not work");
  g_object_unref (view);
}

static void
test_code (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *window = gtk_window_new (), *view = strata_code_view_new (document, runner);
  g_autofree char *code = NULL, *after = NULL;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  code = strata_code_view_dup_text (STRATA_CODE_VIEW (view));
  g_assert_nonnull (strstr (code, "Dense("));
  g_assert_nonnull (strstr (code, "compile("));
  g_assert_null (strstr (code, "Dropout("));
  g_assert_true (gtk_widget_activate_action (view, "code.copy", NULL));
  strata_document_connect (document, g_ptr_array_index (strata_document_get_nodes (document), 1), 0,
                           add_node (document, "Dropout", "{\"rate\": 0.5}"), 0, NULL);
  after = strata_code_view_dup_text (STRATA_CODE_VIEW (view));
  g_assert_nonnull (strstr (after, "Dropout("));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_loss (GtkWidget     *widget,
         gconstpointer  data)
{
  return is_label (widget, "Sparse categorical crossentropy");
}

/* In the bar a long name takes two lines, and is read whole. */
static void
test_long_name (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *window = gtk_window_new (), *label;

  gtk_window_set_child (GTK_WINDOW (window), strata_train_view_new (document, runner));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  spin ();
  label = find_widget (window, is_loss, NULL);
  g_assert_nonnull (label);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/train/view/training", test_training);
  g_test_add_func ("/train/view/narrow", test_narrow);
  g_test_add_func ("/train/view/failure", test_failure);
  g_test_add_func ("/code/view", test_code);
  g_test_add_func ("/train/long-name", test_long_name);
  return g_test_run ();
}
