/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/recurrent-op.h"

/* Inputs: recurrent kernel, h, states, gates, gradient of states; then a mask, if any. */
enum
{
  KERNEL,
  H,
  STATES,
  GATES,
  DSTATES,
  MASK,
};

static gboolean
gru_backward_infer (StrataNode  *node,
                    GError     **error)
{
  StrataShape given = *strata_node_shape (node, GATES);

  given.dims[2] = strata_node_shape (node, KERNEL)->dims[1];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &given);
  strata_node_set_output (node, 1, STRATA_FLOAT32, &given);
  strata_node_set_output (node, 2, STRATA_FLOAT32, strata_node_shape (node, H));
  return TRUE;
}

static gsize
gru_backward_scratch (const StrataNode *node)
{
  return (strata_recurrent_get_packed_size (strata_node_shape (node, KERNEL)->dims[0], 3) +
          strata_shape_get_size (strata_node_shape (node, H))) *
         sizeof (float);
}

/* A skipped step changes nothing: its gates have no gradient, and that of the state passes. */
static void
skip_rows (const StrataRows *rows,
           const float      *mask,
           gint64            step,
           float            *dgiven,
           float            *dkept,
           float            *dh,
           const float      *passed)
{
  gint64 units = rows->units;

  for (gint64 r = 0; r < rows->rows; r++)
    if (mask[step * rows->batch + rows->first + r] == 0)
      {
        memset (dgiven + r * 3 * units, 0, 3 * units * sizeof *dgiven);
        memset (dkept + r * 3 * units, 0, 3 * units * sizeof *dkept);
        memcpy (dh + r * units, passed + r * units, units * sizeof *dh);
      }
}

static void
run_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const StrataRun *run = data;
  gint64 units = strata_node_shape (run->node, KERNEL)->dims[0];
  StrataRows rows = strata_rows_of (strata_node_shape (run->node, GATES), units, task);
  const float *mask = STRATA_ATTRS (StrataRecurrentAttrs, run->node)->masked ? run->in[MASK] : NULL;
  gint64 state_at = strata_rows_at (&rows, -1, units);
  float *passed = (float *) run->scratch + strata_recurrent_get_packed_size (units, 3) + state_at;
  StrataGruBackward step = {
    .rows = rows.rows,
    .units = units,
    .kernel = run->scratch,
    .dh = (float *) run->out[2] + state_at,
    .dpassed = mask != NULL ? passed : NULL,
  };

  memset (step.dh, 0, rows.rows * units * sizeof *step.dh);
  for (gint64 t = rows.steps - 1; t >= 0; t--)
    {
      gint64 at = strata_rows_at (&rows, t, 3 * units);

      step.gates = (const float *) run->in[GATES] + strata_rows_at (&rows, t, 4 * units);
      step.h_before = t > 0 ? (const float *) run->in[STATES] + strata_rows_at (&rows, t - 1, units)
                            : (const float *) run->in[H] + state_at;
      step.dstates = (const float *) run->in[DSTATES] + strata_rows_at (&rows, t, units);
      step.dgiven = (float *) run->out[0] + at;
      step.dkept = (float *) run->out[1] + at;
      strata_recurrent_get_kernel ()->gru_backward (&step);
      if (mask != NULL)
        skip_rows (&rows, mask, t, step.dgiven, step.dkept, step.dh, passed);
      step.dkept_after = step.dkept;
    }
  strata_gemm (FALSE, TRUE, rows.rows, units, 3 * units, step.dkept, 3 * units, run->in[KERNEL], 3 * units, 1,
               step.dh, units, NULL);
}

static void
gru_backward_run (const StrataRun *run)
{
  strata_recurrent_get_kernel ()->pack_back (strata_node_shape (run->node, KERNEL)->dims[0], 3, run->in[KERNEL],
                                             run->scratch);
  strata_pool_run (strata_rows_count_tasks (strata_node_shape (run->node, GATES)), run_rows, (gpointer) run);
}

static double
gru_backward_flops (const StrataNode *node)
{
  return 2.0 * strata_shape_get_size (&node->outputs[0].shape) * strata_node_shape (node, KERNEL)->dims[0];
}

/* Makes the gradients of what was given to the gates, of what the state gave, and of h. */
const StrataOp strata_op_gru_backward = {
  .name = "gru_backward",
  .n_inputs = -1,
  .n_outputs = 3,
  .attrs_size = sizeof (StrataRecurrentAttrs),
  .infer = gru_backward_infer,
  .scratch = gru_backward_scratch,
  .run = gru_backward_run,
  .flops = gru_backward_flops,
};
