/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/execute.h"

#include <stdlib.h>
#include <string.h>

#include "ops/fused.h"

static void
share_view (StrataNode *node)
{
  node->outputs[0].tensor = strata_tensor_reshape (node->inputs[0]->tensor, &node->outputs[0].shape);
}

/* Ops put texts into their outputs that belong to others; a tensor owns what it has. */
static void
own_texts (StrataTensor *tensor)
{
  char **texts = strata_tensor_get_data (tensor);

  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    texts[i] = g_strdup (texts[i]);
}

/**
 * strata_execute_node: (skip)
 * @node: a node whose inputs have their tensors
 * @seed: what random ops draw from
 *
 * Runs one node on its own, into new tensors.
 */
void
strata_execute_node (StrataNode *node,
                     guint64     seed)
{
  g_autofree gconstpointer *in = g_new0 (gconstpointer, MAX (node->n_inputs, 1));
  gpointer out[STRATA_MAX_OUTPUTS];
  gsize scratch = node->op->scratch != NULL ? node->op->scratch (node) : 0;
  StrataRun run = { .node = node, .in = in, .out = out, .seed = seed, .step = node->id };

  if (node->op->flags & STRATA_OP_VIEW)
    {
      share_view (node);
      return;
    }

  for (guint i = 0; i < node->n_inputs; i++)
    in[i] = strata_tensor_get_data (node->inputs[i]->tensor);
  for (int i = 0; i < node->op->n_outputs; i++)
    {
      node->outputs[i].tensor = strata_tensor_new (node->outputs[i].dtype, &node->outputs[i].shape);
      out[i] = strata_tensor_get_data (node->outputs[i].tensor);
    }

  if (scratch > 0)
    run.scratch = aligned_alloc (64, (scratch + 63) / 64 * 64);
  if (strata_op_is_elementwise (node->op))
    strata_fused_run_single (&run);
  else
    node->op->run (&run);
  free (run.scratch);
  for (int i = 0; i < node->op->n_outputs; i++)
    if (node->outputs[i].dtype == STRATA_STRING)
      own_texts (node->outputs[i].tensor);
}
