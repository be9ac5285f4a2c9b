/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/group.h"

#include "document/document-private.h"
#include "document/node-private.h"

/*
 * A group is a node that stands for others, which know it as theirs. Its ports follow from the wires that cross its
 * border, so that there is nothing to keep in step.
 */

gboolean
strata_doc_node_is_group (StrataDocNode *self)
{
  return self->is_group;
}

/**
 * strata_doc_node_get_group:
 *
 * Returns: (transfer none) (nullable): the group that it is in
 */
StrataDocNode *
strata_doc_node_get_group (StrataDocNode *self)
{
  return self->group;
}

/**
 * strata_doc_node_is_in:
 * @group: (nullable): a group, or %NULL for the whole network
 *
 * Returns: whether it is in @group, however deep
 */
gboolean
strata_doc_node_is_in (StrataDocNode *self,
                       StrataDocNode *group)
{
  if (group == NULL)
    return TRUE;
  for (StrataDocNode *node = self->group; node != NULL; node = node->group)
    if (node == group)
      return TRUE;
  return FALSE;
}

/**
 * strata_doc_node_get_unit:
 * @scope: (nullable): the group that is looked into, or %NULL for the whole network
 *
 * Returns: (transfer none) (nullable): what stands for the node there: itself or a group; %NULL where it is elsewhere
 */
StrataDocNode *
strata_doc_node_get_unit (StrataDocNode *self,
                          StrataDocNode *scope)
{
  StrataDocNode *node = self;

  while (node != NULL && node->group != scope)
    node = node->group;
  return node;
}

/**
 * strata_doc_node_get_n_inside:
 *
 * Returns: how many layers are in a group, however deep
 */
guint
strata_doc_node_get_n_inside (StrataDocNode *self)
{
  return self->n_inside;
}

/**
 * strata_doc_node_get_entry: (skip)
 *
 * Returns: (nullable): what an input of a group stands for
 */
const StrataDocEntry *
strata_doc_node_get_entry (StrataDocNode *self,
                           guint          input)
{
  return self->is_group && input < self->entries->len ? &g_array_index (self->entries, StrataDocEntry, input) : NULL;
}

/**
 * strata_doc_node_get_exit: (skip)
 *
 * Returns: (nullable): what an output of a group stands for
 */
const StrataDocEnd *
strata_doc_node_get_exit (StrataDocNode *self,
                          guint          output)
{
  return self->is_group && output < self->exits->len ? &g_array_index (self->exits, StrataDocEnd, output) : NULL;
}

/**
 * strata_doc_node_find_entry: (skip)
 * @input: (out): by which input of the group the output @port of @source comes in
 */
gboolean
strata_doc_node_find_entry (StrataDocNode *self,
                            StrataDocNode *source,
                            guint          port,
                            guint         *input)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      StrataDocEntry *entry = &g_array_index (self->entries, StrataDocEntry, i);

      if (entry->source.node != source || entry->source.port != port)
        continue;
      *input = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * strata_doc_node_find_exit: (skip)
 * @output: (out): by which output of the group the output @port of @inner leaves
 */
gboolean
strata_doc_node_find_exit (StrataDocNode *self,
                           StrataDocNode *inner,
                           guint          port,
                           guint         *output)
{
  for (guint i = 0; i < self->exits->len; i++)
    {
      StrataDocEnd *end = &g_array_index (self->exits, StrataDocEnd, i);

      if (end->node != inner || end->port != port)
        continue;
      *output = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * strata_document_get_groups:
 *
 * Returns: (transfer none) (element-type StrataDocNode): all groups, in order of making
 */
const GPtrArray *
strata_document_get_groups (StrataDocument *self)
{
  return self->groups;
}

/**
 * strata_document_dup_units:
 * @scope: (nullable): a group, or %NULL for the whole network
 *
 * Returns: (transfer full) (element-type StrataDocNode): the nodes and groups that one sees there, in order of making
 */
GPtrArray *
strata_document_dup_units (StrataDocument *self,
                           StrataDocNode  *scope)
{
  GPtrArray *units = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->nodes->len; i++)
    if (((StrataDocNode *) g_ptr_array_index (self->nodes, i))->group == scope)
      g_ptr_array_add (units, g_object_ref (g_ptr_array_index (self->nodes, i)));
  for (guint i = 0; i < self->groups->len; i++)
    if (((StrataDocNode *) g_ptr_array_index (self->groups, i))->group == scope)
      g_ptr_array_add (units, g_object_ref (g_ptr_array_index (self->groups, i)));
  return units;
}

/**
 * strata_document_dup_inside:
 * @nodes: (element-type StrataDocNode): some nodes and groups
 *
 * Returns: (transfer full) (element-type StrataDocNode): them, and all that is in the groups among them
 */
GPtrArray *
strata_document_dup_inside (StrataDocument  *self,
                            const GPtrArray *nodes)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const GPtrArray *lists[] = { self->groups, self->nodes };

  for (guint i = 0; i < nodes->len; i++)
    if (g_hash_table_add (seen, g_ptr_array_index (nodes, i)))
      g_ptr_array_add (all, g_object_ref (g_ptr_array_index (nodes, i)));
  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++)
      {
        StrataDocNode *node = g_ptr_array_index (lists[list], i);
        StrataDocNode *group = node->group;

        while (group != NULL && !g_hash_table_contains (seen, group))
          group = group->group;
        if (group != NULL && g_hash_table_add (seen, node))
          g_ptr_array_add (all, g_object_ref (node));
      }
  return all;
}

