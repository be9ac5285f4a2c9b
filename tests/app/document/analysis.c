/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a document works out about its network: shapes, counts, what is wrong, and how it is mended. */
#include "document/document.h"
#include "models/sequential.h"
#include "network.h"

static StrataDocNode *
add (StrataDocument *document,
     StrataDocNode  *before,
     const char     *class_name,
     const char     *config)
{
  g_autoptr (JsonNode) json = json_from_string (config, NULL);
  g_autoptr (GError) error = NULL;
  StrataDocNode *node = strata_document_add_node (document, class_name, json_node_get_object (json), 0, 0, &error);

  g_assert_no_error (error);
  if (before != NULL)
    strata_document_connect (document, before, 0, node, 0, &error);
  g_assert_no_error (error);
  return node;
}

static StrataDiagnostic *
find (StrataDocNode *node,
      const char    *words)
{
  const GPtrArray *diagnostics = strata_doc_node_get_diagnostics (node);

  for (guint i = 0; i < diagnostics->len; i++)
    if (strstr (strata_diagnostic_get_message (g_ptr_array_index (diagnostics, i)), words) != NULL)
      return g_ptr_array_index (diagnostics, i);
  return NULL;
}

static void
mend (StrataDocument *document,
      StrataDocNode  *node,
      const char     *words,
      const char     *label)
{
  g_autoptr (GError) error = NULL;
  StrataDiagnostic *found = find (node, words);
  g_autoptr (StrataDiagnostic) diagnostic = NULL;

  g_assert_nonnull (found);
  diagnostic = strata_diagnostic_ref (found);
  g_assert_cmpstr (strata_diagnostic_get_fix_label (diagnostic), ==, label);
  g_assert_true (strata_diagnostic_apply_fix (diagnostic, document, &error));
  g_assert_no_error (error);
  g_assert_null (find (node, words));
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, label);
}

/* The convolutional network of the handwritten digits, counted by Keras. */
static StrataDocument *
make_digits (StrataDocNode **last)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *node = add (document, NULL, "Input", "{\"batch_shape\": [null, 28, 28, 1]}");

  node = add (document, node, "Conv2D", "{\"filters\": 32, \"activation\": \"relu\"}");
  node = add (document, node, "MaxPooling2D", "{}");
  node = add (document, node, "Conv2D", "{\"filters\": 64, \"activation\": \"relu\"}");
  node = add (document, node, "MaxPooling2D", "{}");
  node = add (document, node, "Conv2D", "{\"filters\": 64, \"activation\": \"relu\"}");
  node = add (document, node, "Flatten", "{}");
  node = add (document, node, "Dense", "{\"units\": 64, \"activation\": \"relu\"}");
  *last = add (document, node, "Dense", "{\"units\": 10, \"activation\": \"softmax\"}");
  return document;
}

static void
test_counts (void)
{
  StrataDocNode *last;
  g_autoptr (StrataDocument) document = make_digits (&last);

  g_assert_cmpint (strata_document_get_n_params (document), ==, 93322);
  g_assert_cmpint (strata_document_get_n_trainable (document), ==, 93322);
  g_assert_cmpint (strata_document_get_multiply_adds (document), ==,
                   9 * 32 * 26 * 26 + 9 * 32 * 64 * 11 * 11 + 9 * 64 * 64 * 3 * 3 + 576 * 64 + 640);
  g_assert_cmpuint (strata_document_get_diagnostics (document)->len, ==, 0);
  g_assert_cmpint (strata_doc_node_get_output_spec (last, 0)->shape.rank, ==, 2);
  g_assert_cmpint (strata_doc_node_get_output_spec (last, 0)->shape.dims[0], ==, STRATA_UNKNOWN);
  g_assert_cmpint (strata_doc_node_get_output_spec (last, 0)->shape.dims[1], ==, 10);
}

