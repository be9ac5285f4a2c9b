/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/simplify.h"
#include "graph/uses.h"
#include "ops/conv.h"

/**
 * strata_fuse_expansions: (skip)
 *
 * Has depthwise convolutions make what they see, if that is a convolution by
 * single cells which nothing else reads: it stays in the cache then.
 */
void
strata_fuse_expansions (const GPtrArray *nodes,
                        StrataValue    **roots,
                        guint            n_roots)
{
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  StrataUses uses;

  strata_uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);

      if (live[id] && strata_node_is (node, "conv") && node->outputs[0].tensor == NULL &&
          strata_conv_can_expand (node) && strata_uses_get_only (&uses, node->inputs[0]->node) == node)
        strata_conv_expand (node);
    }
  strata_uses_clear (&uses);
}
