/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/simplify.h"
#include "graph/uses.h"
#include "ops/conv.h"

/* Whether all that reads what @pooling pools is @pooling, and gradients that know the cells by it. */
static gboolean
is_only_pooled (StrataUses       *uses,
                const StrataNode *pooling)
{
  const StrataNode *conv = pooling->inputs[0]->node;
  const GPtrArray *users = uses->users[conv->id];

  for (guint u = 0; u < users->len; u++)
    if (g_ptr_array_index (users, u) != pooling &&
        !strata_conv_can_use_cells (g_ptr_array_index (users, u), pooling))
      return FALSE;
  return !uses->rooted[conv->id];
}

/**
 * strata_fuse_pooled_convs: (skip)
 *
 * Has convolutions pool what they make, and the gradients of their kernels take from them which cells were the largest,
 * where nothing else reads it: it never reaches memory then.
 */
void
strata_fuse_pooled_convs (const GPtrArray  *nodes,
                          StrataValue     **roots,
                          guint             n_roots)
{
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  StrataUses uses;

  strata_uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *pooling = g_ptr_array_index (nodes, id);

      if (live[id] && strata_conv_can_pool (pooling) && is_only_pooled (&uses, pooling))
        {
          const GPtrArray *users = uses.users[pooling->inputs[0]->node->id];

          for (guint u = 0; u < users->len; u++)
            if (g_ptr_array_index (users, u) != pooling)
              strata_conv_use_cells (g_ptr_array_index (users, u), pooling);
          strata_conv_pool (pooling);
        }
    }
  strata_uses_clear (&uses);
}
