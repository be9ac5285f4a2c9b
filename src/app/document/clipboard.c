/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/node-private.h"
#include "document/serial.h"

/**
 * strata_document_copy:
 * @nodes: (element-type StrataDocNode): which
 *
 * Returns: (transfer full): the nodes and the wires between them as text for the clipboard
 */
char *
strata_document_copy (StrataDocument *self,
                      GPtrArray      *nodes)
{
  g_autoptr (GPtrArray) all = strata_document_dup_inside (self, nodes);
  g_autoptr (JsonNode) json = strata_serial_write (self, all);

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
 * @dx: how far right of their old places the nodes come to lie
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
  g_autoptr (JsonNode) json = json_from_string (text, NULL);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = self->nodes->len, first_group = self->groups->len;
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
  if (success)
    strata_document_move_nodes (self, nodes, dx, dy);
  else
    strata_document_remove_nodes (self, nodes);
  strata_document_end_group (self);
  return success ? g_steal_pointer (&nodes) : NULL;
}
