/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/prepare.h"

/* Variables that the program changes, and the nodes that make what they become. */
static GHashTable *
collect_assigned (StrataBuilder *builder)
{
  GHashTable *assigned = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < strata_builder_get_n_assigned (builder); i++)
    {
      StrataValue *value;

      g_hash_table_add (assigned, strata_builder_get_assigned (builder, i, &value));
      g_hash_table_add (assigned, value->node);
    }
  return assigned;
}

/**
 * strata_is_prepared: (skip)
 * @prepared: by node id, from strata_mark_prepared()
 */
gboolean
strata_is_prepared (const gboolean    *prepared,
                    const StrataValue *value)
{
  return value->tensor != NULL || prepared[value->node->id];
}

static gboolean
depends_on_prepared (const StrataNode *node,
                     const gboolean   *prepared)
{
  if (node->op->flags & STRATA_OP_RANDOM)
    return FALSE;
  for (guint i = 0; i < node->n_inputs; i++)
    if (!strata_is_prepared (prepared, node->inputs[i]))
      return FALSE;
  return TRUE;
}

/**
 * strata_mark_prepared: (skip)
 *
 * Returns: (transfer full): by node id, whether its results change only with
 *   variables that the program itself does not change
 */
gboolean *
strata_mark_prepared (StrataBuilder *builder)
{
  const GPtrArray *nodes = strata_builder_get_nodes (builder);
  g_autoptr (GHashTable) assigned = collect_assigned (builder);
  gboolean *prepared = g_new0 (gboolean, MAX (nodes->len, 1));

  for (guint id = 0; id < nodes->len; id++)
    {
      const StrataNode *node = g_ptr_array_index (nodes, id);

      if (node->op != NULL)
        prepared[id] = !g_hash_table_contains (assigned, node) && depends_on_prepared (node, prepared);
      else
        prepared[id] = node->outputs[0].tensor != NULL ||
                       (node->variable != NULL && !g_hash_table_contains (assigned, node->variable));
    }
  return prepared;
}

static guint64
sum_versions (const StrataWatch *self)
{
  guint64 sum = 1;

  for (guint i = 0; i < self->variables->len; i++)
    sum += ((const StrataVariable *) g_ptr_array_index (self->variables, i))->version;
  return sum;
}

void
strata_watch_init (StrataWatch   *self,
                   StrataBuilder *builder)
{
  const GPtrArray *nodes = strata_builder_get_nodes (builder);
  g_autoptr (GHashTable) assigned = collect_assigned (builder);

  self->variables = g_ptr_array_new ();
  self->seen = 0;
  for (guint id = 0; id < nodes->len; id++)
    {
      const StrataNode *node = g_ptr_array_index (nodes, id);

      if (node->variable != NULL && !g_hash_table_contains (assigned, node->variable))
        g_ptr_array_add (self->variables, node->variable);
    }
}

void
strata_watch_clear (StrataWatch *self)
{
  g_clear_pointer (&self->variables, g_ptr_array_unref);
}

/**
 * strata_watch_changed: (skip)
 *
 * Versions only grow, so the sum tells whether one did.
 * Returns: whether a variable may have changed since the last call
 */
gboolean
strata_watch_changed (StrataWatch *self)
{
  guint64 sum = sum_versions (self);
  gboolean changed = sum != self->seen;

  self->seen = sum;
  return changed;
}
