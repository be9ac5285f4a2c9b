/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/node-widget-private.h"
#include "canvas/wire-path.h"

/*
 * The canvas shows one level of the network: all that is in no group, or what is in the group that was entered. Groups
 * have cards like nodes; of a wire, one sees the part that is at that level.
 */

/**
 * strata_canvas_dup_units: (skip)
 *
 * Returns: (transfer full) (element-type StrataDocNode): the nodes and groups that have a card at this level
 */
GPtrArray *
strata_canvas_dup_units (StrataCanvas *self)
{
  return strata_document_dup_units (self->document, self->scope);
}

/**
 * strata_canvas_get_wire_ports: (skip)
 *
 * Like strata_wire_get_ports(), at this level.
 */
gboolean
strata_canvas_get_wire_ports (StrataCanvas  *self,
                              StrataDocWire *wire,
                              StrataPort    *output,
                              StrataPort    *input)
{
  return strata_wire_get_ports (wire, self->scope, output, input);
}

/* Only what is at this level is there for pointer, keys and screen readers. */
void
strata_canvas_update_level (StrataCanvas *self)
{
  guint scope = self->scope != NULL ? strata_doc_node_get_id (self->scope) : 0;
  GHashTableIter iter;
  gpointer node, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &node, &card))
    gtk_widget_set_visible (card, strata_doc_node_get_group (node) == self->scope);
  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &node, &card))
    gtk_widget_set_visible (card, strata_doc_note_get_look (node)->group == scope);
  strata_canvas_update_shares (self);
  strata_canvas_nodes_moved (self);
}

static void
drop_hidden (StrataCanvas *self)
{
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection), kept = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);

  for (guint i = 0; i < nodes->len; i++)
    if (strata_doc_node_get_group (g_ptr_array_index (nodes, i)) == self->scope)
      g_ptr_array_add (kept, g_ptr_array_index (nodes, i));
  if (kept->len < nodes->len || notes->len > 0)
    strata_selection_set_nodes (self->selection, kept);
}

/* Short names depend on the group's, which may have another since. */
static void
name_anew (StrataCanvas *self)
{
  GHashTableIter iter;
  gpointer node, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &node, &card))
    if (strata_doc_node_get_group (node) == self->scope)
      strata_node_widget_drop_layouts (card);
}

/**
 * strata_canvas_set_scope:
 * @group: (nullable): a group to look into, or %NULL for the whole network
 */
void
strata_canvas_set_scope (StrataCanvas  *self,
                         StrataDocNode *group)
{
  if (group == self->scope)
    return;
  strata_canvas_cancel (self);
  strata_canvas_end_editing (self, TRUE);
  g_set_object (&self->scope, group);
  strata_document_set_place (self->document, group);
  name_anew (self);
  strata_canvas_update_level (self);
  drop_hidden (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  strata_canvas_zoom_to_fit (self);
  g_signal_emit_by_name (self, "scope-changed");
}

/**
 * strata_canvas_get_scope:
 *
 * Returns: (transfer none) (nullable): the group that is looked into
 */
StrataDocNode *
strata_canvas_get_scope (StrataCanvas *self)
{
  return self->scope;
}

/* Undoing may take the ground from under one's feet. */
void
strata_canvas_group_removed (StrataCanvas  *self,
                             StrataDocNode *group)
{
  if (self->scope != NULL && (self->scope == group || strata_doc_node_is_in (self->scope, group)))
    strata_canvas_set_scope (self, strata_doc_node_get_group (group));
}

/**
 * strata_canvas_enter:
 *
 * Looks into a group; a model within the model becomes one first.
 * Returns: whether there was something to look into
 */
gboolean
strata_canvas_enter (StrataCanvas  *self,
                     StrataDocNode *node)
{
  g_autoptr (GError) error = NULL;

  if (!strata_doc_node_is_group (node))
    {
      node = strata_document_open_model (self->document, node, &error);
      if (node == NULL)
        {
          strata_canvas_notice (self, error->message);
          return FALSE;
        }
    }
  strata_canvas_set_scope (self, node);
  return TRUE;
}

static void
group_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);
  g_autoptr (GError) error = NULL;
  StrataDocNode *group;

  strata_document_begin_group (self->document, _("Group"));
  group = strata_document_group (self->document, nodes, NULL, &error);
  if (group != NULL)
    strata_document_regroup_notes (self->document, notes, group);
  strata_document_end_group (self->document);
  if (group != NULL)
    strata_selection_select (self->selection, group);
  else
    strata_canvas_notice (self, error->message);
}

static void
ungroup_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection), freed = g_ptr_array_new ();

  strata_document_begin_group (self->document, _("Ungroup"));
  for (guint i = 0; i < nodes->len; i++)
    if (strata_doc_node_is_group (g_ptr_array_index (nodes, i)))
      {
        g_autoptr (GPtrArray) members = strata_document_dup_units (self->document, g_ptr_array_index (nodes, i));

        strata_document_ungroup (self->document, g_ptr_array_index (nodes, i));
        for (guint j = 0; j < members->len; j++)
          g_ptr_array_add (freed, g_ptr_array_index (members, j));
      }
  strata_document_end_group (self->document);
  if (freed->len > 0)
    strata_selection_set_nodes (self->selection, freed);
}

static void
enter_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);

  if (node != NULL)
    strata_canvas_enter (self, node);
}

static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (StrataDocNode) left = self->scope != NULL ? g_object_ref (self->scope) : NULL;

  if (left == NULL)
    return;
  strata_canvas_set_scope (self, strata_doc_node_get_group (left));
  strata_selection_select (self->selection, left);
}

static void
fold_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);

  if (strata_document_fold_blocks (self->document) > 0)
    strata_canvas_zoom_to_fit (self);
  else
    strata_canvas_notice (self, _("There is no block here in which data takes several ways"));
}

/* Mutes all, or takes it back where all are muted already. */
static void
mute_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  gboolean all = TRUE;

  for (guint i = 0; i < nodes->len; i++)
    all = all && strata_doc_node_get_muted (g_ptr_array_index (nodes, i));
  strata_document_mute (self->document, nodes, !all);
}

void
strata_canvas_class_init_groups (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.group", NULL, group_cb);
  gtk_widget_class_install_action (widget_class, "canvas.ungroup", NULL, ungroup_cb);
  gtk_widget_class_install_action (widget_class, "canvas.enter", NULL, enter_cb);
  gtk_widget_class_install_action (widget_class, "canvas.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "canvas.fold-blocks", NULL, fold_cb);
  gtk_widget_class_install_action (widget_class, "canvas.mute", NULL, mute_cb);
}
