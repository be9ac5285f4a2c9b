/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"
#include "graph/program-private.h"

void
strata_step_clear (StrataStep *self)
{
  g_clear_pointer (&self->fused, strata_fused_free);
  g_free (self->inputs);
  g_free (self->outputs);
  g_free (self->in);
  g_free (self->out);
}

static void
add_step (StrataProgram *self,
          StrataNode    *node,
          StrataFused   *fused,
          GPtrArray     *inputs,
          GPtrArray     *outputs)
{
  StrataStep step = { .node = node, .fused = fused, .n_inputs = inputs->len, .n_outputs = outputs->len };

  step.inputs = g_memdup2 (inputs->pdata, inputs->len * sizeof (gpointer));
  step.outputs = g_memdup2 (outputs->pdata, outputs->len * sizeof (gpointer));
  step.in = g_new0 (gconstpointer, MAX (inputs->len, 1));
  step.out = g_new0 (gpointer, MAX (outputs->len, 1));
  g_array_append_val (self->steps, step);
}

static void
add_plain_step (StrataProgram *self,
                StrataNode    *node)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new (), outputs = g_ptr_array_new ();

  for (guint i = 0; i < node->n_inputs; i++)
    g_ptr_array_add (inputs, node->inputs[i]);
  for (int i = 0; i < node->op->n_outputs; i++)
    g_ptr_array_add (outputs, &node->outputs[i]);
  add_step (self, node, NULL, inputs, outputs);
}

static gboolean
in_group (StrataValue *value,
          const guint *groups,
          guint        group)
{
  return value->tensor == NULL && groups[value->node->id] == group;
}

/* What comes from outside the chain, each once. */
static void
collect_inputs (GPtrArray   *members,
                const guint *groups,
                guint        group,
                StrataFused *fused,
                GHashTable  *registers,
                GPtrArray   *inputs)
{
  for (guint m = 0; m < members->len; m++)
    {
      StrataNode *node = g_ptr_array_index (members, m);

      for (guint i = 0; i < node->n_inputs; i++)
        {
          StrataValue *value = node->inputs[i];

          if (in_group (value, groups, group) || g_hash_table_contains (registers, value))
            continue;
          g_hash_table_insert (registers, value, GUINT_TO_POINTER (strata_fused_add_input (fused, &value->shape)));
          g_ptr_array_add (inputs, value);
        }
    }
}

static void
add_fused_step (StrataProgram  *self,
                GPtrArray      *members,
                const guint    *groups,
                const gboolean *leaves)
{
  StrataNode *last = g_ptr_array_index (members, members->len - 1);
  StrataFused *fused = strata_fused_new (&last->outputs[0].shape);
  g_autoptr (GHashTable) registers = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) inputs = g_ptr_array_new (), outputs = g_ptr_array_new ();

  collect_inputs (members, groups, last->id, fused, registers, inputs);
  for (guint m = 0; m < members->len; m++)
    {
      StrataNode *node = g_ptr_array_index (members, m);
      guint sources[8], reg;

      for (guint i = 0; i < node->n_inputs; i++)
        sources[i] = GPOINTER_TO_UINT (g_hash_table_lookup (registers, node->inputs[i]));
      reg = strata_fused_add_step (fused, node, sources);
      for (int i = 0; i < node->op->n_outputs; i++)
        {
          g_hash_table_insert (registers, &node->outputs[i], GUINT_TO_POINTER (reg + i));
          if (node != last && !leaves[node->id])
            continue;
          strata_fused_add_output (fused, reg + i);
          g_ptr_array_add (outputs, &node->outputs[i]);
        }
    }
  add_step (self, last, fused, inputs, outputs);
}

/* Nodes that something outside the graph reads: they need memory even inside a chain. */
static gboolean *
mark_roots (StrataProgram *self,
            guint          n_nodes)
{
  gboolean *roots = g_new0 (gboolean, MAX (n_nodes, 1));

  for (guint i = 0; i < self->n_outputs; i++)
    roots[strata_value_get_base (self->outputs[i])->node->id] = TRUE;
  for (guint i = 0; i < self->stores->len; i++)
    roots[strata_value_get_base (g_array_index (self->stores, StrataStore, i).value)->node->id] = TRUE;
  return roots;
}

/* The steps of nodes that are prepared, or of all others. */
static void
build_some (StrataProgram   *self,
            const GPtrArray *nodes,
            const gboolean  *live,
            const guint     *groups,
            const gboolean  *roots,
            const gboolean  *prepared,
            gboolean         which)
{
  g_autoptr (GHashTable) chains = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);
      GPtrArray *chain;

      if (!live[id] || node->op == NULL || node->outputs[0].tensor != NULL || (node->op->flags & STRATA_OP_VIEW) ||
          prepared[id] != which)
        continue;
      if (groups[id] == STRATA_NO_GROUP)
        {
          add_plain_step (self, node);
          continue;
        }
      chain = g_hash_table_lookup (chains, GUINT_TO_POINTER (groups[id]));
      if (chain == NULL)
        g_hash_table_insert (chains, GUINT_TO_POINTER (groups[id]), chain = g_ptr_array_new ());
      g_ptr_array_add (chain, node);
      if (groups[id] == id)
        add_fused_step (self, chain, groups, roots);
    }
}

/**
 * strata_program_build_steps: (skip)
 * @live: by node id, whether it is needed
 * @groups: by node id, its chain
 * @prepared: by node id, whether it need not be computed in each run
 *
 * Lists what a run does, in an order in which everything is there when needed.
 */
void
strata_program_build_steps (StrataProgram  *self,
                            const gboolean *live,
                            const guint    *groups,
                            const gboolean *prepared)
{
  const GPtrArray *nodes = strata_builder_get_nodes (self->builder);
  g_autofree gboolean *roots = mark_roots (self, nodes->len);

  self->first_prepared = self->steps->len;
  build_some (self, nodes, live, groups, roots, prepared, TRUE);
  self->end_prepared = self->steps->len;
  build_some (self, nodes, live, groups, roots, prepared, FALSE);
}
