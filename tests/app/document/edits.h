/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Each command that a document has, done to something that chance picks. */

#include "document/group.h"
#include "document/note.h"
#include "document/revision.h"
#include "io/code/python.h"

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

  strata_document_add_node (self->document, classes[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (classes))], NULL,
                            pick_distance (self), pick_distance (self), NULL);
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
  g_autofree char *text = strata_document_copy (self->document, some, NULL);
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

static StrataDocNode *
pick_group (Editor *self)
{
  const GPtrArray *groups = strata_document_get_groups (self->document);

  return groups->len > 0 ? g_ptr_array_index (groups, g_rand_int_range (self->rand, 0, groups->len)) : NULL;
}

/* Of one group or none, as on a canvas. */
static void
group_nodes (Editor *self)
{
  StrataDocNode *scope = g_rand_boolean (self->rand) ? pick_group (self) : NULL;
  g_autoptr (GPtrArray) units = strata_document_dup_units (self->document, scope), some = g_ptr_array_new ();

  for (guint i = 0; i < units->len; i++)
    if (g_rand_boolean (self->rand))
      g_ptr_array_add (some, g_ptr_array_index (units, i));
  strata_document_group (self->document, some, "block", NULL);
}

static void
ungroup_nodes (Editor *self)
{
  StrataDocNode *group = pick_group (self);

  if (group != NULL)
    strata_document_ungroup (self->document, group);
}

static void
remove_group (Editor *self)
{
  StrataDocNode *group = pick_group (self);
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  if (group == NULL)
    return;
  g_ptr_array_add (some, group);
  strata_document_remove_nodes (self->document, some);
}

static void
fold_blocks (Editor *self)
{
  strata_document_fold_blocks (self->document);
}

static void
mute (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self);

  strata_document_mute (self->document, some, g_rand_boolean (self->rand));
}

static void
look_back (Editor *self)
{
  StrataDocNode *attention = strata_document_find_node (self->document, "look");

  if (attention != NULL)
    strata_document_set_causal (self->document, attention, !strata_doc_node_is_causal (attention));
}

/* What attention is told at its call, and a mask or something else at any of its ports. */
static void
look_otherwise (Editor *self)
{
  StrataDocNode *attention = strata_document_find_node (self->document,
                                                        g_rand_boolean (self->rand) ? "look" : "compare");
  g_autoptr (JsonNode) value = json_node_init_boolean (json_node_alloc (), g_rand_boolean (self->rand));
  StrataDocNode *from = pick (self);

  if (attention == NULL)
    return;
  strata_document_set_argument (self->document, attention, "return_attention_scores", value, NULL);
  strata_document_want_input (self->document, attention);
  strata_document_connect (self->document, from, 0, attention,
                           g_rand_int_range (self->rand, 0, strata_doc_node_get_n_inputs (attention)), NULL);
}

static void
arrange_some (Editor *self)
{
  g_autoptr (GPtrArray) some = pick_some (self);

  strata_document_arrange_some (self->document, some);
}

static void
fix_all (Editor *self)
{
  strata_document_fix_all (self->document, NULL);
}

static void
set_setting_member (Editor *self)
{
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), g_rand_int_range (self->rand, 1, 9));

  strata_document_set_setting_member (self->document, g_rand_boolean (self->rand) ? "fit" : "view", "epochs",
                                      g_rand_int_range (self->rand, 0, 4) > 0 ? value : NULL);
}

/* From or to a group as a whole. */
static void
connect_group (Editor *self)
{
  StrataDocNode *group = pick_group (self), *other = pick (self);

  if (group == NULL || other == NULL)
    return;
  if (g_rand_boolean (self->rand))
    strata_document_connect_ends (self->document, group, 0, other, 0, NULL);
  else
    strata_document_connect_ends (self->document, other, 0, group, 0, NULL);
}

/* Around some layers, or somewhere; at times in a group. */
static void
add_note (Editor *self)
{
  StrataNoteLook look = { g_rand_int_range (self->rand, 0, STRATA_NOTE_N_COLORS), pick_distance (self),
                          pick_distance (self), 300, 400, 0, "Begin" };

  strata_document_set_place (self->document, g_rand_boolean (self->rand) ? pick_group (self) : NULL);
  strata_document_add_note (self->document, g_rand_boolean (self->rand) ? STRATA_NOTE_FRAME : STRATA_NOTE_TEXT, &look);
  strata_document_set_place (self->document, NULL);
}

