/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A network to begin with fits the data that it is for: nothing is wrong with it, and it learns. */
#include "document/starter.h"

#include "base/json.h"
#include "data/data-source.h"
#include "document/file.h"

/* What a document knows of its data once it has been looked at. */
static StrataDocument *
make_document (const char *description)
{
  StrataDocument *document = strata_document_new_usual ();
  g_autoptr (JsonNode) node = json_from_string (description, NULL);
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_data_source_load (json_node_get_object (node), folder, &error);
  g_autoptr (StrataDataFacts) facts = NULL;

  g_assert_no_error (error);
  facts = strata_data_facts_new (set, &error);
  g_assert_no_error (error);
  g_assert_false (strata_starter_is_possible (document));
  strata_document_set_setting (document, "data", node);
  strata_document_set_data_facts (document, strata_document_get_setting (document, "data"), facts);
  return document;
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *description, *has, *loss;
  } cases[] = {
    { "{\"kind\": \"iris\"}", "dense_1", "sparse_categorical_crossentropy" },
    { "{\"kind\": \"mail-spam\"}", "embedding", "sparse_categorical_crossentropy" },
    { "{\"kind\": \"seattle-weather\"}", "lstm", "mean_squared_error" },
    { "{\"kind\": \"mnist\"}", "conv2d_1", "sparse_categorical_crossentropy" },
    { "{\"kind\": \"image-folder\", \"path\": \"images\", \"image_size\": [50, 60]}", "conv2d_2",
      "sparse_categorical_crossentropy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StrataDocument) document = make_document (cases[i].description);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = NULL;
      JsonObject *compile;

      g_assert_true (strata_starter_is_possible (document));
      g_assert_true (strata_starter_build (document, &error));
      g_assert_no_error (error);
      g_assert_nonnull (strata_document_find_node (document, cases[i].has));
      g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
      g_assert_null (strata_document_find_node (document,
                                                g_str_equal (cases[i].has, "conv2d_2") ? "none" : "rescaling"));
      model = strata_document_build_model (document, &error);
      g_assert_no_error (error);
      compile = json_node_get_object (strata_document_get_setting (document, "compile"));
      g_assert_cmpstr (strata_json_get_string (compile, "loss", NULL), ==, cases[i].loss);
      g_assert_false (strata_starter_is_possible (document));
      /* One step. */
      strata_document_undo (document);
      g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 0);
    }
}

/* Warnings would be about the network: of the data, there may be some. */
static void
test_no_warnings (void)
{
  g_autoptr (StrataDocument) document =
    make_document ("{\"kind\": \"image-folder\", \"path\": \"images\", \"image_size\": [50, 60]}");
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_starter_build (document, &error));
  g_assert_nonnull (strata_document_find_node (document, "rescaling"));
  for (guint i = 0; i < strata_document_get_diagnostics (document)->len; i++)
    {
      const char *check =
        strata_diagnostic_get_check (g_ptr_array_index (strata_document_get_diagnostics (document), i));

      g_assert_cmpstr (check, !=, "missing-rescaling");
      g_assert_cmpstr (check, !=, "input-shape");
      g_assert_cmpstr (check, !=, "units-per-class");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/starter/kinds", test_kinds);
  g_test_add_func ("/document/starter/no-warnings", test_no_warnings);
  return g_test_run ();
}
