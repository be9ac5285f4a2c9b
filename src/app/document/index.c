/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/index.h"

#include <string.h>

#include "document/node-private.h"

struct _StrataIndex
{
  const GPtrArray *nodes, *groups, *wires;
  GHashTable *nodes_by_id, *wires_by_id;
  /* The first node of each name, and below which number names of a kind are taken. Made anew when names went. */
  GHashTable *names, *taken;
  gboolean names_valid;
};

/**
 * strata_index_new: (skip)
 * @nodes: the document's list of nodes
 * @groups: the document's list of groups, which have numbers and names like nodes
 * @wires: the document's list of wires
 */
StrataIndex *
strata_index_new (const GPtrArray *nodes,
                  const GPtrArray *groups,
                  const GPtrArray *wires)
{
  StrataIndex *self = g_new0 (StrataIndex, 1);

  self->nodes = nodes;
  self->groups = groups;
  self->wires = wires;
  self->nodes_by_id = g_hash_table_new (NULL, NULL);
  self->wires_by_id = g_hash_table_new (NULL, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names_valid = TRUE;
  return self;
}

void
strata_index_free (StrataIndex *self)
{
  g_hash_table_unref (self->nodes_by_id);
  g_hash_table_unref (self->wires_by_id);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->taken);
  g_free (self);
}

static void
add_name (StrataIndex   *self,
          StrataDocNode *node)
{
  const char *name = strata_doc_node_get_name (node);

  if (!g_hash_table_contains (self->names, name))
    g_hash_table_insert (self->names, g_strdup (name), node);
}

void
strata_index_note_node (StrataIndex   *self,
                        StrataDocNode *node,
                        gboolean       add)
{
  const GPtrArray *list;

  if (!add)
    {
      g_hash_table_remove (self->nodes_by_id, GUINT_TO_POINTER (node->id));
      self->names_valid = FALSE;
      return;
    }

  g_hash_table_insert (self->nodes_by_id, GUINT_TO_POINTER (node->id), node);
  /* One that does not come last may be the first of its name. */
  list = node->is_group ? self->groups : self->nodes;
  if (self->names_valid && g_ptr_array_index (list, list->len - 1) == node)
    add_name (self, node);
  else
    self->names_valid = FALSE;
}

/**
 * strata_index_note_names: (skip)
 *
 * To be called after nodes were renamed.
 */
void
strata_index_note_names (StrataIndex *self)
{
  self->names_valid = FALSE;
}

static void
update_names (StrataIndex *self)
{
  if (self->names_valid)
    return;

  g_hash_table_remove_all (self->names);
  g_hash_table_remove_all (self->taken);
  for (guint i = 0; i < self->nodes->len; i++)
    add_name (self, g_ptr_array_index (self->nodes, i));
  for (guint i = 0; i < self->groups->len; i++)
    add_name (self, g_ptr_array_index (self->groups, i));
  self->names_valid = TRUE;
}

/* Nearly always the last; else behind the wires of @list that come before it in the document. */
static guint
find_place (StrataIndex     *self,
            const GPtrArray *list,
            StrataDocWire   *wire)
{
  guint index, place = list->len;

  if (g_ptr_array_index (self->wires, self->wires->len - 1) == wire ||
      !g_ptr_array_find ((GPtrArray *) self->wires, wire, &index))
    return place;
  while (place > 0)
    {
      guint other;

      if (g_ptr_array_find ((GPtrArray *) self->wires, g_ptr_array_index (list, place - 1), &other) && other < index)
        break;
      place--;
    }
  return place;
}

void
strata_index_note_wire (StrataIndex   *self,
                        StrataDocWire *wire,
                        gboolean       add)
{
  GPtrArray *outgoing = strata_doc_wire_get_from (wire)->outgoing, *incoming = strata_doc_wire_get_to (wire)->incoming;

  if (add)
    {
      g_hash_table_insert (self->wires_by_id, GUINT_TO_POINTER (strata_doc_wire_get_id (wire)), wire);
      g_ptr_array_insert (outgoing, (int) find_place (self, outgoing, wire), wire);
      g_ptr_array_insert (incoming, (int) find_place (self, incoming, wire), wire);
    }
  else
    {
      g_hash_table_remove (self->wires_by_id, GUINT_TO_POINTER (strata_doc_wire_get_id (wire)));
      g_ptr_array_remove (outgoing, wire);
      g_ptr_array_remove (incoming, wire);
    }
}

StrataDocNode *
strata_index_get_node (StrataIndex *self,
                       guint        id)
{
  return g_hash_table_lookup (self->nodes_by_id, GUINT_TO_POINTER (id));
}

StrataDocWire *
strata_index_get_wire (StrataIndex *self,
                       guint        id)
{
  return g_hash_table_lookup (self->wires_by_id, GUINT_TO_POINTER (id));
}

StrataDocNode *
strata_index_find_node (StrataIndex *self,
                        const char  *name)
{
  update_names (self);
  return g_hash_table_lookup (self->names, name);
}

/* A name without the number that it ends in. */
static char *
dup_stem (const char *name)
{
  char *stem = g_strdup (name), *underscore = strrchr (stem, '_');

  if (underscore != NULL && underscore != stem && underscore[1] != '\0' &&
      strspn (underscore + 1, "0123456789") == strlen (underscore + 1))
    *underscore = '\0';
  return stem;
}

/**
 * strata_index_free_name: (skip)
 * @base: a name such as "dense" or "dense_2"
 *
 * Returns: (transfer full): that name, or the first of its kind that no node has
 */
char *
strata_index_free_name (StrataIndex *self,
                        const char  *base)
{
  g_autofree char *stem = dup_stem (base);
  guint first;

  update_names (self);
  if (!g_hash_table_contains (self->names, base))
    return g_strdup (base);

  first = MAX (GPOINTER_TO_UINT (g_hash_table_lookup (self->taken, stem)), 1);
  for (guint i = first;; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%u", stem, i);

      if (g_hash_table_contains (self->names, name))
        continue;
      g_hash_table_insert (self->taken, g_steal_pointer (&stem), GUINT_TO_POINTER (i));
      return g_steal_pointer (&name);
    }
}
