/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/simplify.h"
#include "graph/uses.h"
#include "ops/conv.h"

/* What a node and the one that makes one of its inputs are together. */
static const struct
{
  guint input;
  gboolean (*can) (const StrataNode *node);
  void (*join) (StrataNode *node);
} pairs[] = {
  { 0, strata_conv_can_gate, strata_conv_gate },
  { 0, strata_conv_can_expand, strata_conv_expand },
  { 1, strata_conv_can_spread, strata_conv_spread },
};

/**
 * strata_fuse_neighbours: (skip)
 *
 * Has convolutions, and gradients of them, make what they see themselves, where
 * that is cheap and nothing else reads it: it stays in the cache then.
 */
void
strata_fuse_neighbours (const GPtrArray  *nodes,
                        StrataValue     **roots,
                        guint             n_roots)
{
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  StrataUses uses;

  strata_uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    for (guint i = 0; live[id] && i < G_N_ELEMENTS (pairs); i++)
      {
        StrataNode *node = g_ptr_array_index (nodes, id);

        if (pairs[i].can (node) && strata_uses_get_only (&uses, node->inputs[pairs[i].input]->node) == node)
          pairs[i].join (node);
      }
  strata_uses_clear (&uses);
}
