/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the time goes: measured while a network is trained, told by layer and operation, and led back to the canvas. */
#include "models/array-source.h"
#include "train/profile-card.h"

#include <adwaita.h>
#include <math.h>

#include "../window/pointer.h"
#include "canvas/selection.h"
#include "document/group.h"
#include "train/profile-line.h"
#include "train/train-view.h"
#include "window/window.h"

static GtkApplication *application;

static void
set (StrataDocument *document,
     const char     *key,
     const char     *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  strata_document_set_setting (document, key, node);
}

static StrataDocNode *
append (StrataDocument *document,
        StrataDocNode  *from,
        const char     *class_name,
        const char     *config)
{
  g_autoptr (JsonNode) node = json_from_string (config, NULL);
  g_autoptr (GError) error = NULL;
  StrataDocNode *added = strata_document_add_node (document, class_name, json_node_get_object (node), 0, 0, &error);

  g_assert_no_error (error);
  if (from != NULL)
    strata_document_connect (document, from, 0, added, 0, &error);
  g_assert_no_error (error);
  return added;
}

/* Flowers; wide enough that no layer rounds to nothing. */
static StrataDocument *
make_document (void)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *node = append (document, NULL, "InputLayer", "{\"batch_shape\": [null, 4]}");

  node = append (document, node, "Dense", "{\"name\": \"wide\", \"units\": 256, \"activation\": \"relu\"}");
  append (document, node, "Dense", "{\"name\": \"species\", \"units\": 3, \"activation\": \"softmax\"}");
  set (document, "compile",
       "{\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\", \"metrics\": [\"accuracy\"]}");
  set (document, "fit", "{\"epochs\": 4, \"batch_size\": 10, \"validation_split\": 0.2}");
  set (document, "data", "{\"kind\": \"iris\"}");
  return document;
}

static void
train (StrataRunner *runner)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_runner_start (runner, &error));
  g_assert_no_error (error);
  while (strata_runner_is_active (runner))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
}

static StrataProfileRow *
find_row (GPtrArray  *rows,
          const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((StrataProfileRow *) g_ptr_array_index (rows, i))->name, name))
      return g_ptr_array_index (rows, i);
  return NULL;
}

/* Rows are sorted, and all of them are all of the time. */
static void
assert_whole (GPtrArray           *rows,
              const StrataProfile *profile)
{
  double sum = 0, before = INFINITY;

  for (guint i = 0; i < rows->len; i++)
    {
      const StrataProfileRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpfloat (row->total, <=, before);
      before = row->total;
      sum += row->total;
    }
  g_assert_cmpfloat_with_epsilon (sum, strata_profile_get_seconds (profile), 1e-9);
}

static void
test_rows (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  g_autoptr (GPtrArray) layers = NULL, ops = NULL;
  const StrataProfile *profile;
  const StrataProfileRow *wide;

  g_assert_null (strata_runner_get_profile (runner));
  train (runner);
  profile = strata_runner_get_profile (runner);
  g_assert_nonnull (profile);
  g_assert_cmpint (strata_profile_get_n_batches (profile), ==,
                   strata_runner_get_n_epochs (runner) * strata_runner_get_n_batches (runner));

  layers = strata_profile_by_layer (profile, document);
  assert_whole (layers, profile);
  wide = find_row (layers, "wide");
  g_assert_nonnull (wide);
  g_assert_cmpstr (wide->node, ==, "wide");
  g_assert_cmpfloat (wide->seconds[STRATA_PHASE_FORWARD], >, 0);
  g_assert_cmpfloat (wide->seconds[STRATA_PHASE_BACKWARD], >, 0);
  g_assert_cmpfloat (wide->seconds[STRATA_PHASE_TEST], >, 0);
  g_assert_cmpfloat (find_row (layers, "Optimizer")->seconds[STRATA_PHASE_UPDATE], >, 0);
  g_assert_null (find_row (layers, "Optimizer")->node);
  g_assert_nonnull (find_row (layers, "Bringing samples"));

  ops = strata_profile_by_op (profile);
  assert_whole (ops, profile);
  g_assert_nonnull (find_row (ops, "matmul"));
}

