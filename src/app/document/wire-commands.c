/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/node-private.h"

StrataDocWire *
strata_document_insert_wire (StrataDocument *self,
                             StrataDocNode  *from,
                             guint           from_port,
                             StrataDocNode  *to,
                             guint           to_port)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_WIRE);

  edit->wire = strata_doc_wire_new (strata_document_take_id (self), from, from_port, to, to_port);
  edit->index = self->wires->len;
  strata_document_do (self, edit);
  return g_ptr_array_index (self->wires, self->wires->len - 1);
}

void
strata_document_take_wire_out (StrataDocument *self,
                               StrataDocWire  *wire)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_WIRE);

  edit->removes = TRUE;
  edit->wire = g_object_ref (wire);
  g_ptr_array_find (self->wires, wire, &edit->index);
  strata_document_do (self, edit);
}

static gboolean
can_have_more (StrataDocNode *node)
{
  g_autofree char *name = strata_doc_node_dup_next_input_name (node);

  return name != NULL;
}

/**
 * strata_document_can_connect:
 *
 * Checks whether a wire may go there, whatever the shapes; @error tells why not.
 */
gboolean
strata_document_can_connect (StrataDocument  *self,
                             StrataDocNode   *from,
                             guint            from_port,
                             StrataDocNode   *to,
                             guint            to_port,
                             GError         **error)
{
  const char *reason = NULL;

  for (guint i = 0; i < to->incoming->len && reason == NULL; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (to->incoming, i);

      if (strata_doc_wire_get_from (wire) == from && strata_doc_wire_get_from_port (wire) == from_port &&
          strata_doc_wire_get_to_port (wire) == to_port)
        reason = _("These two are connected already");
    }

  if (from_port >= strata_doc_node_get_n_outputs (from))
    reason = _("There is no such output");
  else if (strata_doc_node_get_n_inputs (to) == 0)
    reason = _("Data enters the network here, so nothing can lead to it");
  else if (to_port > strata_doc_node_get_n_inputs (to) ||
           (to_port == strata_doc_node_get_n_inputs (to) &&
            !(STRATA_LAYER_GET_CLASS (to->layer)->flags & STRATA_LAYER_TAKES_SEVERAL) && !can_have_more (to)))
    reason = _("There is no such input");
  else if (from == to)
    reason = _("A layer cannot feed itself");
  else if (strata_document_leads_to (self, to, from))
    reason = _("This would close a loop: data must flow from inputs to outputs");

  if (reason == NULL)
    return TRUE;
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE, reason);
  return FALSE;
}

static void
free_port (StrataDocument *self,
           StrataDocNode  *node,
           guint           port)
{
  if (strata_doc_node_takes_list (node, port))
    return;

  for (guint i = node->incoming->len; i > 0; i--)
    if (strata_doc_wire_get_to_port (g_ptr_array_index (node->incoming, i - 1)) == port)
      strata_document_take_wire_out (self, g_ptr_array_index (node->incoming, i - 1));
}

/**
 * strata_document_connect:
 *
 * Leads an output to an input. A port that takes one wire gives up the one it has.
 * Returns: (transfer none): the wire, or %NULL with @error telling why not
 */
StrataDocWire *
strata_document_connect (StrataDocument  *self,
                         StrataDocNode   *from,
                         guint            from_port,
                         StrataDocNode   *to,
                         guint            to_port,
                         GError         **error)
{
  StrataDocWire *wire;

  if (!strata_document_can_connect (self, from, from_port, to, to_port, error))
    return NULL;

  strata_document_begin_group (self, _("Connect"));
  free_port (self, to, to_port);
  wire = strata_document_insert_wire (self, from, from_port, to, to_port);
  strata_document_end_group (self);
  return wire;
}

void
strata_document_disconnect (StrataDocument *self,
                            StrataDocWire  *wire)
{
  strata_document_begin_group (self, _("Disconnect"));
  strata_document_take_wire_out (self, wire);
  strata_document_end_group (self);
}
