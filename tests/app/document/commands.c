/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every command of a document, its inverse, and what it refuses. */
#include "document/document.h"
#include "document/serial.h"

static char *
to_text (StrataDocument *document)
{
  g_autoptr (JsonNode) json = strata_serial_write (document, NULL, NULL);

  return json_to_string (json, TRUE);
}

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
test_connect (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GError) error = NULL;
  StrataDocNode *input = add (document, "Input", "{\"batch_shape\": [null, 8]}");
  StrataDocNode *a = add (document, "Dense", "{}"), *b = add (document, "Dense", "{}");

  g_assert_cmpstr (strata_doc_node_get_name (a), ==, "dense");
  g_assert_cmpstr (strata_doc_node_get_name (b), ==, "dense_1");
  g_assert_nonnull (strata_document_connect (document, input, 0, a, 0, &error));
  g_assert_nonnull (strata_document_connect (document, a, 0, b, 0, &error));
  g_assert_no_error (error);

  g_assert_null (strata_document_connect (document, a, 0, b, 0, &error));
  g_assert_nonnull (strstr (error->message, "already"));
  g_clear_error (&error);
  g_assert_null (strata_document_connect (document, b, 0, a, 0, &error));
  g_assert_nonnull (strstr (error->message, "loop"));
  g_clear_error (&error);
  g_assert_null (strata_document_connect (document, a, 0, a, 0, &error));
  g_clear_error (&error);
  g_assert_null (strata_document_connect (document, a, 0, input, 0, &error));
  g_clear_error (&error);
  g_assert_null (strata_document_connect (document, a, 7, b, 0, &error));
  g_clear_error (&error);
  g_assert_null (strata_document_connect (document, input, 0, b, 1, &error));
  g_clear_error (&error);

  /* An input that takes one wire gives up the one it has, in one step. */
  g_assert_nonnull (strata_document_connect (document, input, 0, b, 0, &error));
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 2);
  strata_document_undo (document);
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 2);
  g_assert_true (strata_doc_wire_get_from (g_ptr_array_index (strata_document_get_wires (document), 1)) == a);
}

