/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/recurrent-op.h"

/* Inputs: the state before the first step, the states after each, gradients of what the states gave to the gates. */
enum
{
  FIRST,
  STATES,
  DGATES,
};

static gboolean
kernel_gradient_infer (StrataNode  *node,
                       GError     **error)
{
  strata_node_set_output (node, 0, STRATA_FLOAT32,
                          &STRATA_SHAPE (strata_node_shape (node, STATES)->dims[2],
                                         strata_node_shape (node, DGATES)->dims[2]));
  return TRUE;
}

/* One product over all steps: states are read from where they are, one step behind the gates. */
static void
kernel_gradient_run (const StrataRun *run)
{
  const StrataShape *states = strata_node_shape (run->node, STATES);
  gint64 steps = states->dims[0], batch = states->dims[1], units = states->dims[2];
  gint64 columns = strata_node_shape (run->node, DGATES)->dims[2];
  const float *dgates = run->in[DGATES];

  strata_gemm (TRUE, FALSE, units, columns, batch, run->in[FIRST], units, dgates, columns, 0, run->out[0],
               columns, NULL);
  if (steps > 1)
    strata_gemm (TRUE, FALSE, units, columns, (steps - 1) * batch, run->in[STATES], units,
                 dgates + batch * columns, columns, 1, run->out[0], columns, NULL);
}

static double
kernel_gradient_flops (const StrataNode *node)
{
  return 2.0 * strata_shape_get_size (strata_node_shape (node, DGATES)) * strata_node_shape (node, STATES)->dims[2];
}

const StrataOp strata_op_recurrent_kernel_gradient = {
  .name = "recurrent_kernel_gradient",
  .n_inputs = 3,
  .n_outputs = 1,
  .infer = kernel_gradient_infer,
  .run = kernel_gradient_run,
  .flops = kernel_gradient_flops,
};

/**
 * strata_recurrent_kernel_gradient: (skip)
 * @first: of shape (batch, units)
 * @states: of shape (time, batch, units)
 * @dgates: of shape (time, batch, gates)
 *
 * Returns: (transfer none): (units, gates): the gradient of the recurrent kernel
 */
StrataValue *
strata_recurrent_kernel_gradient (StrataBuilder *b,
                                  StrataValue   *first,
                                  StrataValue   *states,
                                  StrataValue   *dgates)
{
  return strata_builder_emit (b, &strata_op_recurrent_kernel_gradient, NULL,
                              (StrataValue *[]){ first, states, dgates }, 3);
}
