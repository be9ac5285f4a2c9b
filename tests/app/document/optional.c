/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inputs that a layer can do without: shown when wanted or wired, and in files as Keras names them. */
#include <glib/gstdio.h>

#include "document/document.h"
#include "file-check.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"

static StrataDocNode *
add (StrataDocument *document,
     const char     *class_name,
     const char     *config)
{
  g_autoptr (JsonNode) json = json_from_string (config, NULL);
  g_autoptr (GError) error = NULL;
  StrataDocNode *node = strata_document_add_node (document, class_name, json_node_get_object (json), 0, 0, &error);

  g_assert_no_error (error);
  return node;
}

static void
wire (StrataDocument *document,
      StrataDocNode  *from,
      guint           from_port,
      StrataDocNode  *to,
      guint           to_port)
{
  g_autoptr (GError) error = NULL;

  strata_document_connect (document, from, from_port, to, to_port, &error);
  g_assert_no_error (error);
}

static guint
count_errors (StrataDocument *document)
{
  return strata_document_count_severity (document, STRATA_SEVERITY_ERROR);
}

/* An encoder whose states another recurrent layer begins with, as in translation. */
static StrataDocument *
new_translator (StrataDocNode **decoder)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *source = add (document, "InputLayer", "{\"name\": \"source\", \"batch_shape\": [null, 7, 5]}");
  StrataDocNode *target = add (document, "InputLayer", "{\"name\": \"target\", \"batch_shape\": [null, 4, 3]}");
  StrataDocNode *encoder = add (document, "LSTM", "{\"name\": \"encoder\", \"units\": 6, \"return_state\": true}");
  StrataDocNode *dense = add (document, "Dense", "{\"name\": \"word\", \"units\": 3}");

  *decoder = add (document, "LSTM", "{\"name\": \"decoder\", \"units\": 6, \"return_sequences\": true}");
  wire (document, source, 0, encoder, 0);
  wire (document, target, 0, *decoder, 0);
  wire (document, *decoder, 0, dense, 0);
  /* The output of its own, and two states. */
  g_assert_cmpuint (strata_doc_node_get_n_outputs (encoder), ==, 3);
  wire (document, encoder, 1, *decoder, 1);
  wire (document, encoder, 2, *decoder, 2);
  return document;
}

static void
test_ports (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *lstm = add (document, "LSTM", "{\"units\": 6}"), *gru = add (document, "GRU", "{\"units\": 6}");
  StrataDocNode *attention = add (document, "MultiHeadAttention", "{\"num_heads\": 2, \"key_dim\": 4}");
  StrataDocNode *dense = add (document, "Dense", "{}");
  static const char *const names[] = { "first state", "second state" };
  g_autofree char *before = to_text (document), *after = NULL, *key = NULL, *mask = NULL;

  g_assert_cmpuint (strata_doc_node_get_n_inputs (lstm), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = strata_doc_node_dup_next_input_name (lstm);

      g_assert_cmpstr (name, ==, names[i]);
      strata_document_want_input (document, lstm);
      g_assert_cmpuint (strata_doc_node_get_n_inputs (lstm), ==, 2 + i);
    }
  g_assert_null (strata_doc_node_dup_next_input_name (lstm));
  strata_document_want_input (document, gru);
  g_assert_null (strata_doc_node_dup_next_input_name (gru));
  g_assert_null (strata_doc_node_dup_next_input_name (dense));
  key = strata_doc_node_dup_next_input_name (attention);
  g_assert_cmpstr (key, ==, "key");
  strata_document_want_input (document, attention);
  mask = strata_doc_node_dup_next_input_name (attention);
  g_assert_cmpstr (mask, ==, "attention mask");
  strata_document_want_input (document, attention);
  g_assert_null (strata_doc_node_dup_next_input_name (attention));
  /* A port that only waits for a wire is nothing to save, and nothing wrong. */
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);
}

/* A document as it comes back from a file; the model in that says @words, as Keras has them. */
static StrataDocument *
come_back (StrataDocument    *document,
           const char *const *words)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-optional-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.keras", NULL);
  g_autofree char *before = NULL, *after = NULL, *json = NULL;
  g_autoptr (StrataKerasFile) file = NULL;
  g_autoptr (GError) error = NULL;
  StrataDocument *loaded;

  g_assert_false (save (document, path));
  file = strata_keras_file_read (path, &error);
  g_assert_no_error (error);
  json = strata_model_to_json (file->model, NULL);
  for (; *words != NULL; words++)
    g_assert_nonnull (strstr (json, *words));

  loaded = load (path, &error);
  g_assert_no_error (error);
  before = to_text (document);
  after = to_text (loaded);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_errors (loaded), ==, 0);
  g_unlink (path);
  g_rmdir (folder);
  return loaded;
}

