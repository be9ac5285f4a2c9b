/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Code that is edited changes the document in one step, and only where it says something else. */
#include "../../io/check.h"

#include "document/revision.h"
#include "file-check.h"
#include "io/code/python.h"

#define HEAD "import keras\nfrom keras import layers\nmodel = keras.Sequential([\n    keras.Input((8,), name='in'),\n"

static void
revise (StrataDocument *document,
        const char     *code)
{
  g_autoptr (GError) error = NULL;
  guint line = 0;
  g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, &error);
  g_autoptr (StrataRevision) revision = NULL;

  g_assert_no_error (error);
  revision = strata_revision_new (document, source, &error);
  g_assert_no_error (error);
  g_assert_true (strata_revision_apply (revision, &error));
  g_assert_no_error (error);
}

static char *
write_code (StrataDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_document_build_model (document, &error);
  JsonNode *compile = strata_document_get_setting (document, "compile");
  char *code;

  g_assert_no_error (error);
  if (compile != NULL)
    strata_model_compile (model, json_node_get_object (compile), NULL);
  code = strata_model_to_python (model, &error);
  g_assert_no_error (error);
  return code;
}

/* The code of a document says what the document is. */
static void
test_same (gconstpointer data)
{
  g_autofree char *path = golden_path (data), *before = NULL, *after = NULL, *code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = load (path, &error);
  guint n_nodes;

  g_assert_no_error (error);
  n_nodes = strata_document_get_nodes (document)->len;
  before = to_text (document);
  code = write_code (document);
  revise (document, code);
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, n_nodes);
  g_assert_false (strata_document_can_undo (document));
}

static void
test_edits (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autofree char *before = NULL, *undone = NULL, *third = NULL, *code = NULL;
  StrataDocNode *a, *b, *c;

  revise (document, HEAD "    layers.Dense(4, activation='relu'),\n    layers.Dense(3)], name='net')\n");
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 3);
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 2);
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
  a = strata_document_find_node (document, "dense");
  b = strata_document_find_node (document, "dense_1");
  before = to_text (document);

  /* A layer in between takes no name or place from the others, though Keras would count anew. */
  revise (document,
          HEAD "    layers.Dense(4, activation='relu'),\n    layers.Dense(9),\n    layers.Dense(3)], name='net')\n");
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 4);
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 3);
  g_assert_true (strata_document_find_node (document, "dense") == a);
  g_assert_true (strata_document_find_node (document, "dense_1") == b);
  c = g_ptr_array_index (strata_document_get_nodes (document), 3);
  g_assert_cmpint (strata_doc_node_get_output_spec (c, 0)->shape.dims[1], ==, 9);
  g_assert_cmpint (strata_doc_node_get_n_params (b), ==, 9 * 3 + 3);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Edit code");
  strata_document_undo (document);
  undone = to_text (document);
  g_assert_cmpstr (before, ==, undone);

  /* Another number is a change, another name too. */
  revise (document, HEAD "    layers.Dense(5, activation='relu'),\n    layers.Dense(3, name='last')], name='net')\n");
  g_assert_true (strata_document_find_node (document, "dense") == a);
  g_assert_true (strata_document_find_node (document, "last") == b);
  g_assert_cmpint (strata_doc_node_get_output_spec (a, 0)->shape.dims[1], ==, 5);
  third = to_text (document);
  strata_document_undo (document);
  strata_document_redo (document);
  g_clear_pointer (&undone, g_free);
  undone = to_text (document);
  g_assert_cmpstr (third, ==, undone);

  /* Gone, and how it is trained. */
  revise (document, HEAD "    layers.Dense(3, name='last')], name='net')\nmodel.compile('sgd', 'mse')\n");
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 2);
  code = write_code (document);
  g_assert_nonnull (strstr (code, "optimizer=keras.optimizers.SGD()"));
}

static void
test_lines (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (StrataPythonSource) source = NULL;
  g_autoptr (StrataRevision) revision = NULL;
  guint first, last;

  revise (document, HEAD "    layers.Dense(4),\n    layers.Dense(\n      3)])\n");
  source = strata_python_source_read (HEAD "    layers.Dense(4),\n    layers.Dense(\n      3)])\n", NULL, NULL);
  revision = strata_revision_new (document, source, NULL);
  g_assert_true (strata_revision_find_node (revision, 5) == strata_document_find_node (document, "dense"));
  g_assert_true (strata_revision_find_node (revision, 4) == strata_document_find_node (document, "in"));
  g_assert_null (strata_revision_find_node (revision, 1));
  g_assert_true (strata_revision_find_lines (revision, strata_document_find_node (document, "dense_1"), &first, &last));
  g_assert_cmpuint (first, ==, 6);
  g_assert_cmpuint (last, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  static const char *const files[] = { "perceptron.keras", "convolutional.keras", "branches.keras", "shared.keras",
                                       "nested.keras",
                                       "attentive.keras", "operators.keras", "recurrent.keras", "normalized.keras" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/document/revision/", files[i], NULL);

      g_test_add_data_func (path, files[i], test_same);
    }
  g_test_add_func ("/document/revision/edits", test_edits);
  g_test_add_func ("/document/revision/lines", test_lines);
  return g_test_run ();
}
