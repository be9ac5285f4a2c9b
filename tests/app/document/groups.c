/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Groups are models within the model; muted layers are left out of it. */
#include "document/group.h"
#include "document/serial.h"
#include "models/functional.h"

static char *
to_text (StrataDocument *document)
{
  g_autoptr (JsonNode) json = strata_serial_write (document, NULL, NULL);

  return json_to_string (json, TRUE);
}

static StrataDocNode *
add (StrataDocument *document,
     StrataDocNode  *after,
     const char     *class_name,
     const char     *config)
{
  g_autoptr (JsonNode) parsed = json_from_string (config, NULL);
  double y = after != NULL ? strata_doc_node_get_y (after) + 144 : 0;
  StrataDocNode *node = strata_document_add_node (document, class_name, json_node_get_object (parsed), 0, y, NULL);

  g_assert_nonnull (node);
  if (after != NULL)
    g_assert_nonnull (strata_document_connect (document, after, 0, node, 0, NULL));
  return node;
}

/* An input, a dense layer and so many residual blocks of two dense layers and their sum, with a relu. */
static StrataDocument *
new_residual (guint n_blocks)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *node = add (document, NULL, "InputLayer", "{\"batch_shape\": [null, 8]}");

  node = add (document, node, "Dense", "{\"units\": 8}");
  for (guint i = 1; i <= n_blocks; i++)
    {
      g_autofree char *a = g_strdup_printf ("{\"units\": 8, \"activation\": \"relu\", \"name\": \"b%u_first\"}", i);
      g_autofree char *b = g_strdup_printf ("{\"units\": 8, \"name\": \"b%u_second\"}", i);
      g_autofree char *c = g_strdup_printf ("{\"name\": \"b%u_sum\"}", i);
      g_autofree char *d = g_strdup_printf ("{\"activation\": \"relu\", \"name\": \"b%u_out\"}", i);
      StrataDocNode *sum = add (document, add (document, add (document, node, "Dense", a), "Dense", b), "Add", c);

      strata_document_connect (document, node, 0, sum, 0, NULL);
      node = add (document, sum, "Activation", d);
    }
  add (document, node, "Dense", "{\"units\": 3, \"name\": \"end\"}");
  return document;
}

static GPtrArray *
pick (StrataDocument *document,
      ...)
{
  GPtrArray *nodes = g_ptr_array_new ();
  const char *name;
  va_list args;

  va_start (args, document);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      g_assert_nonnull (strata_document_find_node (document, name));
      g_ptr_array_add (nodes, strata_document_find_node (document, name));
    }
  va_end (args);
  return nodes;
}

static StrataTensor *
predict (StrataModel *model)
{
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (4, 8));
  float *data = strata_tensor_get_data (x);
  g_autoptr (GError) error = NULL;
  StrataTensor *y;

  for (guint i = 0; i < 32; i++)
    data[i] = (float) ((i * 37) % 11) / 11 - 0.4f;
  y = strata_model_predict1 (model, x, &error);
  g_assert_no_error (error);
  return y;
}

static void
assert_same (StrataTensor *a,
             StrataTensor *b)
{
  const float *x = strata_tensor_get_data (a), *y = strata_tensor_get_data (b);

  g_assert_true (strata_shape_equal (strata_tensor_get_shape (a), strata_tensor_get_shape (b)));
  for (gint64 i = 0; i < strata_shape_get_size (strata_tensor_get_shape (a)); i++)
    g_assert_cmpfloat_with_epsilon (x[i], y[i], 1e-6);
}

