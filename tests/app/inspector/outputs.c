/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of several outputs each has a loss and metrics of its own in the inspector. */
#include "../window/pointer.h"

#include "base/json.h"
#include "inspector/compile-list.h"
#include "inspector/inspector.h"

static StrataDocNode *
add_output (StrataDocument *document,
            StrataDocNode  *before,
            const char     *text)
{
  g_autoptr (JsonNode) name = json_from_string (text, NULL);
  StrataDocNode *node = strata_document_add_node (document, "Dense", NULL, 0, 144, NULL);

  strata_document_set_param (document, node, "name", name, NULL);
  strata_document_connect (document, before, 0, node, 0, NULL);
  return node;
}

static void
set_compile (StrataDocument *document,
             const char     *text)
{
  g_autoptr (JsonNode) value = json_from_string (text, NULL);

  strata_document_set_setting (document, "compile", value);
}

static void
assert_compile (StrataDocument *document,
                const char     *member,
                const char     *expected)
{
  JsonObject *compile = json_node_get_object (strata_document_get_setting (document, "compile"));
  g_autofree char *text = strata_json_to_text (json_object_get_member (compile, member), FALSE);

  g_assert_cmpstr (text, ==, expected);
}

/* Enters metrics as a person does: types them, and goes on. */
static void
enter (GtkWidget  *row,
       const char *text)
{
  GtkWidget *entry = find_type (row, GTK_TYPE_ENTRY);

  g_assert_nonnull (entry);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  settle (20);
}

static void
test_outputs (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *input = strata_document_add_node (document, "InputLayer", NULL, 0, 0, NULL), *mass;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  GtkWidget *window = gtk_window_new (), *list = strata_compile_list_new (document);

  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  add_output (document, input, "\"kind\"");
  strata_compile_list_refresh (STRATA_COMPILE_LIST (list));
  g_assert_null (find_label (list, "Output “kind”"));

  mass = add_output (document, input, "\"mass\"");
  set_compile (document, "{\"loss\": {\"mass\": \"mse\", \"kind\": \"hinge\"}, "
                         "\"metrics\": [[\"accuracy\"], \"mae\"]}");
  strata_compile_list_refresh (STRATA_COMPILE_LIST (list));
  settle (50);
  g_assert_nonnull (find_label (list, "Output “kind”"));
  g_assert_nonnull (find_label (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "loss", 0), "Hinge"));
  g_assert_nonnull (find_label (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "loss", 1),
                                "Mean squared\nerror"));
  g_assert_true (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "optimizer", 0) ==
                 strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "optimizer", 1));

  /* What is changed at once is one step. */
  settle (1100);
  enter (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "metrics", 1), "mae, mse");
  assert_compile (document, "metrics", "[[\"accuracy\"],[\"mae\",\"mse\"]]");
  enter (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "metrics", 1), "nonsense");
  assert_compile (document, "metrics", "[[\"accuracy\"],[\"mae\",\"mse\"]]");
  g_assert_true (gtk_widget_has_css_class (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "metrics", 1),
                                           "invalid"));
  strata_document_undo (document);
  assert_compile (document, "metrics", "[[\"accuracy\"],\"mae\"]");

  g_ptr_array_add (gone, mass);
  strata_document_remove_nodes (document, gone);
  strata_compile_list_refresh (STRATA_COMPILE_LIST (list));
  g_assert_null (find_label (list, "Output “kind”"));
  g_assert_nonnull (strata_compile_list_get_row (STRATA_COMPILE_LIST (list), "loss", 0));
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/inspector/outputs", test_outputs);
  return g_test_run ();
}
