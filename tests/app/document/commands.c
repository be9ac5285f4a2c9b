/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every command of a document, its inverse, and what it refuses. */
#include "document/document.h"
#include "document/serial.h"

static char *
to_text (StrataDocument *document)
{
  g_autoptr (JsonNode) json = strata_serial_write (document, NULL);

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
random_edit (StrataDocument *document,
             GRand          *rand)
{
  const GPtrArray *nodes = strata_document_get_nodes (document), *wires = strata_document_get_wires (document);
  StrataDocNode *a = nodes->len > 0 ? g_ptr_array_index (nodes, g_rand_int_range (rand, 0, nodes->len)) : NULL;
  StrataDocNode *b = nodes->len > 0 ? g_ptr_array_index (nodes, g_rand_int_range (rand, 0, nodes->len)) : NULL;
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), g_rand_int_range (rand, -3, 100));
  g_autofree char *text = g_strdup_printf ("name_%d", g_rand_int_range (rand, 0, 20));

  if (a != NULL)
    g_ptr_array_add (some, a);
  if (b != NULL && b != a)
    g_ptr_array_add (some, b);

  switch (a == NULL ? g_rand_int_range (rand, 0, 3) : g_rand_int_range (rand, 0, 14))
    {
    case 0:
      add (document, "InputLayer", "{\"batch_shape\": [null, 8]}");
      break;
    case 1:
    case 2:
      add (document, "Dense", "{}");
      break;
    case 3:
      strata_document_remove_nodes (document, some);
      break;
    case 4:
    case 5:
    case 6:
    case 7:
      strata_document_connect (document, a, 0, b, 0, NULL);
      break;
    case 8:
      if (wires->len > 0)
        strata_document_disconnect (document, g_ptr_array_index (wires, g_rand_int_range (rand, 0, wires->len)));
      break;
    case 9:
      strata_document_move_nodes (document, some, g_rand_int_range (rand, -50, 50), 3.25);
      if (g_rand_boolean (rand))
        strata_document_end_coalescing (document);
      break;
    case 10:
      strata_document_set_param (document, a, "units", value, NULL);
      break;
    case 11:
      strata_document_rename (document, a, text, NULL);
      break;
    case 12:
      strata_document_set_setting (document, g_rand_boolean (rand) ? "fit" : "notes", value);
      break;
    case 13:
      {
        g_autofree char *clip = strata_document_copy (document, some);
        g_autoptr (GPtrArray) pasted = strata_document_paste (document, clip, 10, 20, NULL);

        g_assert_nonnull (pasted);
        if (nodes->len > 40)
          strata_document_undo (document);
      }
      break;
    default:
      break;
    }
}

/* Any sequence of edits, undone step by step and done again, passes through the same documents. */
/* What the document finds is what one finds who looks at everything. */
static void
check_index (StrataDocument *document)
{
  const GPtrArray *nodes = strata_document_get_nodes (document), *wires = strata_document_get_wires (document);
  guint n_outgoing = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i), *first = NULL;
      const GPtrArray *incoming = strata_doc_node_get_wires (node, TRUE);
      guint n = 0;

      for (guint j = 0; j < nodes->len && first == NULL; j++)
        if (g_str_equal (strata_doc_node_get_name (g_ptr_array_index (nodes, j)), strata_doc_node_get_name (node)))
          first = g_ptr_array_index (nodes, j);
      g_assert_true (strata_document_find_node (document, strata_doc_node_get_name (node)) == first);
      g_assert_true (strata_document_get_node (document, strata_doc_node_get_id (node)) == node);
      for (guint j = 0; j < wires->len; j++)
        if (strata_doc_wire_get_to (g_ptr_array_index (wires, j)) == node)
          g_assert_true (g_ptr_array_index (incoming, n++) == g_ptr_array_index (wires, j));
      g_assert_cmpuint (incoming->len, ==, n);
      n_outgoing += strata_doc_node_get_wires (node, FALSE)->len;
    }
  g_assert_cmpuint (n_outgoing, ==, wires->len);
  for (guint i = 0; i < wires->len; i++)
    g_assert_true (strata_document_get_wire (document, strata_doc_wire_get_id (g_ptr_array_index (wires, i))) == g_ptr_array_index (wires, i));
}

static void
test_random (void)
{
  for (guint seed = 1; seed <= 20; seed++)
    {
      g_autoptr (StrataDocument) document = strata_document_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *empty = to_text (document), *full = NULL, *last = NULL;

      for (guint i = 0; i < 60; i++)
        {
          random_edit (document, rand);
          check_index (document);
        }
      full = to_text (document);

      while (strata_document_can_undo (document))
        {
          g_ptr_array_add (texts, to_text (document));
          strata_document_undo (document);
          check_index (document);
        }
      last = to_text (document);
      g_assert_cmpstr (last, ==, empty);
      g_assert_false (strata_document_get_modified (document));

      for (guint i = texts->len; i > 0; i--)
        {
          g_autofree char *text = NULL;

          strata_document_redo (document);
          text = to_text (document);
          g_assert_cmpstr (text, ==, g_ptr_array_index (texts, i - 1));
        }
      g_assert_false (strata_document_can_redo (document));
      g_clear_pointer (&last, g_free);
      last = to_text (document);
      g_assert_cmpstr (last, ==, full);
    }
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
  StrataDocNode *a = add (document, "Input", "{\"batch_shape\": [null, 8]}"), *b = add (document, "Dense", "{}"), *middle;
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
test_hostile_text (void)
{
  static const char *const texts[] = {
    "", "[]", "{\"nodes\": 3, \"wires\": []}", "{\"nodes\": [4], \"wires\": []}", "{\"nodes\": [{\"id\": 1}], \"wires\": []}",
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
  g_test_add_func ("/document/random", test_random);
  g_test_add_func ("/document/connect", test_connect);
  g_test_add_func ("/document/steps", test_steps);
  g_test_add_func ("/document/rename", test_rename);
  g_test_add_func ("/document/insert", test_insert);
  g_test_add_func ("/document/hostile-text", test_hostile_text);
  return g_test_run ();
}
