/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/selection.h"

#include "document/group.h"

/**
 * StrataSelection:
 *
 * Which nodes and notes of a document, or which wire, the user works on. All views of
 * a document share one; the document knows nothing of it.
 */
struct _StrataSelection
{
  GObject parent_instance;

  StrataDocument *document;
  GHashTable *nodes, *notes;
  StrataDocWire *wire;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSelection, strata_selection, G_TYPE_OBJECT)

static void
emit_changed (StrataSelection *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
node_removed_cb (StrataSelection *self,
                 StrataDocNode   *node)
{
  if (g_hash_table_remove (self->nodes, node))
    emit_changed (self);
}

static void
note_removed_cb (StrataSelection *self,
                 StrataDocNote   *note)
{
  if (g_hash_table_remove (self->notes, note))
    emit_changed (self);
}

static void
wire_removed_cb (StrataSelection *self,
                 StrataDocWire   *wire)
{
  if (self->wire != wire)
    return;
  g_clear_object (&self->wire);
  emit_changed (self);
}

static void
strata_selection_dispose (GObject *object)
{
  StrataSelection *self = STRATA_SELECTION (object);

  g_clear_pointer (&self->nodes, g_hash_table_unref);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  g_clear_object (&self->wire);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_selection_parent_class)->dispose (object);
}

