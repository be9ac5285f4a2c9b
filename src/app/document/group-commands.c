/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/group.h"

#include <glib/gi18n.h>

#include "document/document-private.h"
#include "document/node-private.h"
#include "document/note-private.h"
#include "models/sequential.h"

static void
regroup (StrataDocument *self,
         GPtrArray      *nodes,
         StrataDocNode  *before,
         StrataDocNode  *after)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_GROUP);

  edit->nodes = g_ptr_array_ref (nodes);
  edit->groups[0] = before != NULL ? g_object_ref (before) : NULL;
  edit->groups[1] = after != NULL ? g_object_ref (after) : NULL;
  strata_document_do (self, edit);
}

/* Data enters the network from outside of all groups. */
static GPtrArray *
dup_groupable (GPtrArray *nodes)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < nodes->len; i++)
    if (!strata_doc_node_is_input (g_ptr_array_index (nodes, i)))
      g_ptr_array_add (chosen, g_object_ref (g_ptr_array_index (nodes, i)));
  return chosen;
}

/* What leaves the members and comes back to them goes through this, which is no member. */
static StrataDocNode *
find_between (StrataDocument *self,
              GPtrArray      *members)
{
  g_autoptr (GPtrArray) inside = strata_document_dup_inside (self, members), waiting = g_ptr_array_new ();
  g_autoptr (GHashTable) is_inside = g_hash_table_new (NULL, NULL), first_outside = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < inside->len; i++)
    g_hash_table_add (is_inside, g_ptr_array_index (inside, i));
  for (guint i = 0; i < inside->len; i++)
    g_ptr_array_add (waiting, g_ptr_array_index (inside, i));
  while (waiting->len > 0)
    {
      StrataDocNode *node = g_ptr_array_steal_index (waiting, waiting->len - 1);
      StrataDocNode *outside = g_hash_table_lookup (first_outside, node);

      for (guint i = 0; i < node->outgoing->len; i++)
        {
          StrataDocNode *to = strata_doc_wire_get_to (g_ptr_array_index (node->outgoing, i));

          if (g_hash_table_contains (is_inside, to))
            {
              if (outside != NULL)
                return outside;
              continue;
            }
          if (g_hash_table_contains (first_outside, to))
            continue;
          g_hash_table_insert (first_outside, to, outside != NULL ? outside : to);
          g_ptr_array_add (waiting, to);
        }
    }
  return NULL;
}

static void
get_middle (GPtrArray *nodes,
            double    *x,
            double    *y)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      left = MIN (left, node->x);
      right = MAX (right, node->x);
      top = MIN (top, node->y);
      bottom = MAX (bottom, node->y);
    }
  /* Onto the grid of 8 pixels. */
  *x = 8 * (gint64) ((left + right) / 16);
  *y = 8 * (gint64) ((top + bottom) / 16);
}

/* Adds an empty group, in the open step. */
StrataDocNode *
strata_document_append_group (StrataDocument *self,
                              guint           id,
                              const char     *name,
                              StrataDocNode  *parent,
                              double          x,
                              double          y)
{
  g_autofree char *free_name = strata_document_free_name (self, name);
  g_autoptr (StrataLayer) layer = STRATA_LAYER (strata_sequential_new (free_name));
  g_autoptr (StrataDocNode) group = strata_doc_node_new_group (id, layer, x, y);

  g_set_object (&group->group, parent);
  strata_document_insert_node (self, group);
  return group;
}

/**
 * strata_document_group:
 * @nodes: (element-type StrataDocNode): some nodes of one group, or of none
 * @name: (nullable): what to call the group
 *
 * Folds nodes into one that stands for them. In the Keras model, it is a model within the model.
 * Returns: (transfer none): the group, or %NULL with @error telling why that cannot be
 */
StrataDocNode *
strata_document_group (StrataDocument  *self,
                       GPtrArray       *nodes,
                       const char      *name,
                       GError         **error)
{
  g_autoptr (GPtrArray) members = dup_groupable (nodes);
  StrataDocNode *parent, *group, *between;
  double x, y;

  if (members->len == 0)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                           _("Select the layers that shall become a group; inputs stay outside"));
      return NULL;
    }
  between = find_between (self, members);
  if (between != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                   _("These layers cannot be one group without “%s”: data leaves them for it and comes back"),
                   strata_doc_node_get_name (between));
      return NULL;
    }

  parent = ((StrataDocNode *) g_ptr_array_index (members, 0))->group;
  get_middle (members, &x, &y);
  strata_document_begin_group (self, _("Group"));
  group = strata_document_append_group (self, strata_document_take_id (self), name != NULL ? name
                                                                                           : "block", parent, x, y);
  regroup (self, members, parent, group);
  strata_document_end_group (self);
  return group;
}

/**
 * strata_document_ungroup:
 * @group: a group
 *
 * Puts what is in a group where the group was, notes too.
 */