static StrataDocNote *
pick_note (Editor *self)
{
  const GPtrArray *notes = strata_document_get_notes (self->document);

  return notes->len > 0 ? g_ptr_array_index (notes, g_rand_int_range (self->rand, 0, notes->len)) : NULL;
}

static void
change_note (Editor *self)
{
  g_autofree char *text = g_strdup_printf ("Step %d", g_rand_int_range (self->rand, 0, 20));
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  StrataDocNote *note = pick_note (self);
  StrataNoteLook look;

  if (note == NULL)
    return;
  strata_document_set_note_text (self->document, note, text);
  g_ptr_array_add (some, note);
  strata_document_color_notes (self->document, some, g_rand_int_range (self->rand, 0, STRATA_NOTE_N_COLORS));
  look = *strata_doc_note_get_look (note);
  look.width += 16;
  look.x -= 8;
  strata_document_change_note (self->document, note, &look);
}

/* A note or a frame with all that lies on it. */
static void
move_note (Editor *self)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  StrataDocNote *note = pick_note (self);

  if (note == NULL)
    return;
  g_ptr_array_add (notes, g_object_ref (note));
  strata_document_collect_held (self->document, note, nodes, notes);
  strata_document_move_all (self->document, nodes, notes, pick_distance (self), pick_distance (self));
  if (g_rand_boolean (self->rand))
    strata_document_end_coalescing (self->document);
}

static void
remove_notes (Editor *self)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new (), notes = g_ptr_array_new ();

  if (pick_note (self) == NULL)
    return;
  g_ptr_array_add (notes, pick_note (self));
  if (pick (self) != NULL && g_rand_boolean (self->rand))
    g_ptr_array_add (nodes, pick (self));
  strata_document_remove_all (self->document, nodes, notes);
}

static void
paste_notes (Editor *self)
{
  g_autoptr (GPtrArray) nodes = pick_some (self), notes = g_ptr_array_new (), pasted = NULL;
  g_autofree char *text = NULL;

  if (pick_group (self) != NULL)
    g_ptr_array_add (nodes, pick_group (self));
  if (pick_note (self) != NULL)
    g_ptr_array_add (notes, pick_note (self));
  text = strata_document_copy (self->document, nodes, notes);
  pasted = strata_document_paste (self->document, text, 24, 24, NULL);
  g_assert_nonnull (pasted);
}

/* A model among the layers becomes a group. */
static void
open_model (Editor *self)
{
  StrataDocNode *model = strata_document_find_node (self->document, "tower");

  if (model != NULL)
    strata_document_open_model (self->document, model, NULL);
}

static void
regroup_notes (Editor *self)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  if (pick_note (self) == NULL)
    return;
  g_ptr_array_add (notes, pick_note (self));
  strata_document_regroup_notes (self->document, notes, g_rand_boolean (self->rand) ? pick_group (self) : NULL);
}

/* What is in the code takes the place of what was there. */
static void
edit_code (Editor *self)
{
  g_autofree char *code = g_strdup_printf ("import keras\nfrom keras import layers\nmodel = keras.Sequential([\n"
                                           "    keras.Input((8,), name='in'),\n"
                                           "    layers.Dense(%d, name='left'),\n    layers.Dense(3),\n])\n",
                                           g_rand_int_range (self->rand, 1, 30));
  g_autoptr (GError) error = NULL;
  guint line = 0;
  g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, &error);
  g_autoptr (StrataRevision) revision = NULL;

  g_assert_no_error (error);
  revision = strata_revision_new (self->document, source, &error);
  g_assert_no_error (error);
  strata_revision_apply (revision, &error);
  g_assert_no_error (error);
}

/* Several commands as one step. */
static void
take_step (Editor *self)
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
  { "open-model", open_model },
  { "regroup-notes", regroup_notes },
  { "edit-code", edit_code },
  { "step", take_step },
  { "group", group_nodes },
  { "ungroup", ungroup_nodes },
  { "remove-group", remove_group },
  { "fold-blocks", fold_blocks },
  { "mute", mute },
  { "look-back", look_back },
  { "look-otherwise", look_otherwise },
  { "arrange-some", arrange_some },
  { "fix-all", fix_all },
  { "set-setting-member", set_setting_member },
  { "connect-group", connect_group },
  { "add-note", add_note },
  { "change-note", change_note },
  { "move-note", move_note },
  { "remove-notes", remove_notes },
  { "paste-notes", paste_notes },
};