/* A group leaves the numbers as they were, and is a model of its own within the model. */
static void
test_model (void)
{
  g_autoptr (StrataDocument) document = new_residual (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) flat = strata_document_build_model (document, &error), nested = NULL;
  g_autoptr (StrataTensor) before = NULL, after = NULL;
  g_autoptr (GPtrArray) members = pick (document, "b1_first", "b1_second", "b1_sum", "b1_out", NULL);
  g_autofree char *empty = to_text (document), *undone = NULL;
  StrataDocNode *group;
  StrataLayer *inner;

  g_assert_no_error (error);
  before = predict (flat);
  strata_document_set_weights_from (document, flat);
  group = strata_document_group (document, members, "b1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_doc_node_get_n_inputs (group), ==, 1);
  g_assert_cmpuint (strata_doc_node_get_n_outputs (group), ==, 1);
  g_assert_cmpint (strata_doc_node_get_n_params (group), ==, 2 * (8 * 8 + 8));
  g_assert_cmpint (strata_doc_node_get_output_spec (group, 0)->shape.dims[1], ==, 8);

  nested = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  inner = strata_model_find_layer (nested, "b1");
  g_assert_true (STRATA_IS_FUNCTIONAL (inner));
  g_assert_nonnull (strata_model_find_layer (STRATA_MODEL (inner), "b1_sum"));
  g_assert_null (strata_model_find_layer (nested, "b1_sum"));
  after = predict (nested);
  assert_same (before, after);

  strata_document_undo (document);
  undone = to_text (document);
  g_assert_cmpstr (undone, ==, empty);
  g_assert_cmpuint (strata_document_get_groups (document)->len, ==, 0);
}

/* What a group stands for can be wired through its ports, and taken apart again. */
static void
test_ports (void)
{
  g_autoptr (StrataDocument) document = new_residual (1);
  g_autoptr (GPtrArray) members = pick (document, "b1_first", "b1_second", "b1_sum", "b1_out", NULL), units = NULL;
  g_autoptr (GError) error = NULL;
  StrataDocNode *group = strata_document_group (document, members, NULL, &error);
  StrataDocNode *other = add (document, strata_document_find_node (document, "input_layer"), "Dense", "{\"units\": 8}");
  guint n_wires = strata_document_get_wires (document)->len;

  g_assert_no_error (error);
  units = strata_document_dup_units (document, NULL);
  g_assert_cmpuint (units->len, ==, 5);
  g_assert_nonnull (strata_document_connect_ends (document, other, 0, group, 0, &error));
  g_assert_no_error (error);
  /* Both ways into the block come from there now. */
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, n_wires);
  g_assert_cmpuint (strata_doc_node_get_wires (other, FALSE)->len, ==, 2);
  g_assert_cmpuint (strata_doc_node_get_n_inputs (group), ==, 1);
  strata_document_undo (document);
  g_assert_cmpuint (strata_doc_node_get_wires (other, FALSE)->len, ==, 0);

  g_assert_null (strata_document_connect_ends (document, group, 0, strata_document_find_node (document, "dense"), 0,
                                               &error));
  g_assert_nonnull (strstr (error->message, "loop"));

  strata_document_ungroup (document, group);
  g_assert_cmpuint (strata_document_get_groups (document)->len, ==, 0);
  g_assert_null (strata_doc_node_get_group (strata_document_find_node (document, "b1_sum")));
}

static void
test_refused (void)
{
  g_autoptr (StrataDocument) document = new_residual (2);
  g_autoptr (GPtrArray) around = pick (document, "b1_out", "b2_sum", NULL);
  g_autoptr (GPtrArray) inputs = pick (document, "input_layer", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (strata_document_group (document, around, NULL, &error));
  g_assert_nonnull (strstr (error->message, "b2_first"));
  g_clear_error (&error);
  g_assert_null (strata_document_group (document, inputs, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

static void
test_fold (void)
{
  g_autoptr (StrataDocument) document = new_residual (5);
  g_autoptr (GPtrArray) units = NULL;
  g_autofree char *before = to_text (document), *after = NULL, *clip = NULL;
  g_autoptr (GPtrArray) copied = g_ptr_array_new (), pasted = NULL;
  guint n_nodes = strata_document_get_nodes (document)->len;

  g_assert_cmpuint (strata_document_fold_blocks (document), ==, 5);
  units = strata_document_dup_units (document, NULL);
  g_assert_cmpuint (units->len, ==, 8);
  g_assert_nonnull (strata_document_find_node (document, "b3"));
  g_assert_true (strata_doc_node_get_group (strata_document_find_node (document, "b3_out")) ==
                 strata_document_find_node (document, "b3"));
  strata_document_undo (document);
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);

  /* A copy of a group is one with what is in it. */
  strata_document_redo (document);
  g_ptr_array_add (copied, strata_document_find_node (document, "b3"));
  clip = strata_document_copy (document, copied, NULL);
  pasted = strata_document_paste (document, clip, 32, 32, NULL);
  g_assert_cmpuint (pasted->len, ==, 1);
  g_assert_true (strata_doc_node_is_group (g_ptr_array_index (pasted, 0)));
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, n_nodes + 4);
  strata_document_remove_nodes (document, pasted);
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, n_nodes);
}

/* What is read is what was written; what is nonsense is refused. */
static void
test_serial (void)
{
  g_autoptr (StrataDocument) document = new_residual (2), copy = strata_document_new ();
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *text = NULL, *again = NULL;
  static const char *const bad[] = {
    "{\"nodes\": [], \"wires\": [], \"groups\": [{\"id\": 1, \"group\": 2}, {\"id\": 2, \"group\": 1}]}",
    "{\"nodes\": [], \"wires\": [], \"groups\": [{\"id\": 1, \"group\": 7}]}",
    "{\"nodes\": [], \"wires\": [], \"groups\": [5]}",
  };

  strata_document_fold_blocks (document);
  text = to_text (document);
  json = json_from_string (text, NULL);
  strata_document_begin_group (copy, "Read");
  g_assert_true (strata_serial_read (copy, json, TRUE, NULL));
  strata_document_end_group (copy);
  again = to_text (copy);
  g_assert_cmpstr (text, ==, again);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GPtrArray) pasted = strata_document_paste (copy, bad[i], 0, 0, NULL);

      g_assert_null (pasted);
      g_assert_cmpuint (strata_document_get_groups (copy)->len, ==, 2);
    }
}

