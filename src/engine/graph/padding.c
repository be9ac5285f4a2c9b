/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/padding.h"

#include "graph/simplify.h"
#include "graph/uses.h"
#include "kernels/gemm.h"
#include "ops/conv-op.h"
#include "ops/pool-op.h"
#include "ops/shaping.h"

/* Whether windows of @window cells still see part of the input when @n cells come beside @there. */
static gboolean
has_room (const gint64 *there,
          const gint64 *n,
          const gint64 *window,
          int           nd)
{
  for (int d = 0; d < nd; d++)
    if (there[d] + n[d + 1] >= window[d])
      return FALSE;
  return TRUE;
}

static void
add (gint64       *there,
     const gint64 *n,
     int           nd)
{
  for (int d = 0; d < nd; d++)
    there[d] += n[d + 1];
}

/* The node of padding whose margin @node could skip itself, as batch and channels get none. */
static const StrataNode *
find_padding (const StrataNode  *node,
              const gint64     **before,
              const gint64     **after)
{
  const StrataNode *pad = node->inputs[0]->node;
  int last = node->inputs[0]->shape.rank - 1;

  if (pad->op == NULL || pad->outputs[0].tensor != NULL || !strata_pad_get (pad, before, after) ||
      (*before)[0] != 0 || (*after)[0] != 0 || (*before)[last] != 0 || (*after)[last] != 0)
    return NULL;
  return pad;
}

/* A convolution, or the gradient of its kernel. */
static void
fold_into_conv (StrataNode *node)
{
  StrataConvAttrs *attrs = node->attrs;
  int nd = node->inputs[0]->shape.rank - 2;
  const gint64 *kernel = strata_node_is (node, "conv") ? node->inputs[1]->shape.dims : attrs->size, *before, *after;
  const StrataNode *pad = find_padding (node, &before, &after);
  gint64 window[STRATA_CONV_MAX_DIMS];

  if (pad == NULL)
    return;
  for (int d = 0; d < nd; d++)
    window[d] = (kernel[d] - 1) * attrs->options.dilation[d] + 1;
  if (!has_room (attrs->options.before, before, window, nd) || !has_room (attrs->options.after, after, window, nd))
    return;
  add (attrs->options.before, before, nd);
  add (attrs->options.after, after, nd);
  node->inputs[0] = pad->inputs[0];
}

/* The largest of some cells, of which none is negative, is not changed by zeros. */
static void
fold_into_pool (StrataNode *node)
{
  StrataPoolAttrs *attrs = node->attrs;
  int nd = node->inputs[0]->shape.rank - 2;
  const gint64 *before, *after;
  const StrataNode *pad = find_padding (node, &before, &after);

  if (pad == NULL || !strata_node_is (pad->inputs[0]->node, "relu") ||
      !has_room (attrs->options.before, before, attrs->options.window, nd) ||
      !has_room (attrs->options.after, after, attrs->options.window, nd))
    return;
  add (attrs->options.before, before, nd);
  add (attrs->options.after, after, nd);
  node->inputs[0] = pad->inputs[0];
}

/**
 * strata_fold_padding: (skip)
 *
 * Has convolutions and pooling leave out the zeros around their input that a
 * node before them adds: it is not needed then.
 */
void
strata_fold_padding (const GPtrArray  *nodes,
                     StrataValue     **roots,
                     guint             n_roots)
{
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  StrataUses uses;

  strata_uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);

      if (!live[id] || node->outputs[0].tensor != NULL)
        continue;
      if (strata_node_is (node, "conv") || strata_node_is (node, "conv_kernel_gradient"))
        fold_into_conv (node);
      else if (strata_node_is (node, "max_pool") && strata_uses_get_only (&uses, node->inputs[0]->node) == node)
        fold_into_pool (node);
    }
  strata_uses_clear (&uses);
}
