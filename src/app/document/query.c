/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <string.h>

#include "document/node-private.h"

/**
 * strata_document_get_nodes:
 *
 * Returns: (transfer none) (element-type StrataDocNode): all nodes, in order of making
 */
const GPtrArray *
strata_document_get_nodes (StrataDocument *self)
{
  return self->nodes;
}

/**
 * strata_document_get_wires:
 *
 * Returns: (transfer none) (element-type StrataDocWire): all wires; at a port that
 *   takes a list, this is the list's order
 */
const GPtrArray *
strata_document_get_wires (StrataDocument *self)
{
  return self->wires;
}

/**
 * strata_document_get_node:
 *
 * Returns: (transfer none) (nullable): the node of that number
 */
StrataDocNode *
strata_document_get_node (StrataDocument *self,
                          guint           id)
{
  return strata_index_get_node (self->index, id);
}

/**
 * strata_document_find_node:
 *
 * Returns: (transfer none) (nullable): the first node whose layer has that name
 */
StrataDocNode *
strata_document_find_node (StrataDocument *self,
                           const char     *name)
{
  return strata_index_find_node (self->index, name);
}

/**
 * strata_document_get_wire:
 *
 * Returns: (transfer none) (nullable): the wire of that number
 */
StrataDocWire *
strata_document_get_wire (StrataDocument *self,
                          guint           id)
{
  return strata_index_get_wire (self->index, id);
}

static guint
get_port (StrataDocWire *wire,
          gboolean       incoming)
{
  return incoming ? strata_doc_wire_get_to_port (wire) : strata_doc_wire_get_from_port (wire);
}

/**
 * strata_document_dup_wires_of:
 * @incoming: whether those that end at the node, or those that begin there
 *
 * Returns: (transfer full) (element-type StrataDocWire): by port, then in the document's order
 */
GPtrArray *
strata_document_dup_wires_of (StrataDocument *self,
                              StrataDocNode  *node,
                              gboolean        incoming)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, incoming);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      guint place = found->len;

      while (place > 0 && get_port (g_ptr_array_index (found, place - 1), incoming) > get_port (wire, incoming))
        place--;
      g_ptr_array_insert (found, (int) place, g_object_ref (wire));
    }
  return found;
}

/**
 * strata_document_get_setting:
 * @key: "compile", "fit", "data", "notes" or "view"
 *
 * Returns: (transfer none) (nullable): a part of the settings
 */
JsonNode *
strata_document_get_setting (StrataDocument *self,
                             const char     *key)
{
  return json_object_get_member (self->settings, key);
}

/**
 * strata_document_free_name:
 * @base: a name such as "dense" or "dense_2"
 *
 * Returns: (transfer full): that name, or the first of its kind that is free
 */
char *
strata_document_free_name (StrataDocument *self,
                           const char     *base)
{
  return strata_index_free_name (self->index, base);
}

/* All nodes that call the layer. */
GPtrArray *
strata_document_dup_sharers (StrataDocument *self,
                             StrataLayer    *layer)
{
  GPtrArray *sharers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->nodes->len; i++)
    if (strata_doc_node_get_layer (g_ptr_array_index (self->nodes, i)) == layer)
      g_ptr_array_add (sharers, g_object_ref (g_ptr_array_index (self->nodes, i)));
  for (guint i = 0; i < self->groups->len; i++)
    if (strata_doc_node_get_layer (g_ptr_array_index (self->groups, i)) == layer)
      g_ptr_array_add (sharers, g_object_ref (g_ptr_array_index (self->groups, i)));
  return sharers;
}

/* Whether what @from makes ends up in @to. */
gboolean
strata_document_leads_to (StrataDocument *self,
                          StrataDocNode  *from,
                          StrataDocNode  *to)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, from);
  while (todo->len > 0)
    {
      StrataDocNode *node = g_ptr_array_steal_index (todo, todo->len - 1);
      const GPtrArray *outgoing;

      if (node == to)
        return TRUE;
      if (!g_hash_table_add (seen, node))
        continue;
      outgoing = strata_doc_node_get_wires (node, FALSE);
      for (guint i = 0; i < outgoing->len; i++)
        g_ptr_array_add (todo, strata_doc_wire_get_to (g_ptr_array_index (outgoing, i)));
    }
  return FALSE;
}