void
strata_document_ungroup (StrataDocument *self,
                         StrataDocNode  *group)
{
  g_autoptr (StrataDocNode) kept = g_object_ref (group);
  g_autoptr (GPtrArray) members = strata_document_dup_units (self, group);
  g_autoptr (GPtrArray) notes = strata_document_dup_notes (self, group);
  StrataEdit *edit;
  double x, y;

  strata_document_begin_group (self, _("Ungroup"));
  if (members->len > 0)
    {
      get_middle (members, &x, &y);
      strata_document_move_all (self, members, notes, kept->x - x, kept->y - y);
      regroup (self, members, kept, kept->group);
    }
  strata_document_regroup_notes (self, notes, kept->group);
  edit = strata_edit_new (STRATA_EDIT_NODE);
  edit->removes = TRUE;
  edit->node = g_object_ref (kept);
  g_ptr_array_find (self->groups, kept, &edit->index);
  strata_document_do (self, edit);
  strata_document_end_group (self);
}

/* The inputs inside a group that one of its inputs stands for. */
static GArray *
collect_ends (StrataDocNode *group,
              guint          input)
{
  const StrataDocEntry *entry = strata_doc_node_get_entry (group, input);
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (StrataDocEnd));

  if (entry == NULL)
    return ends;
  if (entry->source.node == NULL)
    {
      g_array_append_val (ends, entry->inner);
      return ends;
    }
  for (guint i = 0; i < entry->source.node->outgoing->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (entry->source.node->outgoing, i);
      StrataDocEnd end = { strata_doc_wire_get_to (wire), strata_doc_wire_get_to_port (wire) };

      if (strata_doc_wire_get_from_port (wire) == entry->source.port && strata_doc_node_is_in (end.node, group))
        g_array_append_val (ends, end);
    }
  return ends;
}

/* At a port that takes a list, the new wire shall not come besides the old one. */
static void
drop_source (StrataDocument       *self,
             const StrataDocEntry *entry,
             const StrataDocEnd   *end)
{
  if (entry->source.node == NULL || !strata_doc_node_takes_list (end->node, end->port))
    return;
  for (guint i = end->node->incoming->len; i > 0; i--)
    {
      StrataDocWire *wire = g_ptr_array_index (end->node->incoming, i - 1);

      if (strata_doc_wire_get_from (wire) == entry->source.node &&
          strata_doc_wire_get_from_port (wire) == entry->source.port)
        strata_document_disconnect (self, wire);
    }
}

/**
 * strata_document_connect_ends:
 * @from: a node or a group
 * @to: likewise
 *
 * Like strata_document_connect(), with the ports of groups standing for those inside.
 * Returns: (transfer none): a wire, or %NULL with @error telling why not
 */
StrataDocWire *
strata_document_connect_ends (StrataDocument  *self,
                              StrataDocNode   *from,
                              guint            from_port,
                              StrataDocNode   *to,
                              guint            to_port,
                              GError         **error)
{
  const StrataDocEnd *exit = strata_doc_node_get_exit (from, from_port);
  StrataDocEnd source = exit != NULL ? *exit : (StrataDocEnd){ from, from_port };
  g_autoptr (GArray) ends = NULL;
  StrataDocWire *wire = NULL;
  StrataDocEntry entry;

  if (!to->is_group)
    return strata_document_connect (self, source.node, source.port, to, to_port, error);
  ends = collect_ends (to, to_port);
  if (ends->len == 0 || from->is_group != (exit != NULL))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("The group has no such port"));
      return NULL;
    }

  entry = *strata_doc_node_get_entry (to, to_port);
  for (guint i = 0; i < ends->len; i++)
    {
      StrataDocEnd *end = &g_array_index (ends, StrataDocEnd, i);

      if (!strata_document_can_connect (self, source.node, source.port, end->node, end->port, error))
        return NULL;
    }
  strata_document_begin_group (self, _("Connect"));
  for (guint i = 0; i < ends->len; i++)
    {
      StrataDocEnd *end = &g_array_index (ends, StrataDocEnd, i);

      drop_source (self, &entry, end);
      wire = strata_document_connect (self, source.node, source.port, end->node, end->port, NULL);
    }
  strata_document_end_group (self);
  return wire;
}

/**
 * strata_document_mute:
 * @nodes: (element-type StrataDocNode): which
 * @muted: whether the network is made as if they were not there
 *
 * Mutes nodes, or takes that back. Inputs and groups cannot be muted.
 */
void
strata_document_mute (StrataDocument *self,
                      GPtrArray      *nodes,
                      gboolean        muted)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  StrataEdit *edit;

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      if (!node->is_group && !strata_doc_node_is_input (node) && node->muted != muted)
        g_ptr_array_add (changed, g_object_ref (node));
    }
  if (changed->len == 0)
    return;
  edit = strata_edit_new (STRATA_EDIT_MUTE);
  edit->nodes = g_steal_pointer (&changed);
  edit->removes = !muted;
  strata_document_begin_group (self, muted ? _("Mute") : _("Unmute"));
  strata_document_do (self, edit);
  strata_document_end_group (self);
}
