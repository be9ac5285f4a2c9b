/* SPDX-License-Identifier: LGPL-2.1-or-later */
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
  g_autoptr (JsonNode) json = strata_serial_write (self, nodes);

  return json_to_string (json, TRUE);
}

/**
 * strata_document_paste:
 * @text: what strata_document_copy() returned
 * @dx: how far right of their old places the nodes come to lie
 * @dy: how far below
 *
 * Returns: (transfer full) (element-type StrataDocNode): the new nodes, or %NULL with @error set
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
  guint first = self->nodes->len;
  gboolean success;

  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json) || !json_object_has_member (json_node_get_object (json), "nodes"))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT, _("The clipboard holds no layers"));
      return NULL;
    }
  json_object_remove_member (json_node_get_object (json), "settings");

  strata_document_begin_group (self, _("Paste"));
  success = strata_serial_read (self, json, FALSE, error);
  for (guint i = first; i < self->nodes->len; i++)
    g_ptr_array_add (nodes, g_object_ref (g_ptr_array_index (self->nodes, i)));
  if (success)
    strata_document_move_nodes (self, nodes, dx, dy);
  else
    strata_document_remove_nodes (self, nodes);
  strata_document_end_group (self);
  return success ? g_steal_pointer (&nodes) : NULL;
}