static GHashTable *
count_incoming (StrataDocument *self)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      if (strata_doc_node_get_wires (node, TRUE)->len > 0)
        g_hash_table_insert (counts, node, GUINT_TO_POINTER (strata_doc_node_get_wires (node, TRUE)->len));
    }
  return counts;
}

/* Nodes after all that lead to them, else in order of making; those in cycles are left out. */
GPtrArray *
strata_document_dup_sorted (StrataDocument *self,
                            gboolean       *has_cycle)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) waiting = count_incoming (self);

  for (guint i = 0; i < self->nodes->len; i++)
    if (!g_hash_table_contains (waiting, g_ptr_array_index (self->nodes, i)))
      g_ptr_array_add (sorted, g_object_ref (g_ptr_array_index (self->nodes, i)));

  for (guint i = 0; i < sorted->len; i++)
    {
      const GPtrArray *outgoing = strata_doc_node_get_wires (g_ptr_array_index (sorted, i), FALSE);

      for (guint w = 0; w < outgoing->len; w++)
        {
          StrataDocNode *to = strata_doc_wire_get_to (g_ptr_array_index (outgoing, w));
          guint left = GPOINTER_TO_UINT (g_hash_table_lookup (waiting, to)) - 1;

          g_hash_table_insert (waiting, to, GUINT_TO_POINTER (left));
          if (left == 0)
            g_ptr_array_add (sorted, g_object_ref (to));
        }
    }

  if (has_cycle != NULL)
    *has_cycle = sorted->len < self->nodes->len;
  return sorted;
}

/**
 * strata_document_get_diagnostics:
 *
 * Returns: (transfer none) (element-type StrataDiagnostic): all there is to say, worst first
 */
const GPtrArray *
strata_document_get_diagnostics (StrataDocument *self)
{
  return self->diagnostics;
}

guint
strata_document_count_severity (StrataDocument *self,
                                StrataSeverity  severity)
{
  guint count = 0;

  for (guint i = 0; i < self->diagnostics->len; i++)
    if (strata_diagnostic_get_severity (g_ptr_array_index (self->diagnostics, i)) == severity)
      count++;
  return count;
}

/**
 * strata_document_get_n_params:
 *
 * Returns: how many numbers all weights hold, where shapes are known
 */
gint64
strata_document_get_n_params (StrataDocument *self)
{
  return self->n_params;
}

gint64
strata_document_get_n_trainable (StrataDocument *self)
{
  return self->n_trainable;
}

/**
 * strata_document_get_multiply_adds:
 *
 * Returns: about how many multiplications a sample takes
 */
gint64
strata_document_get_multiply_adds (StrataDocument *self)
{
  return self->multiply_adds;
}

/**
 * strata_document_want_inputs:
 * @node: a node that can have more inputs
 * @n_inputs: how many
 *
 * Shows so many ports, as strata_document_want_input() does one after the other.
 */
void
strata_document_want_inputs (StrataDocument *self,
                             StrataDocNode  *node,
                             guint           n_inputs)
{
  node->n_wanted_inputs = MIN (n_inputs, strata_doc_node_get_most_inputs (node));
  strata_document_emit_analysed (self);
}

/**
 * strata_document_want_input:
 * @node: a node that can have another input
 *
 * Shows another port where a wire may go, such as for the first state of a recurrent layer. That is no edit: without a
 * wire, nobody keeps it.
 */
void
strata_document_want_input (StrataDocument *self,
                            StrataDocNode  *node)
{
  g_autofree char *name = strata_doc_node_dup_next_input_name (node);

  if (name == NULL)
    return;
  node->n_wanted_inputs = strata_doc_node_get_n_inputs (node) + 1;
  strata_document_emit_analysed (self);
}
