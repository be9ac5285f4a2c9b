/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each command of a document, undone and done again: the document is the same to the byte, as it would be saved. Then
 * hundreds of them in any order. A new command is covered by a line in the table of `edits.h`. */
#include "edits.h"
#include "file-check.h"

/* A network of two branches, with a node that stands alone, a group and notes, so that each command has its prey. */
static StrataDocument *
new_document (void)
{
  static const char *const text =
    "{\"format\": 1, \"nodes\": ["
    " {\"id\": 1, \"x\": 0, \"y\": 0, \"layer\": {\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\", "
    "\"batch_shape\": [null, 8]}}},"
    " {\"id\": 2, \"x\": 0, \"y\": 100, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"left\", "
    "\"units\": 4}}},"
    " {\"id\": 3, \"x\": 300, \"y\": 100, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"right\", "
    "\"units\": 4}}},"
    " {\"id\": 4, \"x\": 0, \"y\": 200, \"layer\": {\"class_name\": \"Add\", \"config\": {\"name\": \"sum\"}}},"
    " {\"id\": 5, \"x\": 500, \"y\": 0, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"alone\", "
    "\"units\": 4}}},"
    " {\"id\": 6, \"x\": 0, \"y\": 300, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"out\", "
    "\"units\": 3, \"activation\": \"softmax\"}}},"
    " {\"id\": 18, \"x\": 900, \"y\": 200, \"layer\": {\"class_name\": \"Sequential\", \"config\": {\"name\": "
    "\"tower\", \"layers\": ["
    "  {\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 8], \"name\": \"in\"}},"
    "  {\"class_name\": \"Dense\", \"config\": {\"units\": 6, \"name\": \"low\"}}]}}},"
    " {\"id\": 16, \"x\": 500, \"y\": 200, \"layer\": {\"class_name\": \"MultiHeadAttention\", \"config\": {\"name\": "
    "\"look\", \"num_heads\": 2,"
    "  \"key_dim\": 4}}},"
    " {\"id\": 17, \"x\": 700, \"y\": 200, \"layer\": {\"class_name\": \"Attention\", \"config\": {\"name\": "
    "\"compare\"}}},"
    " {\"id\": 12, \"x\": 0, \"y\": 0, \"group\": 13, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": "
    "\"inner\", \"units\": 4}}}"
    "], \"groups\": [{\"id\": 13, \"name\": \"block\", \"x\": 700, \"y\": 0}], \"notes\": ["
    " {\"id\": 14, \"kind\": \"frame\", \"text\": \"Two ways\", \"x\": -24, \"y\": 60, \"width\": 600, \"height\": "
    "160, \"color\": \"blue\"},"
    " {\"id\": 15, \"kind\": \"note\", \"text\": \"Inside\", \"x\": 0, \"y\": 200, \"width\": 200, \"height\": 80, "
    "\"group\": 13}"
    "], \"wires\": ["
    " {\"id\": 7, \"from\": [1, 0], \"to\": [2, 0]}, {\"id\": 8, \"from\": [1, 0], \"to\": [3, 0]},"
    " {\"id\": 9, \"from\": [2, 0], \"to\": [4, 0]}, {\"id\": 10, \"from\": [3, 0], \"to\": [4, 0]},"
    " {\"id\": 11, \"from\": [4, 0], \"to\": [6, 0]}]}";
  g_autoptr (JsonNode) json = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  StrataDocument *document = strata_document_new ();

  strata_document_begin_group (document, "Begin");
  strata_serial_read (document, json, TRUE, &error);
  strata_document_end_group (document);
  g_assert_no_error (error);
  return document;
}

static void
test_command (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n_changed = 0;

  for (guint seed = 1; seed <= 8; seed++)
    {
      g_autoptr (StrataDocument) document = new_document ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      Editor editor = { document, rand };
      g_autofree char *before = to_text (document), *after = NULL, *undone = NULL, *redone = NULL, *label = NULL;

      commands[i].edit (&editor);
      after = to_text (document);
      if (g_str_equal (before, after))
        continue;
      n_changed++;
      label = g_strdup (strata_document_get_undo_label (document));
      g_assert_cmpstr (label, !=, "");

      /* A command may be several steps; all lead back. */
      while (g_strcmp0 (strata_document_get_undo_label (document), "Begin") != 0)
        strata_document_undo (document);
      undone = to_text (document);
      g_assert_cmpstr (undone, ==, before);
      while (strata_document_can_redo (document))
        strata_document_redo (document);
      redone = to_text (document);
      g_assert_cmpstr (redone, ==, after);
      g_assert_cmpstr (strata_document_get_undo_label (document), ==, label);
    }
  g_assert_cmpuint (n_changed, >, 0);
}

/* Any sequence of edits, with some taken back on the way, undone step by step and done again, passes through the same
 * documents. */
static void
test_random (gconstpointer data)
{
  g_autoptr (StrataDocument) document = new_document (), fresh = strata_document_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Editor editor = { document, rand };
  g_autofree char *empty = to_text (fresh), *full = NULL, *last = NULL;

  for (guint i = 0; i < 300; i++)
    {
      const GPtrArray *nodes = strata_document_get_nodes (document);
      guint choice = g_rand_int_range (rand, 0, G_N_ELEMENTS (commands) + 2);

      if (choice == G_N_ELEMENTS (commands))
        strata_document_undo (document);
      else if (choice == G_N_ELEMENTS (commands) + 1)
        strata_document_redo (document);
      else if (nodes->len > 20)
        remove_nodes (&editor);
      else
        commands[choice].edit (&editor);
    }
  while (strata_document_can_redo (document))
    strata_document_redo (document);
  full = to_text (document);

  while (strata_document_can_undo (document))
    {
      g_ptr_array_add (texts, to_text (document));
      strata_document_undo (document);
    }
  g_assert_cmpuint (texts->len, >, 100);
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *path = g_strconcat ("/document/undo/", commands[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_command);
    }
  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/document/undo/random-%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_random);
    }
  return g_test_run ();
}