/* Who freezes a layer means the one inside it, too; a Keras config says it of the outer one alone. */
static void
test_frozen (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *node = add (document, NULL, "Input", "{\"batch_shape\": [null, 3, 2]}");
  g_autoptr (JsonNode) frozen = json_from_string ("false", NULL), learning = json_from_string ("true", NULL);
  g_autoptr (GError) error = NULL;

  node = add (document, node, "TimeDistributed",
              "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 2}}}");
  g_assert_cmpint (strata_document_get_n_trainable (document), ==, 6);
  g_assert_true (strata_document_set_param (document, node, "trainable", frozen, &error));
  g_assert_no_error (error);
  g_assert_cmpint (strata_document_get_n_trainable (document), ==, 0);
  g_assert_true (strata_document_set_param (document, node, "trainable", learning, &error));
  g_assert_no_error (error);
  g_assert_cmpint (strata_document_get_n_trainable (document), ==, 6);
}

static void
test_incremental (void)
{
  StrataDocNode *last;
  g_autoptr (StrataDocument) document = make_digits (&last);
  StrataDocNode *conv = strata_document_find_node (document, "conv2d_2");
  StrataDocNode *dense = strata_document_find_node (document, "dense");
  g_autoptr (JsonNode) filters = json_from_string ("16", NULL);

  g_assert_true (strata_document_set_param (document, conv, "filters", filters, NULL));
  g_assert_cmpint (strata_doc_node_get_n_params (dense), ==, 144 * 64 + 64);
  strata_document_undo (document);
  g_assert_cmpint (strata_document_get_n_params (document), ==, 93322);
}

static void
test_wiring (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *dense, *input, *sum;
  g_autoptr (GError) error = NULL;

  g_assert_null (strata_document_build_model (document, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
  g_clear_error (&error);

  dense = add (document, NULL, "Dense", "{}");
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_HINT), ==, 2);
  mend (document, dense, "Not wired yet", "Add an input");
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);

  input = add (document, NULL, "Input", "{\"batch_shape\": [null, 28, 28, 64]}");
  g_assert_nonnull (find (input, "Nothing takes this input"));
  sum = add (document, dense, "Add", "{}");
  g_assert_nonnull (find (sum, "Only one wire"));
  g_assert_nonnull (strata_document_connect (document, input, 0, sum, 0, NULL));
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
}

static void
test_fixes (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *image = add (document, NULL, "Input", "{\"batch_shape\": [null, 28, 28]}");
  StrataDocNode *conv = add (document, image, "Conv2D",
                             "{\"filters\": 4, \"kernel_size\": 5, \"activation\": \"relu\"}"), *large, *dense;

  mend (document, conv, "dimensions", "Add a channel");
  g_assert_cmpint (strata_doc_node_get_output_spec (conv, 0)->shape.dims[3], ==, 4);

  large = add (document, conv, "Conv2D", "{\"filters\": 4, \"kernel_size\": 25, \"activation\": \"relu\"}");
  g_assert_null (strata_doc_node_get_output_spec (large, 0));
  g_assert_cmpstr (strata_diagnostic_get_fix_label (g_ptr_array_index (strata_doc_node_get_diagnostics (large), 0)), ==,
                   "Use “same” padding");
  g_assert_true (strata_diagnostic_apply_fix (g_ptr_array_index (strata_doc_node_get_diagnostics (large), 0),
                                              document, NULL));
  g_assert_cmpint (strata_doc_node_get_output_spec (large, 0)->shape.dims[1], ==, 24);

  dense = add (document, large, "Dense", "{\"units\": 3}");
  mend (document, dense, "every pixel", "Insert Flatten");
  network_set (document, "compile", "{\"loss\": \"sparse_categorical_crossentropy\"}");
  mend (document, dense, "wants probabilities", "Use softmax");
  network_tell_data (document, "{\"input\": [28, 28, 1], \"classes\": 10}");
  g_assert_nonnull (find (dense, "10 classes"));
  mend (document, dense, "10 classes", "Use 10 units");
  g_assert_cmpuint (strata_document_get_diagnostics (document)->len, ==, 0);
}

