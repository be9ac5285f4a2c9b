/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/node-private.h"
#include "document/note-private.h"
#include "document/serial.h"

/**
 * strata_document_copy:
 * @nodes: (element-type StrataDocNode): which
 * @notes: (nullable) (element-type StrataDocNote): which notes besides; those in groups among @nodes go with them
 *
 * Returns: (transfer full): the nodes, the wires between them and the notes as text for the clipboard
 */
char *
strata_document_copy (StrataDocument *self,
                      GPtrArray      *nodes,
                      GPtrArray      *notes)
{
  g_autoptr (GPtrArray) all = strata_document_dup_inside (self, nodes), all_notes = g_ptr_array_new ();
  g_autoptr (JsonNode) json = NULL;

  for (guint i = 0; i < self->notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (self->notes, i);
      StrataDocNode *group = note->look->group != 0 ? strata_document_get_node (self, note->look->group) : NULL;

      if ((notes != NULL && g_ptr_array_find (notes, note, NULL)) ||
          (group != NULL && g_ptr_array_find (all, group, NULL)))
        g_ptr_array_add (all_notes, note);
    }
  json = strata_serial_write (self, all, all_notes);

  return strata_json_to_text (json, TRUE);
}

static void
add_pasted (GPtrArray       *pasted,
            const GPtrArray *all,
            guint            first,
            StrataDocNode   *group,
            gboolean         whatever_group)
{
  for (guint i = first; i < all->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (all, i);

      if (whatever_group || node->group == group)
        g_ptr_array_add (pasted, g_object_ref (node));
    }
}

/**
 * strata_document_paste:
 * @text: what strata_document_copy() returned
 * @dx: how far right of their old places the nodes and notes come to lie
 * @dy: how far below
 *
 * Returns: (transfer full) (element-type StrataDocNode): the new nodes and groups, but for what is in those groups, or
 *   %NULL with @error set
 */
GPtrArray *
strata_document_paste (StrataDocument  *self,
                       const char      *text,
                       double           dx,
                       double           dy,
                       GError         **error)
{
  g_autoptr (JsonNode) json = strata_json_parse (text, -1, NULL);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = self->nodes->len, first_group = self->groups->len, first_note = self->notes->len;
  gboolean success;

  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json) || !json_object_has_member (json_node_get_object (json), "nodes"))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT, _("The clipboard holds no layers"));
      return NULL;
    }
  json_object_remove_member (json_node_get_object (json), "settings");

  strata_document_begin_group (self, _("Paste"));
  success = strata_serial_read (self, json, FALSE, error);
  add_pasted (nodes, self->nodes, first, success ? self->place : NULL, !success);
  add_pasted (nodes, self->groups, first_group, success ? self->place : NULL, !success);
  for (guint i = first_note; i < self->notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (self->notes, i);

      if (!success || note->look->group == (self->place != NULL ? self->place->id : 0))
        g_ptr_array_add (notes, g_object_ref (note));
    }
  if (success)
    strata_document_move_all (self, nodes, notes, dx, dy);
  else
    strata_document_remove_all (self, nodes, notes);
  strata_document_end_group (self);
  return success ? g_steal_pointer (&nodes) : NULL;
}
