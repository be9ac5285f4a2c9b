/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/draw-op.h"

#include "kernels/uniform.h"

extern const StrataOp strata_op_draw_uniform;

static void
draw_uniform_run (const StrataRun *run)
{
  strata_draw_run (run, strata_uniform_fill);
}

const StrataOp strata_op_draw_uniform = {
  .name = "draw_uniform",
  .n_inputs = 0,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataDrawAttrs),
  .flags = STRATA_OP_RANDOM,
  .infer = strata_draw_infer,
  .run = draw_uniform_run,
};

/**
 * strata_draw_uniform:
 *
 * Returns: (transfer none): numbers from 0 up to but not including 1
 */
StrataValue *
strata_draw_uniform (StrataBuilder     *b,
                     const StrataShape *shape,
                     gint64             seed)
{
  return strata_draw_emit (b, &strata_op_draw_uniform, shape, seed);
}
