/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/recurrent-op.h"

static gboolean
lstm_infer (StrataNode  *node,
            GError     **error)
{
  const StrataShape *given = strata_node_shape (node, 0);
  StrataShape states = *given;

  if (!strata_recurrent_check (node, 4, 2, error))
    return FALSE;
  states.dims[2] = strata_node_shape (node, 1)->dims[0];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &states);
  strata_node_set_output (node, 1, STRATA_FLOAT32, &states);
  strata_node_set_output (node, 2, STRATA_FLOAT32, given);
  return TRUE;
}

static gsize
lstm_scratch (const StrataNode *node)
{
  return strata_recurrent_get_packed_size (strata_node_shape (node, 1)->dims[0], 4) * sizeof (float);
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
  StrataLstmStep step = {
    .rows = rows.rows,
    .units = units,
    .kernel = run->scratch,
    .h_before = (const float *) run->in[2] + strata_rows_at (&rows, -1, units),
    .c_before = (const float *) run->in[3] + strata_rows_at (&rows, -1, units),
  };

  for (gint64 t = 0; t < rows.steps; t++)
    {
      gint64 gates_at = strata_rows_at (&rows, t, 4 * units), at = strata_rows_at (&rows, t, units);

      step.given = given + gates_at;
      step.gates = (float *) run->out[2] + gates_at;
      step.h = (float *) run->out[0] + at;
      step.c = (float *) run->out[1] + at;
      strata_recurrent_get_kernel ()->lstm (&step);
      strata_rows_hold (&rows, mask, t, step.h_before, step.h);
      strata_rows_hold (&rows, mask, t, step.c_before, step.c);
      step.h_before = step.h;
      step.c_before = step.c;
    }
}

static void
lstm_run (const StrataRun *run)
{
  strata_recurrent_get_kernel ()->pack (strata_node_shape (run->node, 1)->dims[0], 4, run->in[1], run->scratch);
  strata_pool_run (strata_rows_count_tasks (strata_node_shape (run->node, 0)), run_rows, (gpointer) run);
}

static double
lstm_flops (const StrataNode *node)
{
  return 2.0 * strata_shape_get_size (strata_node_shape (node, 0)) * strata_node_shape (node, 1)->dims[0];
}

static void
lstm_gradient (StrataBuilder       *b,
               const StrataNode    *node,
               StrataValue *const  *grads,
               StrataValue        **input_grads)
{
  StrataRecurrentAttrs attrs = *STRATA_ATTRS (StrataRecurrentAttrs, node);
  StrataValue *outputs[3], *inputs[9], *dgates;
  guint n = 0;

  for (int i = 0; i < 3; i++)
    outputs[i] = (StrataValue *) &node->outputs[i];
  for (int i = 1; i < 4; i++)
    inputs[n++] = node->inputs[i];
  for (int i = 0; i < 3; i++)
    inputs[n++] = outputs[i];
  inputs[n++] = grads[0] != NULL ? grads[0] : strata_broadcast_to (b, strata_builder_scalar (b, 0), &outputs[0]->shape);
  if (attrs.masked)
    inputs[n++] = node->inputs[4];
  attrs.has_dc = grads[1] != NULL;
  if (attrs.has_dc)
    inputs[n++] = grads[1];

  dgates = strata_builder_emit (b, &strata_op_lstm_backward, &attrs, inputs, n);
  if (strata_builder_has_failed (b))
    return;
  input_grads[0] = dgates;
  input_grads[1] = strata_recurrent_kernel_gradient (b, node->inputs[2], outputs[0], dgates);
  input_grads[2] = &dgates->node->outputs[1];
  input_grads[3] = &dgates->node->outputs[2];
}

const StrataOp strata_op_lstm = {
  .name = "lstm",
  .n_inputs = -1,
  .n_outputs = 3,
  .attrs_size = sizeof (StrataRecurrentAttrs),
  .in_place = { 0, 0, 1 },
  .infer = lstm_infer,
  .scratch = lstm_scratch,
  .run = lstm_run,
  .flops = lstm_flops,
  .gradient = lstm_gradient,
};

/**
 * strata_lstm:
 * @given: of shape (time, batch, 4 units): what the input adds to the gates i, f, c and o, bias included
 * @kernel: of shape (units, 4 units): the recurrent kernel
 * @h: of shape (batch, units): the state before
 * @c: of shape (batch, units): the cell state before
 * @mask: (nullable): (time, batch): 0 where a step is skipped
 * @cells: (out): (time, batch, units): the cell state after each step
 *
 * Returns: (transfer none): (time, batch, units): the state after each step
 */
StrataValue *
strata_lstm (StrataBuilder  *b,
             StrataValue    *given,
             StrataValue    *kernel,
             StrataValue    *h,
             StrataValue    *c,
             StrataValue    *mask,
             StrataValue   **cells)
{
  StrataRecurrentAttrs attrs = { .masked = mask != NULL };
  StrataValue *states = strata_builder_emit (b, &strata_op_lstm, &attrs, (StrataValue *[]){ given, kernel, h, c, mask },
                                             mask != NULL ? 5 : 4);

  *cells = strata_builder_has_failed (b) ? states : &states->node->outputs[1];
  return states;
}