static void
test_steps (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *a = add (document, "Dense", "{}");
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (JsonNode) value = json_from_string ("7", NULL), other = json_from_string ("70", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Add Dense");
  g_ptr_array_add (nodes, a);
  strata_document_move_nodes (document, nodes, 1, 2);
  strata_document_move_nodes (document, nodes, 10, 20);
  strata_document_end_coalescing (document);
  strata_document_move_nodes (document, nodes, 100, 200);
  g_assert_cmpfloat (strata_doc_node_get_x (a), ==, 111);
  strata_document_undo (document);
  g_assert_cmpfloat (strata_doc_node_get_x (a), ==, 11);
  strata_document_undo (document);
  g_assert_cmpfloat (strata_doc_node_get_x (a), ==, 0);
  g_assert_cmpstr (strata_document_get_redo_label (document), ==, "Move");

  g_assert_true (strata_document_set_param (document, a, "units", value, &error));
  g_assert_true (strata_document_set_param (document, a, "units", other, &error));
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Change Units");
  strata_document_undo (document);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Add Dense");
  g_assert_false (strata_document_set_param (document, a, "unit", value, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NAME);
  g_clear_error (&error);
  json_node_set_int (value, -1);
  g_assert_false (strata_document_set_param (document, a, "units", value, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

static void
test_rename (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *a = add (document, "Dense", "{\"name\": \"first\"}");
  StrataDocNode *b = add (document, "Dense", "{\"name\": \"first\"}"), *shared;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (strata_doc_node_get_name (b), ==, "first_1");
  g_assert_false (strata_document_rename (document, b, "first", &error));
  g_clear_error (&error);
  g_assert_false (strata_document_rename (document, b, "", &error));
  g_clear_error (&error);
  g_assert_false (strata_document_rename (document, b, "a/b", &error));
  g_clear_error (&error);
  shared = strata_document_add_call (document, a, 0, 100);
  g_assert_true (strata_document_rename (document, shared, "twice", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (strata_doc_node_get_name (a), ==, "twice");
  strata_document_undo (document);
  g_assert_cmpstr (strata_doc_node_get_name (shared), ==, "first");
}

static void
test_insert (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *a = add (document, "Input", "{\"batch_shape\": [null, 8]}"), *b = add (document, "Dense", "{}");
  StrataDocNode *middle;
  StrataDocWire *wire = strata_document_connect (document, a, 0, b, 0, NULL);
  g_autofree char *before = to_text (document), *after = NULL;

  middle = strata_document_insert_on_wire (document, wire, "Dense", NULL, NULL);
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 2);
  g_assert_cmpint (strata_doc_node_get_output_spec (middle, 0)->shape.dims[1], ==, 64);
  g_assert_cmpint (strata_document_get_n_params (document), ==, 8 * 64 + 64 + 64 * 64 + 64);
  strata_document_undo (document);
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);
}

static void
place (StrataDocument *document,
       StrataDocNode  *node,
       double          x,
       double          y)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, node);
  strata_document_place_nodes (document, one, (double[]){ x, y });
}

static gboolean
overlap (StrataDocNode *a,
         StrataDocNode *b)
{
  return ABS (strata_doc_node_get_x (a) - strata_doc_node_get_x (b)) < STRATA_DOC_NODE_WIDTH &&
         strata_doc_node_get_y (a) < strata_doc_node_get_y (b) + strata_doc_node_get_height (b) &&
         strata_doc_node_get_y (b) < strata_doc_node_get_y (a) + strata_doc_node_get_height (a);
}

/* What was led astray comes back between the others where there is room, and beside them where not. */
static void
test_arrange_some (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  StrataDocNode *nodes[5];

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      nodes[i] = i == 0 ? add (document, "Input", "{\"batch_shape\": [null, 8]}") : add (document, "Dense", "{}");
      if (i > 0)
        strata_document_connect (document, nodes[i - 1], 0, nodes[i], 0, NULL);
    }
  strata_document_arrange (document);
  g_ptr_array_add (some, nodes[1]);
  g_ptr_array_add (some, nodes[3]);
  for (guint crowded = 0; crowded < 2; crowded++)
    {
      double x = strata_doc_node_get_x (nodes[2]), y = strata_doc_node_get_y (nodes[2]), top;

      place (document, nodes[1], x, y + 8);
      place (document, nodes[3], x + 300, y - 100);
      top = strata_doc_node_get_y (nodes[4]);
      strata_document_arrange_some (document, some);
      for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
        for (guint j = 0; j < i; j++)
          g_assert_false (overlap (nodes[i], nodes[j]));
      g_assert_cmpfloat (strata_doc_node_get_y (nodes[4]), ==, top);
      if (!crowded)
        {
          g_assert_cmpfloat (strata_doc_node_get_x (nodes[3]), ==, x);
          g_assert_cmpfloat (strata_doc_node_get_y (nodes[3]), >, y);
          g_assert_cmpfloat (strata_doc_node_get_y (nodes[3]), <, top);
          /* Leaves no room between them. */
          place (document, nodes[4], x, y + strata_doc_node_get_height (nodes[2]) + 8);
        }
    }
}

static void
test_hostile_text (void)
{
  static const char *const texts[] = {
    "", "[]", "{\"nodes\": 3, \"wires\": []}", "{\"nodes\": [4], \"wires\": []}",
    "{\"nodes\": [{\"id\": 1}], \"wires\": []}",
    "{\"nodes\": [], \"wires\": [{\"from\": [1, 0], \"to\": [2, 0]}]}",
    "{\"nodes\": [{\"id\": 1, \"layer\": {\"class_name\": \"__lambda__\"}}], \"wires\": []}",
    "{\"format\": 99, \"nodes\": [], \"wires\": []}",
    "{\"nodes\": [{\"id\": 1, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 2}}},"
    " {\"id\": 2, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 2}}}],"
    " \"wires\": [{\"from\": [1, 0], \"to\": [2, 0]}, {\"from\": [2, 0], \"to\": [1, 0]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StrataDocument) document = strata_document_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) nodes = strata_document_paste (document, texts[i], 0, 0, &error);

      g_assert_null (nodes);
      g_assert_nonnull (error);
      g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 0);
      g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/connect", test_connect);
  g_test_add_func ("/document/steps", test_steps);
  g_test_add_func ("/document/rename", test_rename);
  g_test_add_func ("/document/insert", test_insert);
  g_test_add_func ("/document/arrange-some", test_arrange_some);
  g_test_add_func ("/document/hostile-text", test_hostile_text);
  return g_test_run ();
}