static void
strata_selection_class_init (StrataSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_selection_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_selection_init (StrataSelection *self)
{
  self->nodes = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->notes = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

StrataSelection *
strata_selection_new (StrataDocument *document)
{
  StrataSelection *self = g_object_new (STRATA_TYPE_SELECTION, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "node-removed", G_CALLBACK (node_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "note-removed", G_CALLBACK (note_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "wire-removed", G_CALLBACK (wire_removed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
weak_ref_free (GWeakRef *reference)
{
  g_weak_ref_clear (reference);
  g_free (reference);
}

gboolean
strata_selection_contains (StrataSelection *self,
                           StrataDocNode   *node)
{
  return g_hash_table_contains (self->nodes, node);
}

guint
strata_selection_get_n_nodes (StrataSelection *self)
{
  return g_hash_table_size (self->nodes);
}

/**
 * strata_selection_dup_nodes:
 *
 * Returns: (transfer full) (element-type StrataDocNode): the selected nodes and groups, in the document's order
 */
GPtrArray *
strata_selection_dup_nodes (StrataSelection *self)
{
  const GPtrArray *all = strata_document_get_nodes (self->document);
  const GPtrArray *groups = strata_document_get_groups (self->document);
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len && nodes->len < g_hash_table_size (self->nodes); i++)
    if (g_hash_table_contains (self->nodes, g_ptr_array_index (all, i)))
      g_ptr_array_add (nodes, g_object_ref (g_ptr_array_index (all, i)));
  for (guint i = 0; i < groups->len && nodes->len < g_hash_table_size (self->nodes); i++)
    if (g_hash_table_contains (self->nodes, g_ptr_array_index (groups, i)))
      g_ptr_array_add (nodes, g_object_ref (g_ptr_array_index (groups, i)));
  return nodes;
}

/**
 * strata_selection_get_single:
 *
 * Returns: (nullable): the one node that is selected; %NULL if it is none or several, or notes are, too
 */
StrataDocNode *
strata_selection_get_single (StrataSelection *self)
{
  GHashTableIter iter;
  gpointer node = NULL;

  if (g_hash_table_size (self->nodes) != 1 || g_hash_table_size (self->notes) > 0)
    return NULL;
  g_hash_table_iter_init (&iter, self->nodes);
  g_hash_table_iter_next (&iter, &node, NULL);
  return node;
}

gboolean
strata_selection_contains_note (StrataSelection *self,
                                StrataDocNote   *note)
{
  return g_hash_table_contains (self->notes, note);
}

/**
 * strata_selection_dup_notes:
 *
 * Returns: (transfer full) (element-type StrataDocNote): the selected notes and frames, in the document's order
 */
GPtrArray *
strata_selection_dup_notes (StrataSelection *self)
{
  const GPtrArray *all = strata_document_get_notes (self->document);
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len && notes->len < g_hash_table_size (self->notes); i++)
    if (g_hash_table_contains (self->notes, g_ptr_array_index (all, i)))
      g_ptr_array_add (notes, g_object_ref (g_ptr_array_index (all, i)));
  return notes;
}

/**
 * strata_selection_get_single_note:
 *
 * Returns: (nullable): the one note that is selected, and nothing else
 */
StrataDocNote *
strata_selection_get_single_note (StrataSelection *self)
{
  GHashTableIter iter;
  gpointer note = NULL;

  if (g_hash_table_size (self->notes) != 1 || g_hash_table_size (self->nodes) > 0)
    return NULL;
  g_hash_table_iter_init (&iter, self->notes);
  g_hash_table_iter_next (&iter, &note, NULL);
  return note;
}

gboolean
strata_selection_is_empty (StrataSelection *self)
{
  return g_hash_table_size (self->nodes) == 0 && g_hash_table_size (self->notes) == 0 && self->wire == NULL;
}

/**
 * strata_selection_get_wire:
 *
 * Returns: (nullable): the selected wire
 */
StrataDocWire *
strata_selection_get_wire (StrataSelection *self)
{
  return self->wire;
}

static gboolean
drop_all (StrataSelection *self)
{
  gboolean some = !strata_selection_is_empty (self);

  g_hash_table_remove_all (self->nodes);
  g_hash_table_remove_all (self->notes);
  g_clear_object (&self->wire);
  return some;
}

void
strata_selection_clear (StrataSelection *self)
{
  if (drop_all (self))
    emit_changed (self);
}

/**
 * strata_selection_select:
 *
 * Selects @node and nothing else.
 */
void
strata_selection_select (StrataSelection *self,
                         StrataDocNode   *node)
{
  if (self->wire == NULL && strata_selection_get_single (self) == node)
    return;
  drop_all (self);
  g_hash_table_add (self->nodes, g_object_ref (node));
  emit_changed (self);
}

void
strata_selection_toggle (StrataSelection *self,
                         StrataDocNode   *node)
{
  g_clear_object (&self->wire);
  if (!g_hash_table_remove (self->nodes, node))
    g_hash_table_add (self->nodes, g_object_ref (node));
  emit_changed (self);
}

static gboolean
has_just (GHashTable      *set,
          const GPtrArray *objects)
{
  if (objects->len != g_hash_table_size (set))
    return FALSE;
  for (guint i = 0; i < objects->len; i++)
    if (!g_hash_table_contains (set, g_ptr_array_index (objects, i)))
      return FALSE;
  return TRUE;
}

/**
 * strata_selection_set_all:
 * @nodes: (element-type StrataDocNode): the nodes and groups that shall be selected
 * @notes: (element-type StrataDocNote): the notes
 */
void
strata_selection_set_all (StrataSelection *self,
                          const GPtrArray *nodes,
                          const GPtrArray *notes)
{
  if (self->wire == NULL && has_just (self->nodes, nodes) && has_just (self->notes, notes))
    return;

  drop_all (self);
  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (self->nodes, g_object_ref (g_ptr_array_index (nodes, i)));
  for (guint i = 0; i < notes->len; i++)
    g_hash_table_add (self->notes, g_object_ref (g_ptr_array_index (notes, i)));
  emit_changed (self);
}

/**
 * strata_selection_set_nodes:
 * @nodes: (element-type StrataDocNode): what shall be selected, and nothing else
 */
void
strata_selection_set_nodes (StrataSelection *self,
                            const GPtrArray *nodes)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  strata_selection_set_all (self, nodes, none);
}

/**
 * strata_selection_select_note:
 *
 * Selects @note and nothing else.
 */
void
strata_selection_select_note (StrataSelection *self,
                              StrataDocNote   *note)
{
  if (self->wire == NULL && strata_selection_get_single_note (self) == note)
    return;
  drop_all (self);
  g_hash_table_add (self->notes, g_object_ref (note));
  emit_changed (self);
}

void
strata_selection_toggle_note (StrataSelection *self,
                              StrataDocNote   *note)
{
  g_clear_object (&self->wire);
  if (!g_hash_table_remove (self->notes, note))
    g_hash_table_add (self->notes, g_object_ref (note));
  emit_changed (self);
}

void
strata_selection_select_wire (StrataSelection *self,
                              StrataDocWire   *wire)
{
  if (self->wire == wire)
    return;
  drop_all (self);
  self->wire = g_object_ref (wire);
  emit_changed (self);
}

/**
 * strata_selection_get:
 *
 * Returns: (transfer full): what is selected of @document in whatever shows it, for as long as anyone asks
 */
StrataSelection *
strata_selection_get (StrataDocument *document)
{
  static const char key[] = "strata-selection";
  GWeakRef *reference = g_object_get_data (G_OBJECT (document), key);
  StrataSelection *self;

  if (reference == NULL)
    {
      reference = g_new0 (GWeakRef, 1);
      g_weak_ref_init (reference, NULL);
      g_object_set_data_full (G_OBJECT (document), key, reference, (GDestroyNotify) weak_ref_free);
    }
  self = g_weak_ref_get (reference);
  if (self == NULL)
    {
      self = strata_selection_new (document);
      g_weak_ref_set (reference, self);
    }
  return self;
}
