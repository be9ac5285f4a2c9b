/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/uses.h"

/**
 * strata_uses_init: (skip)
 * @nodes: of a graph, by id
 * @live: by node id, whether it is needed
 */
void
strata_uses_init (StrataUses         *self,
                  const GPtrArray    *nodes,
                  StrataValue *const *roots,
                  guint               n_roots,
                  const gboolean     *live)
{
  self->n_nodes = nodes->len;
  self->live = live;
  self->users = g_new0 (GPtrArray *, MAX (nodes->len, 1));
  self->rooted = g_new0 (gboolean, MAX (nodes->len, 1));
  for (guint i = 0; i < n_roots; i++)
    self->rooted[roots[i]->node->id] = TRUE;
  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);

      for (guint i = 0; live[id] && node->outputs[0].tensor == NULL && i < node->n_inputs; i++)
        {
          GPtrArray **users = &self->users[node->inputs[i]->node->id];

          if (*users == NULL)
            *users = g_ptr_array_new ();
          g_ptr_array_add (*users, node);
        }
    }
}

void
strata_uses_clear (StrataUses *self)
{
  for (guint id = 0; id < self->n_nodes; id++)
    g_clear_pointer (&self->users[id], g_ptr_array_unref);
  g_free (self->users);
  g_free (self->rooted);
}

/**
 * strata_uses_get_only: (skip)
 *
 * Returns: (transfer none) (nullable): the one node that reads @node's result, if there is just one and no root does
 */
StrataNode *
strata_uses_get_only (StrataUses       *self,
                      const StrataNode *node)
{
  GPtrArray *users = self->users[node->id];

  if (self->rooted[node->id] || users == NULL || users->len != 1)
    return NULL;
  return g_ptr_array_index (users, 0);
}

/* Makes those who read @from read @to, a value of the same shape. */
void
strata_uses_redirect (StrataUses   *self,
                      StrataValue  *from,
                      StrataValue  *to,
                      StrataValue **roots,
                      guint         n_roots)
{
  GPtrArray *users = g_steal_pointer (&self->users[from->node->id]);

  for (guint u = 0; users != NULL && u < users->len; u++)
    {
      StrataNode *user = g_ptr_array_index (users, u);

      for (guint i = 0; i < user->n_inputs; i++)
        if (user->inputs[i] == from)
          user->inputs[i] = to;
    }
  for (guint i = 0; i < n_roots; i++)
    if (roots[i] == from)
      roots[i] = to;
  g_clear_pointer (&self->users[to->node->id], g_ptr_array_unref);
  self->users[to->node->id] = users;
  self->rooted[to->node->id] = self->rooted[from->node->id];
  self->users[from->node->id] = NULL;
}