static void
test_linear (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *input = add (document, NULL, "Input", "{\"batch_shape\": [null, 3]}");
  StrataDocNode *a = add (document, input, "Dense", "{}");

  add (document, a, "Dense", "{}");
  mend (document, a, "no more than one", "Use ReLU");
}

static void
test_would_fit (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *a = add (document, NULL, "Input", "{\"batch_shape\": [null, 3]}");
  StrataDocNode *b = add (document, NULL, "Input", "{\"batch_shape\": [null, 4]}");
  StrataDocNode *conv = add (document, NULL, "Conv2D", "{}"), *dense = add (document, NULL, "Dense", "{}");
  StrataDocNode *sum = add (document, a, "Add", "{}");
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_document_would_fit (document, a, 0, dense, 0, &error));
  g_assert_no_error (error);
  g_assert_false (strata_document_would_fit (document, a, 0, conv, 0, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
  g_clear_error (&error);
  g_assert_false (strata_document_would_fit (document, b, 0, sum, 0, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
}

/* Two calls of a layer have one set of weights. */
static void
test_shared (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *a = add (document, NULL, "Input", "{\"batch_shape\": [null, 3]}");
  StrataDocNode *b = add (document, NULL, "Input", "{\"batch_shape\": [null, 3]}");
  StrataDocNode *first = add (document, a, "Dense", "{\"units\": 5}");
  StrataDocNode *second = strata_document_add_call (document, first, 0, 0);
  StrataDocNode *sum = add (document, first, "Add", "{}");
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GError) error = NULL;

  strata_document_connect (document, b, 0, second, 0, NULL);
  strata_document_connect (document, second, 0, sum, 0, NULL);
  g_assert_cmpint (strata_document_get_n_params (document), ==, 20);
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), FALSE), ==, 20);
  g_assert_cmpuint (strata_model_get_n_inputs (model), ==, 2);
}

static void
test_weights_stay (void)
{
  StrataDocNode *last;
  g_autoptr (StrataDocument) document = make_digits (&last);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = NULL, other = NULL;
  g_autoptr (GPtrArray) weights = NULL, changed = NULL;
  StrataVariable *kernel;

  network_set (document, "model", "{\"class\": \"Sequential\", \"name\": \"digits\"}");
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  g_assert_true (STRATA_IS_SEQUENTIAL (model));
  weights = strata_layer_dup_weights (STRATA_LAYER (strata_model_find_layer (model, "dense_1")));
  kernel = g_ptr_array_index (weights, 0);
  strata_variable_get_floats (kernel)[7] = 1234;
  strata_document_set_weights_from (document, model);
  g_assert_true (strata_document_get_modified (document));

  /* Weights follow a layer to its new name; what no longer fits begins anew. */
  g_assert_true (strata_document_rename (document, last, "digit", NULL));
  other = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  changed = strata_layer_dup_weights (STRATA_LAYER (strata_model_find_layer (other, "digit")));
  g_assert_cmpfloat (strata_variable_get_floats (g_ptr_array_index (changed, 0))[7], ==, 1234);
  g_assert_true (g_ptr_array_index (changed, 0) != (gpointer) kernel);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/counts", test_counts);
  g_test_add_func ("/document/frozen", test_frozen);
  g_test_add_func ("/document/incremental", test_incremental);
  g_test_add_func ("/document/wiring", test_wiring);
  g_test_add_func ("/document/fixes", test_fixes);
  g_test_add_func ("/document/linear", test_linear);
  g_test_add_func ("/document/would-fit", test_would_fit);
  g_test_add_func ("/document/shared", test_shared);
  g_test_add_func ("/document/weights-stay", test_weights_stay);
  return g_test_run ();
}