static void
test_mute (void)
{
  g_autoptr (StrataDocument) document = new_residual (1);
  g_autoptr (GPtrArray) first = pick (document, "b1_first", NULL), end = pick (document, "dense", NULL);
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = to_text (document), *after = NULL;
  StrataDocNode *node = strata_document_find_node (document, "b1_first");
  gint64 n_params = strata_document_get_n_params (document);
  g_autoptr (JsonNode) units = json_from_string ("5", NULL);

  strata_document_mute (document, first, TRUE);
  g_assert_true (strata_doc_node_get_muted (node));
  g_assert_cmpint (strata_document_get_n_params (document), ==, n_params - 72);
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  g_assert_null (strata_model_find_layer (model, "b1_first"));
  g_assert_nonnull (strata_model_find_layer (model, "b1_second"));
  strata_document_undo (document);
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);

  /* Where what comes in cannot go on, the muted layer says so. */
  strata_document_set_param (document, strata_document_find_node (document, "dense"), "units", units, &error);
  g_assert_no_error (error);
  strata_document_set_param (document, node, "units", units, &error);
  strata_document_set_param (document, strata_document_find_node (document, "b1_second"), "units", units, &error);
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
  strata_document_mute (document, end, TRUE);
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), >, 0);
  g_assert_true (strata_doc_node_has_severity (strata_document_find_node (document, "dense"), STRATA_SEVERITY_WARNING));
}

/* A model within a model that was opened from Keras can be looked into; the numbers stay. */
static void
test_open_model (void)
{
  g_autoptr (StrataDocument) document = new_residual (1);
  StrataDocNode *node, *group, *last = strata_document_find_node (document, "b1_out");
  g_autoptr (GError) error = NULL;
  static const char text[] =
    "{\"nodes\": [{\"id\": 1, \"layer\": {\"class_name\": \"Sequential\", \"config\": {\"name\": \"tower\", "
    "\"layers\": ["
    "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 8], \"name\": \"in\"}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 6, \"name\": \"low\"}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 8, \"name\": \"dense\"}}]}}}], \"wires\": []}";
  g_autoptr (GPtrArray) pasted = NULL;
  g_autoptr (StrataModel) before = NULL, after = NULL;
  g_autoptr (StrataTensor) x = NULL, y = NULL;

  pasted = strata_document_paste (document, text, 0, 0, &error);
  g_assert_no_error (error);
  node = g_ptr_array_index (pasted, 0);
  strata_document_connect (document, last, 0, node, 0, NULL);
  strata_document_connect (document, node, 0, strata_document_find_node (document, "end"), 0, NULL);
  before = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  x = predict (before);
  strata_document_set_weights_from (document, before);

  group = strata_document_open_model (document, node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_doc_node_get_name (group), ==, "tower");
  g_assert_nonnull (strata_document_find_node (document, "low"));
  g_assert_nonnull (strata_document_find_node (document, "dense_1"));
  after = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  y = predict (after);
  assert_same (x, y);
  g_assert_null (strata_document_open_model (document, last, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/groups/model", test_model);
  g_test_add_func ("/groups/ports", test_ports);
  g_test_add_func ("/groups/refused", test_refused);
  g_test_add_func ("/groups/fold", test_fold);
  g_test_add_func ("/groups/serial", test_serial);
  g_test_add_func ("/groups/mute", test_mute);
  g_test_add_func ("/groups/open-model", test_open_model);
  return g_test_run ();
}