static void
test_states (void)
{
  static const char *const words[] = { "\"initial_state\"", NULL };
  StrataDocNode *decoder, *again;
  g_autoptr (StrataDocument) document = new_translator (&decoder), loaded = NULL;

  g_assert_cmpuint (count_errors (document), ==, 0);
  g_assert_cmpint (strata_doc_node_get_output_spec (decoder, 0)->shape.dims[2], ==, 6);
  loaded = come_back (document, words);
  again = strata_document_find_node (loaded, "decoder");
  g_assert_cmpuint (strata_doc_node_get_n_inputs (again), ==, 3);
}

/* One state of two is told in words, at the layer. */
static void
test_half (void)
{
  StrataDocNode *decoder;
  g_autoptr (StrataDocument) document = new_translator (&decoder);
  const GPtrArray *incoming = strata_doc_node_get_wires (decoder, TRUE);

  strata_document_disconnect (document, g_ptr_array_index (incoming, 2));
  g_assert_true (strata_doc_node_has_severity (decoder, STRATA_SEVERITY_ERROR));
  strata_document_undo (document);
  g_assert_cmpuint (count_errors (document), ==, 0);
}

/* Attention that is told by data where not to look: Keras has that by name, behind query, value and key. */
static void
test_mask (void)
{
  static const char *const words[] = { "\"attention_mask\"", "\"use_causal_mask\"", NULL };
  g_autofree char *name = NULL;
  g_autoptr (StrataDocument) document = strata_document_new (), loaded = NULL;
  StrataDocNode *steps = add (document, "InputLayer", "{\"name\": \"steps\", \"batch_shape\": [null, 7, 8]}");
  StrataDocNode *mask = add (document, "InputLayer", "{\"name\": \"seen\", \"batch_shape\": [null, 7, 7]}"), *again;
  StrataDocNode *attention = add (document, "MultiHeadAttention",
                                  "{\"name\": \"look\", \"num_heads\": 2, \"key_dim\": 4}");

  wire (document, steps, 0, attention, 0);
  wire (document, steps, 0, attention, 1);
  strata_document_want_input (document, attention);
  strata_document_want_input (document, attention);
  wire (document, mask, 0, attention, 3);
  /* The key between them can be there or not. */
  g_assert_cmpuint (count_errors (document), ==, 0);
  wire (document, steps, 0, attention, 2);
  g_assert_cmpuint (count_errors (document), ==, 0);
  strata_document_set_causal (document, attention, TRUE);
  g_assert_cmpuint (count_errors (document), ==, 0);
  g_assert_cmpint (strata_doc_node_get_output_spec (attention, 0)->shape.dims[2], ==, 8);
  loaded = come_back (document, words);
  again = strata_document_find_node (loaded, "look");
  g_assert_true (strata_doc_node_is_causal (again));
  name = strata_doc_node_dup_input_name (again, 3);
  g_assert_cmpstr (name, ==, "attention mask");
}

/* Keras gives this attention a list of tensors and a list of masks; here all have ports, and any mask may be
 * missing. */