/* What is inside a wrapper or a group is found where the document has it. */
static void
test_inside (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *node = append (document, NULL, "InputLayer", "{\"batch_shape\": [null, 5, 2]}"), *dense;
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (8, 5, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (8, 1));
  g_autoptr (StrataSource) x_source = strata_array_source_new1 (x), y_source = strata_array_source_new1 (y);
  StrataFit fit = { .x = x_source, .y = y_source, .epochs = 2, .seed = 1 };
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (StrataProfile) profile = NULL;
  g_autoptr (GPtrArray) rows = NULL, grouped = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  node = append (document, node, "Bidirectional",
                 "{\"name\": \"both\", \"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 4}}}");
  dense = append (document, node, "Dense", "{\"name\": \"inner\", \"units\": 4}");
  append (document, dense, "Dense", "{\"name\": \"last\", \"units\": 1}");
  g_ptr_array_add (grouped, dense);
  g_assert_nonnull (strata_document_group (document, grouped, "block", &error));
  g_assert_no_error (error);

  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  strata_model_compile_with (model, "sgd", "mse", NULL, &error);
  g_assert_no_error (error);
  strata_model_set_profiling (model, 1);
  history = strata_model_fit (model, &fit, &error);
  g_assert_no_error (error);
  profile = strata_profile_new (model, 2, 10);
  rows = strata_profile_by_layer (profile, document);
  g_assert_cmpstr (find_row (rows, "both")->node, ==, "both");
  g_assert_cmpstr (find_row (rows, "inner")->node, ==, "inner");
  g_assert_cmpstr (find_row (rows, "last")->node, ==, "last");
  for (guint i = 0; i < rows->len; i++)
    g_assert_null (strstr (((StrataProfileRow *) g_ptr_array_index (rows, i))->name, "lstm"));
}

static GtkWidget *
wait_for (GtkWidget *widget,
          GType      type)
{
  GtkWidget *found;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while ((found = find_type (widget, type)) == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (found);
  return found;
}

/* A layer's row leads to the layer. */
static void
test_window (void)
{
  g_autoptr (StrataDocument) document = make_document ();
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");
  g_autoptr (StrataSelection) selection = strata_selection_get (document);
  StrataWindow *window = strata_window_new (application, settings);
  GtkWidget *view, *list, *line;
  StrataDocNode *node;
  gboolean by_operation = TRUE;

  strata_window_set_document (window, document);
  strata_window_show_view (window, "train");
  gtk_window_present (GTK_WINDOW (window));
  view = wait_for (GTK_WIDGET (window), STRATA_TYPE_TRAIN_VIEW);
  train (strata_window_get_runner (window));
  /* Closed, it does no work. */
  g_assert_null (find_type (view, STRATA_TYPE_PROFILE_LINE));
  gtk_widget_activate_action (view, "train.profile", NULL);
  line = wait_for (view, STRATA_TYPE_PROFILE_LINE);
  list = gtk_widget_get_parent (line);
  gtk_test_accessible_assert_role (line, GTK_ACCESSIBLE_ROLE_LIST_ITEM);

  while (line != NULL && g_strcmp0 (strata_profile_line_get_node (STRATA_PROFILE_LINE (line)), "wide") != 0)
    line = gtk_widget_get_next_sibling (line);
  g_assert_nonnull (line);
  g_signal_emit_by_name (list, "row-activated", line);
  node = strata_selection_get_single (selection);
  g_assert_nonnull (node);
  g_assert_cmpstr (strata_doc_node_get_name (node), ==, "wide");

  g_object_set (find_type (view, STRATA_TYPE_PROFILE_CARD), "by-operation", TRUE, NULL);
  strata_window_show_view (window, "train");
  while ((line = find_type (view, STRATA_TYPE_PROFILE_LINE)) == NULL ||
         strata_profile_line_get_node (STRATA_PROFILE_LINE (line)) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (find_type (view, STRATA_TYPE_PROFILE_CARD), "by-operation", &by_operation, NULL);
  g_assert_true (by_operation);
  for (; line != NULL; line = gtk_widget_get_next_sibling (line))
    g_assert_null (strata_profile_line_get_node (STRATA_PROFILE_LINE (line)));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  application = GTK_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_test_add_func ("/train/profile/rows", test_rows);
  g_test_add_func ("/train/profile/inside", test_inside);
  g_test_add_func ("/train/profile/window", test_window);
  return g_test_run ();
}
