/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/recurrent-op.h"

static gboolean
gru_infer (StrataNode  *node,
           GError     **error)
{
  const StrataShape *given = strata_node_shape (node, 0);
  StrataShape states = *given, gates = *given;

  if (!strata_recurrent_check (node, 3, 3, error))
    return FALSE;
  states.dims[2] = strata_node_shape (node, 1)->dims[0];
  gates.dims[2] = 4 * states.dims[2];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &states);
  strata_node_set_output (node, 1, STRATA_FLOAT32, &gates);
  return TRUE;
}

static gsize
gru_scratch (const StrataNode *node)
{
  return strata_recurrent_get_packed_size (strata_node_shape (node, 1)->dims[0], 3) * sizeof (float);
}

static void
run_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const StrataRun *run = data;
  gint64 units = strata_node_shape (run->node, 1)->dims[0];
  StrataRows rows = strata_rows_of (strata_node_shape (run->node, 0), units, task);
  const float *given = run->in[0], *mask = STRATA_ATTRS (StrataRecurrentAttrs, run->node)->masked ? run->in[4] : NULL;
  StrataGruStep step = {
    .rows = rows.rows,
    .units = units,
    .kernel = run->scratch,
    .bias = run->in[2],
    .h_before = (const float *) run->in[3] + strata_rows_at (&rows, -1, units),
  };

  for (gint64 t = 0; t < rows.steps; t++)
    {
      step.given = given + strata_rows_at (&rows, t, 3 * units);
      step.gates = (float *) run->out[1] + strata_rows_at (&rows, t, 4 * units);
      step.h = (float *) run->out[0] + strata_rows_at (&rows, t, units);
      strata_recurrent_get_kernel ()->gru (&step);
      strata_rows_hold (&rows, mask, t, step.h_before, step.h);
      step.h_before = step.h;
    }
}

static void
gru_run (const StrataRun *run)
{
  strata_recurrent_get_kernel ()->pack (strata_node_shape (run->node, 1)->dims[0], 3, run->in[1], run->scratch);
  strata_pool_run (strata_rows_count_tasks (strata_node_shape (run->node, 0)), run_rows, (gpointer) run);
}

static double
gru_flops (const StrataNode *node)
{
  return 2.0 * strata_shape_get_size (strata_node_shape (node, 0)) * strata_node_shape (node, 1)->dims[0];
}

static void
gru_gradient (StrataBuilder       *b,
              const StrataNode    *node,
              StrataValue *const  *grads,
              StrataValue        **input_grads)
{
  const StrataRecurrentAttrs *attrs = STRATA_ATTRS (StrataRecurrentAttrs, node);
  StrataValue *states = (StrataValue *) &node->outputs[0], *gates = (StrataValue *) &node->outputs[1], *dkept;
  StrataValue *inputs[] = { node->inputs[1], node->inputs[3], states, gates, grads[0],
                            attrs->masked ? node->inputs[4] : NULL };
  StrataValue *dgiven = strata_builder_emit (b, &strata_op_gru_backward, attrs, inputs, attrs->masked ? 6 : 5);

  if (strata_builder_has_failed (b))
    return;
  dkept = &dgiven->node->outputs[1];
  input_grads[0] = dgiven;
  input_grads[1] = strata_recurrent_kernel_gradient (b, node->inputs[3], states, dkept);
  input_grads[2] = strata_reduce_sum (b, dkept, STRATA_AXIS (0) | STRATA_AXIS (1), FALSE);
  input_grads[3] = &dgiven->node->outputs[2];
}

const StrataOp strata_op_gru = {
  .name = "gru",
  .n_inputs = -1,
  .n_outputs = 2,
  .attrs_size = sizeof (StrataRecurrentAttrs),
  .infer = gru_infer,
  .scratch = gru_scratch,
  .run = gru_run,
  .flops = gru_flops,
  .gradient = gru_gradient,
};

/**
 * strata_gru:
 * @given: of shape (time, batch, 3 units): what the input adds to the gates z, r and h, bias included
 * @kernel: of shape (units, 3 units): the recurrent kernel
 * @bias: of shape (3 units): added to what the state adds
 * @h: of shape (batch, units): the state before
 * @mask: (nullable): (time, batch): 0 where a step is skipped
 *
 * The reset gate is applied after the product, as Keras's `reset_after` does.
 * Returns: (transfer none): (time, batch, units): the state after each step
 */
StrataValue *
strata_gru (StrataBuilder *b,
            StrataValue   *given,
            StrataValue   *kernel,
            StrataValue   *bias,
            StrataValue   *h,
            StrataValue   *mask)
{
  StrataRecurrentAttrs attrs = { .masked = mask != NULL };

  return strata_builder_emit (b, &strata_op_gru, &attrs, (StrataValue *[]){ given, kernel, bias, h, mask },
                              mask != NULL ? 5 : 4);
}