static void
test_mask_list (void)
{
  static const char *const words[] = { "\"return_attention_scores\"", "\"mask\"", NULL };
  g_autofree char *name = NULL;
  g_autoptr (StrataDocument) document = strata_document_new (), loaded = NULL;
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);
  g_autoptr (GError) error = NULL;
  StrataDocNode *steps = add (document, "InputLayer", "{\"name\": \"steps\", \"batch_shape\": [null, 7, 8]}"), *again;
  StrataDocNode *attention = add (document, "Attention", "{\"name\": \"look\"}"), *mask;

  g_assert_cmpuint (strata_doc_node_get_n_inputs (attention), ==, 2);
  wire (document, steps, 0, attention, 0);
  g_assert_cmpuint (count_errors (document), ==, 1);
  wire (document, steps, 0, attention, 1);
  g_assert_cmpuint (count_errors (document), ==, 0);
  for (guint i = 0; i < 3; i++)
    strata_document_want_input (document, attention);
  name = strata_doc_node_dup_input_name (attention, 4);
  g_assert_cmpstr (name, ==, "value mask");
  g_assert_null (strata_doc_node_dup_next_input_name (attention));
  mask = add (document, "InputLayer", "{\"name\": \"seen\", \"batch_shape\": [null, 7]}");
  wire (document, mask, 0, attention, 4);
  g_assert_cmpuint (count_errors (document), ==, 0);

  g_assert_true (strata_document_set_argument (document, attention, "return_attention_scores", yes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strata_doc_node_get_n_outputs (attention), ==, 2);
  g_assert_cmpint (strata_doc_node_get_output_spec (attention, 1)->shape.dims[2], ==, 7);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Change Return scores");

  loaded = come_back (document, words);
  again = strata_document_find_node (loaded, "look");
  g_assert_cmpuint (strata_doc_node_get_n_outputs (again), ==, 2);

  strata_document_undo (document);
  g_assert_cmpuint (strata_doc_node_get_n_outputs (attention), ==, 1);
  g_assert_false (strata_document_set_argument (document, steps, "return_attention_scores", yes, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

/* What Keras wrote: the masks are at ports of their own, not among the arguments. */
static void
test_mask_list_of_keras (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "files", "hidden.keras", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = load (path, &error);
  StrataDocNode *dot, *sum;
  const GPtrArray *incoming;

  g_assert_no_error (error);
  g_assert_cmpuint (count_errors (document), ==, 0);
  dot = strata_document_find_node (document, "dot");
  sum = strata_document_find_node (document, "sum");
  g_assert_cmpuint (strata_doc_node_get_n_inputs (dot), ==, 5);
  g_assert_true (strata_doc_node_is_causal (dot));
  incoming = strata_doc_node_get_wires (sum, TRUE);
  g_assert_cmpuint (incoming->len, ==, 4);
  g_assert_cmpuint (strata_doc_wire_get_to_port (g_ptr_array_index (incoming, 3)), ==, 4);
  g_assert_cmpuint (strata_doc_node_get_n_outputs (sum), ==, 2);
}

/* Before attention had a port for each of what it takes, all wires ended at one. */
static void
test_one_port (void)
{
  static const char *const text =
    "{\"format\": 1, \"nodes\": ["
    " {\"id\": 1, \"layer\": {\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\", \"batch_shape\": "
    "[null, 4, 8]}}},"
    " {\"id\": 2, \"layer\": {\"class_name\": \"Attention\", \"config\": {\"name\": \"look\"}}}], \"wires\": ["
    " {\"id\": 3, \"from\": [1, 0], \"to\": [2, 0]}, {\"id\": 4, \"from\": [1, 0], \"to\": [2, 0]}]}";
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (GError) error = NULL;

  pasted = strata_document_paste (document, text, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_doc_wire_get_to_port (g_ptr_array_index (strata_document_get_wires (document), 1)), ==, 1);
  g_assert_cmpuint (count_errors (document), ==, 0);
}

/* A mask can be had and wired without a key: the values are the keys, in Keras, too. */
static void
test_mask_without_key (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *words = add (document, "InputLayer", "{\"name\": \"words\", \"batch_shape\": [null, 5, 4]}");
  StrataDocNode *mask = add (document, "InputLayer",
                             "{\"name\": \"mask\", \"batch_shape\": [null, 5, 5], \"dtype\": \"bool\"}");
  StrataDocNode *attention = add (document, "MultiHeadAttention",
                                  "{\"name\": \"attention\", \"num_heads\": 2, \"key_dim\": 3}");
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  g_assert_cmpuint (strata_doc_node_get_most_inputs (attention), ==, 4);
  wire (document, words, 0, attention, 0);
  wire (document, words, 0, attention, 1);
  strata_document_want_inputs (document, attention, 4);
  g_assert_cmpuint (strata_doc_node_get_n_inputs (attention), ==, 4);
  wire (document, mask, 0, attention, 3);
  g_assert_cmpuint (count_errors (document), ==, 0);
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  g_assert_nonnull (model);
  json = strata_model_to_json (model, NULL);
  g_assert_nonnull (strstr (json, "\"attention_mask\""));
  g_assert_null (strstr (json, "\"key\""));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/optional/ports", test_ports);
  g_test_add_func ("/document/optional/states", test_states);
  g_test_add_func ("/document/optional/half", test_half);
  g_test_add_func ("/document/optional/mask", test_mask);
  g_test_add_func ("/document/optional/mask-list", test_mask_list);
  g_test_add_func ("/document/optional/mask-list-of-keras", test_mask_list_of_keras);
  g_test_add_func ("/document/optional/one-port", test_one_port);
  g_test_add_func ("/document/optional/mask-without-key", test_mask_without_key);
  return g_test_run ();
}
