/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each command of a document, undone and done again: the document is the same to the byte, as it would be saved. Then
 * hundreds of them in any order. A new command is covered by a line in the table. */
#include "document/document.h"
#include "file-check.h"

typedef struct
{
  StrataDocument *document;
  GRand *rand;
} Editor;

static StrataDocNode *
pick (Editor *self)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);

  return nodes->len > 0 ? g_ptr_array_index (nodes, g_rand_int_range (self->rand, 0, nodes->len)) : NULL;
}

static StrataDocWire *
pick_wire (Editor *self)
{
  const GPtrArray *wires = strata_document_get_wires (self->document);

  return wires->len > 0 ? g_ptr_array_index (wires, g_rand_int_range (self->rand, 0, wires->len)) : NULL;
}

/* A few nodes, each once; at least one where there are any. */
static GPtrArray *
pick_some (Editor *self)
{
  GPtrArray *some = g_ptr_array_new ();

  for (guint i = 0; i < 4; i++)
    {
      StrataDocNode *node = pick (self);

      if (node != NULL && !g_ptr_array_find (some, node, NULL))
        g_ptr_array_add (some, node);
    }
  return some;
}

static double
pick_distance (Editor *self)
{
  return 8 * g_rand_int_range (self->rand, -20, 20) + 4;
}

static void
add_node (Editor *self)
{
  static const char *const classes[] = { "Dense", "Conv2D", "Flatten", "Concatenate", "LSTM", "InputLayer", "Dropout" };

  strata_document_add_node (self->document, classes[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (classes))], NULL, pick_distance (self),
                            pick_distance (self), NULL);
}

static void
add_call (Editor *self)
{
  StrataDocNode *node = pick (self);

  if (node != NULL)
    strata_document_add_call (self->document, node, pick_distance (self), 0);
}

static void
remove_nodes (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self);

  if (some->len > 2)
    g_ptr_array_set_size (some, 2);
  strata_document_remove_nodes (self->document, some);
}

static void
connect_nodes (Editor *self)
{
  for (guint i = 0; i < 10; i++)
    {
      StrataDocNode *from = pick (self), *to = pick (self);

      if (from != NULL && strata_document_connect (self->document, from, 0, to, 0, NULL) != NULL)
        return;
    }
}

static void
disconnect (Editor *self)
{
  StrataDocWire *wire = pick_wire (self);

  if (wire != NULL)
    strata_document_disconnect (self->document, wire);
}

static void
insert_on_wire (Editor *self)
{
  StrataDocWire *wire = pick_wire (self);

  if (wire != NULL)
    strata_document_insert_on_wire (self->document, wire, "Dense", NULL, NULL);
}

static void
move_nodes (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self);

  if (some->len > 0)
    strata_document_move_nodes (self->document, some, pick_distance (self), pick_distance (self));
  if (g_rand_boolean (self->rand))
    strata_document_end_coalescing (self->document);
}

static void
place_nodes (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self);
  double places[8];

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    places[i] = pick_distance (self);
  strata_document_place_nodes (self->document, some, places);
}

static void
set_param (Editor *self)
{
  g_autoptr (JsonNode) units = json_node_init_int (json_node_alloc (), g_rand_int_range (self->rand, -3, 100));
  g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), g_rand_boolean (self->rand) ? "relu" : "tanh");
  StrataDocNode *node = pick (self);

  if (node == NULL)
    return;
  strata_document_set_param (self->document, node, "units", units, NULL);
  strata_document_set_param (self->document, node, "activation", name, NULL);
}

static void
rename_node (Editor *self)
{
  g_autofree char *name = g_strdup_printf ("name_%d", g_rand_int_range (self->rand, 0, 20));
  StrataDocNode *node = pick (self);

  if (node != NULL)
    strata_document_rename (self->document, node, name, NULL);
}

static void
set_setting (Editor *self)
{
  static const char *const keys[] = { "fit", "compile", "data", "something" };
  g_autofree char *text = g_strdup_printf ("{\"epochs\": %d}", g_rand_int_range (self->rand, 0, 1000));
  g_autoptr (JsonNode) value = json_from_string (text, NULL);

  strata_document_set_setting (self->document, keys[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (keys))],
                               g_rand_int_range (self->rand, 0, 4) > 0 ? value : NULL);
}

static void
arrange (Editor *self)
{
  strata_document_arrange (self->document);
}

static void
paste (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self), pasted = NULL;
  g_autofree char *text = strata_document_copy (self->document, some);
  g_autoptr (GError) error = NULL;

  pasted = strata_document_paste (self->document, text, pick_distance (self), pick_distance (self), &error);
  g_assert_no_error (error);
}

static void
fix (Editor *self)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (self->document);

  for (guint i = 0; i < diagnostics->len; i++)
    if (strata_diagnostic_get_fix_label (g_ptr_array_index (diagnostics, i)) != NULL)
      {
        g_autoptr (StrataDiagnostic) diagnostic = strata_diagnostic_ref (g_ptr_array_index (diagnostics, i));

        strata_diagnostic_apply_fix (diagnostic, self->document, NULL);
        return;
      }
}

/* Several commands as one step. */
static void
group (Editor *self)
{
  strata_document_begin_group (self->document, "Group");
  add_node (self);
  connect_nodes (self);
  rename_node (self);
  strata_document_end_group (self->document);
}

static const struct
{
  const char *name;
  void (*edit) (Editor *self);
} commands[] = {
  { "add-node", add_node },
  { "add-call", add_call },
  { "remove-nodes", remove_nodes },
  { "connect", connect_nodes },
  { "disconnect", disconnect },
  { "insert-on-wire", insert_on_wire },
  { "move-nodes", move_nodes },
  { "place-nodes", place_nodes },
  { "set-param", set_param },
  { "rename", rename_node },
  { "set-setting", set_setting },
  { "arrange", arrange },
  { "paste", paste },
  { "fix", fix },
  { "group", group },
};

/* A network of two branches, with a node that stands alone and one that is shared, so that each command has its prey. */
static StrataDocument *
new_document (void)
{
  static const char *const text =
    "{\"format\": 1, \"nodes\": ["
    " {\"id\": 1, \"x\": 0, \"y\": 0, \"layer\": {\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\", \"batch_shape\": [null, 8]}}},"
    " {\"id\": 2, \"x\": 0, \"y\": 100, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"left\", \"units\": 4}}},"
    " {\"id\": 3, \"x\": 300, \"y\": 100, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"right\", \"units\": 4}}},"
    " {\"id\": 4, \"x\": 0, \"y\": 200, \"layer\": {\"class_name\": \"Add\", \"config\": {\"name\": \"sum\"}}},"
    " {\"id\": 5, \"x\": 500, \"y\": 0, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"alone\", \"units\": 4}}},"
    " {\"id\": 6, \"x\": 0, \"y\": 300, \"layer\": {\"class_name\": \"Dense\", \"config\": {\"name\": \"out\", \"units\": 3, \"activation\": \"softmax\"}}}"
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
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Editor editor = { document, rand };
  g_autofree char *empty = to_text (document), *full = NULL, *last = NULL;

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