/* Units by those that lead to them: the list of each has one once for each wire. */
static GHashTable *
link_units (StrataDocument *self,
            StrataDocNode  *scope,
            GHashTable     *waiting)
{
  GHashTable *links = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < self->wires->len; i++)
    {
      StrataDocNode *from = strata_doc_node_get_unit (strata_doc_wire_get_from (g_ptr_array_index (self->wires, i)),
                                                      scope);
      StrataDocNode *to = strata_doc_node_get_unit (strata_doc_wire_get_to (g_ptr_array_index (self->wires, i)), scope);
      GPtrArray *followers;

      if (from == NULL || to == NULL || from == to)
        continue;
      followers = g_hash_table_lookup (links, from);
      if (followers == NULL)
        {
          followers = g_ptr_array_new ();
          g_hash_table_insert (links, from, followers);
        }
      g_ptr_array_add (followers, to);
      g_hash_table_insert (waiting, to, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (waiting, to)) + 1));
    }
  return links;
}

/**
 * strata_document_dup_sorted_units: (skip)
 * @scope: (nullable): a group, or %NULL for the whole network
 * @has_cycle: (out) (optional): whether data leaves a group and comes back into it
 *
 * Returns: (transfer full) (element-type StrataDocNode): what one sees there, each after all that lead to it
 */
GPtrArray *
strata_document_dup_sorted_units (StrataDocument *self,
                                  StrataDocNode  *scope,
                                  gboolean       *has_cycle)
{
  g_autoptr (GPtrArray) units = strata_document_dup_units (self, scope);
  g_autoptr (GHashTable) waiting = g_hash_table_new (NULL, NULL), links = link_units (self, scope, waiting);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < units->len; i++)
    if (!g_hash_table_contains (waiting, g_ptr_array_index (units, i)))
      g_ptr_array_add (sorted, g_object_ref (g_ptr_array_index (units, i)));
  for (guint i = 0; i < sorted->len; i++)
    {
      GPtrArray *followers = g_hash_table_lookup (links, g_ptr_array_index (sorted, i));

      for (guint j = 0; followers != NULL && j < followers->len; j++)
        {
          StrataDocNode *to = g_ptr_array_index (followers, j);
          guint left = GPOINTER_TO_UINT (g_hash_table_lookup (waiting, to)) - 1;

          g_hash_table_insert (waiting, to, GUINT_TO_POINTER (left));
          if (left == 0)
            g_ptr_array_add (sorted, g_object_ref (to));
        }
    }
  if (has_cycle != NULL)
    *has_cycle = sorted->len < units->len;
  return sorted;
}

/* What the analysis finds out about groups */

static void
add_entry (StrataDocNode *group,
           StrataDocNode *source,
           guint          source_port,
           StrataDocNode *inner,
           guint          inner_port)
{
  StrataDocEntry entry = { { source, source_port }, { inner, inner_port } };
  guint input;

  if (source != NULL && strata_doc_node_find_entry (group, source, source_port, &input))
    return;
  g_array_append_val (group->entries, entry);
}

static void
add_exit (StrataDocNode *group,
          StrataDocNode *inner,
          guint          port)
{
  StrataDocEnd end = { inner, port };
  guint output;

  if (!strata_doc_node_find_exit (group, inner, port, &output))
    g_array_append_val (group->exits, end);
}

static void
note_incoming (StrataDocument *self,
               StrataDocNode  *node)
{
  guint n_inputs = strata_doc_node_get_n_inputs (node);
  g_autoptr (GPtrArray) incoming = strata_document_dup_wires_of (self, node, TRUE);

  for (guint port = 0; port < n_inputs; port++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < incoming->len; i++)
        {
          StrataDocWire *wire = g_ptr_array_index (incoming, i);
          StrataDocNode *from = strata_doc_wire_get_from (wire);

          if (strata_doc_wire_get_to_port (wire) != port)
            continue;
          found = TRUE;
          for (StrataDocNode *group = node->group; group != NULL && !strata_doc_node_is_in (from, group);
               group = group->group)
            add_entry (group, from, strata_doc_wire_get_from_port (wire), node, port);
        }
      for (StrataDocNode *group = found ? NULL : node->group; group != NULL; group = group->group)
        add_entry (group, NULL, 0, node, port);
    }
}

