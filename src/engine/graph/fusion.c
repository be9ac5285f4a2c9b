/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/prepare.h"
#include "graph/uses.h"
#include "ops/fused.h"

/* The group that all of a node's readers are in, if they are in one. */
static guint
get_users_group (StrataUses       *self,
                 const StrataNode *node,
                 const guint      *groups)
{
  GPtrArray *users = self->users[node->id];
  guint group = STRATA_NO_GROUP;

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const StrataNode *user = g_ptr_array_index (users, i);

      if (groups[user->id] == STRATA_NO_GROUP || (i > 0 && groups[user->id] != group))
        return STRATA_NO_GROUP;
      group = groups[user->id];
    }
  return group;
}

/**
 * strata_fuse_elementwise: (skip)
 * @live: which nodes are needed
 * @prepared: which are computed beforehand
 *
 * Groups elementwise nodes that can run in one pass: a node joins its readers
 * when all of them are in one group of the same shape, computed when it is.
 * Returns: (transfer full): by node id, the id of the last node of its group
 */
guint *
strata_fuse_elementwise (const GPtrArray    *nodes,
                         StrataValue *const *roots,
                         guint               n_roots,
                         const gboolean     *live,
                         const gboolean     *prepared)
{
  guint *groups = g_new (guint, MAX (nodes->len, 1));
  g_autofree guint *registers = g_new0 (guint, MAX (nodes->len, 1));
  StrataUses uses;

  strata_uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    groups[id] = STRATA_NO_GROUP;
  for (guint id = nodes->len; id-- > 0;)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);
      guint group;

      if (!live[id] || !strata_op_is_elementwise (node->op) || node->outputs[0].tensor != NULL)
        continue;

      group = get_users_group (&uses, node, groups);
      if (group == STRATA_NO_GROUP || prepared[group] != prepared[id] ||
          registers[group] + node->n_inputs + node->op->n_outputs > STRATA_FUSED_MAX_REGISTERS ||
          !strata_shape_equal (&node->outputs[0].shape,
                               &((StrataNode *) g_ptr_array_index (nodes, group))->outputs[0].shape))
        group = id;
      groups[id] = group;
      registers[group] += node->n_inputs + node->op->n_outputs;
    }
  strata_uses_clear (&uses);
  return groups;
}
