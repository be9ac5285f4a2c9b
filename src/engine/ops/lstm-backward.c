/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/recurrent-op.h"

/* Inputs: recurrent kernel, h, c, states, cells, gates, gradient of states; then a mask and the gradient of cells, if
 * any. */
enum
{
  KERNEL,
  H,
  C,
  STATES,
  CELLS,
  GATES,
  DSTATES,
  OTHERS,
};

static gboolean
lstm_backward_infer (StrataNode  *node,
                     GError     **error)
{
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, GATES));
  strata_node_set_output (node, 1, STRATA_FLOAT32, strata_node_shape (node, H));
  strata_node_set_output (node, 2, STRATA_FLOAT32, strata_node_shape (node, C));
  return TRUE;
}

static void
add_rows (const StrataRows *rows,
          float            *sum,
          const float      *rest,
          gint64            step)
{
  const float *row = rest + strata_rows_at (rows, step, rows->units);

  for (gint64 i = 0; i < rows->rows * rows->units; i++)
    sum[i] += row[i];
}

/* A skipped step changes nothing: its gates have no gradient, and that of the states passes. */
static void
skip_rows (const StrataRows *rows,
           const float      *mask,
           gint64            step,
           float            *dgates,
           float            *dc,
           const float      *dc_passed,
           float            *dh)
{
  gint64 units = rows->units;

  for (gint64 r = 0; r < rows->rows; r++)
    if (mask[step * rows->batch + rows->first + r] == 0)
      {
        memset (dgates + r * 4 * units, 0, 4 * units * sizeof *dgates);
        memcpy (dc + r * units, dc_passed + r * units, units * sizeof *dc);
      }
    else
      memset (dh + r * units, 0, units * sizeof *dh);
}

static gsize
lstm_backward_scratch (const StrataNode *node)
{
  return (strata_recurrent_get_packed_size (strata_node_shape (node, KERNEL)->dims[0], 4) +
          strata_shape_get_size (strata_node_shape (node, H))) *
         sizeof (float);
}

static void
run_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const StrataRun *run = data;
  const StrataRecurrentAttrs *attrs = STRATA_ATTRS (StrataRecurrentAttrs, run->node);
  gint64 units = strata_node_shape (run->node, KERNEL)->dims[0];
  StrataRows rows = strata_rows_of (strata_node_shape (run->node, GATES), units, task);
  const float *mask = attrs->masked ? run->in[OTHERS] : NULL;
  const float *dcells = attrs->has_dc ? run->in[OTHERS + attrs->masked] : NULL;
  gint64 state_at = strata_rows_at (&rows, -1, units), bytes = rows.rows * units * sizeof (float);
  float *dh = (float *) run->out[1] + state_at;
  float *passed = (float *) run->scratch + strata_recurrent_get_packed_size (units, 4) + state_at;
  StrataLstmBackward step = {
    .rows = rows.rows,
    .units = units,
    .kernel = run->scratch,
    .dh = mask != NULL ? dh : NULL,
    .dc = (float *) run->out[2] + state_at,
  };

  memset (dh, 0, bytes);
  memset (step.dc, 0, bytes);
  for (gint64 t = rows.steps - 1; t >= 0; t--)
    {
      gint64 gates_at = strata_rows_at (&rows, t, 4 * units), at = strata_rows_at (&rows, t, units);

      step.gates = (const float *) run->in[GATES] + gates_at;
      step.c_before = t > 0 ? (const float *) run->in[CELLS] + strata_rows_at (&rows, t - 1, units)
                            : (const float *) run->in[C] + state_at;
      step.c = (const float *) run->in[CELLS] + at;
      step.dstates = (const float *) run->in[DSTATES] + at;
      step.dgates = (float *) run->out[0] + gates_at;
      if (dcells != NULL)
        add_rows (&rows, step.dc, dcells, t);
      if (mask != NULL)
        memcpy (passed, step.dc, bytes);
      strata_recurrent_get_kernel ()->lstm_backward (&step);
      if (mask != NULL)
        skip_rows (&rows, mask, t, step.dgates, step.dc, passed, dh);
      step.dgates_after = step.dgates;
    }
  strata_gemm (FALSE, TRUE, rows.rows, units, 4 * units, step.dgates, 4 * units, run->in[KERNEL], 4 * units, 1,
               dh, units, NULL);
}

static void
lstm_backward_run (const StrataRun *run)
{
  strata_recurrent_get_kernel ()->pack_back (strata_node_shape (run->node, KERNEL)->dims[0], 4, run->in[KERNEL],
                                             run->scratch);
  strata_pool_run (strata_rows_count_tasks (strata_node_shape (run->node, GATES)), run_rows, (gpointer) run);
}

static double
lstm_backward_flops (const StrataNode *node)
{
  return 2.0 * strata_shape_get_size (strata_node_shape (node, GATES)) * strata_node_shape (node, KERNEL)->dims[0];
}

/* Makes the gradients of what was given to the gates, of h and of c. */
const StrataOp strata_op_lstm_backward = {
  .name = "lstm_backward",
  .n_inputs = -1,
  .n_outputs = 3,
  .attrs_size = sizeof (StrataRecurrentAttrs),
  .in_place = { GATES + 1 },
  .infer = lstm_backward_infer,
  .scratch = lstm_backward_scratch,
  .run = lstm_backward_run,
  .flops = lstm_backward_flops,
};