static void
note_outgoing (StrataDocNode *node)
{
  for (guint i = 0; i < node->outgoing->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (node->outgoing, i);
      StrataDocNode *to = strata_doc_wire_get_to (wire);

      for (StrataDocNode *group = node->group; group != NULL && !strata_doc_node_is_in (to, group);
           group = group->group)
        add_exit (group, node, strata_doc_wire_get_from_port (wire));
    }
  for (StrataDocNode *group = node->outgoing->len == 0 ? node->group : NULL; group != NULL; group = group->group)
    add_exit (group, node, 0);
}

/* What the settings name as an output leaves its groups, even where something follows it. */
static void
note_named_outputs (StrataDocument *self)
{
  JsonNode *setting = strata_document_get_setting (self, "outputs");
  JsonArray *array = setting != NULL && JSON_NODE_HOLDS_ARRAY (setting) ? json_node_get_array (setting) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *end = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      StrataDocNode *node = end != NULL && json_array_get_length (end) == 2
                              ? strata_document_get_node (self, (guint) json_array_get_int_element (end, 0)) : NULL;

      if (node == NULL || node->is_group)
        continue;
      for (StrataDocNode *group = node->group; group != NULL; group = group->group)
        add_exit (group, node, (guint) json_array_get_int_element (end, 1));
    }
}

static void
clear_group (StrataDocNode *group)
{
  g_array_set_size (group->entries, 0);
  g_array_set_size (group->exits, 0);
  g_array_set_size (group->input_specs, 0);
  g_array_set_size (group->output_specs, 0);
  g_ptr_array_set_size (group->diagnostics, 0);
  group->n_params = group->n_trainable = group->multiply_adds = 0;
  group->n_inside = 0;
  group->revision++;
}

static void
add_counts (StrataDocNode *node,
            GHashTable    *counted)
{
  gboolean first = g_hash_table_add (counted, node->layer);

  for (StrataDocNode *group = node->group; group != NULL; group = group->group)
    {
      group->multiply_adds += node->multiply_adds;
      group->n_inside++;
      if (first && node->n_params > 0)
        {
          group->n_params += node->n_params;
          group->n_trainable += node->n_trainable;
        }
      for (guint i = 0; i < node->diagnostics->len; i++)
        g_ptr_array_add (group->diagnostics, strata_diagnostic_ref (g_ptr_array_index (node->diagnostics, i)));
    }
}

/**
 * strata_document_survey_groups: (skip)
 *
 * Works out the ports, shapes, counts and problems of groups from what is in them.
 */
void
strata_document_survey_groups (StrataDocument *self)
{
  g_autoptr (GHashTable) counted = g_hash_table_new (NULL, NULL);

  if (self->groups->len == 0)
    return;
  for (guint i = 0; i < self->groups->len; i++)
    clear_group (g_ptr_array_index (self->groups, i));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      if (node->group == NULL)
        continue;
      note_incoming (self, node);
      note_outgoing (node);
      add_counts (node, counted);
    }
  note_named_outputs (self);
  for (guint i = 0; i < self->groups->len; i++)
    {
      StrataDocNode *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->entries->len; j++)
        {
          StrataDocEnd *source = &g_array_index (group->entries, StrataDocEntry, j).source;
          const StrataSpec *spec = source->node != NULL
                                   ? strata_doc_node_get_output_spec (source->node, source->port) : NULL;

          if (spec == NULL)
            break;
          g_array_append_val (group->input_specs, *spec);
        }
      for (guint j = 0; j < group->exits->len; j++)
        {
          StrataDocEnd *end = &g_array_index (group->exits, StrataDocEnd, j);
          const StrataSpec *spec = strata_doc_node_get_output_spec (end->node, end->port);

          if (spec == NULL)
            break;
          g_array_append_val (group->output_specs, *spec);
        }
    }
}

/**
 * strata_document_set_place:
 * @group: (nullable): the group that is looked into
 *
 * New nodes are made in that group from now on. This is no step.
 */
void
strata_document_set_place (StrataDocument *self,
                           StrataDocNode  *group)
{
  self->place = group;
}

StrataDocNode *
strata_document_get_place (StrataDocument *self)
{
  return self->place;
}
