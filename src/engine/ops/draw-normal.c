/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/draw-op.h"

#include "tensor/random.h"

extern const StrataOp strata_op_draw_normal;

static void
draw_normal_run (const StrataRun *run)
{
  strata_draw_run (run, strata_random_fill_normal);
}

const StrataOp strata_op_draw_normal = {
  .name = "draw_normal",
  .n_inputs = 0,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataDrawAttrs),
  .flags = STRATA_OP_RANDOM,
  .infer = strata_draw_infer,
  .run = draw_normal_run,
};

/**
 * strata_draw_normal:
 *
 * Returns: (transfer none): numbers of mean 0 and standard deviation 1
 */
StrataValue *
strata_draw_normal (StrataBuilder     *b,
                    const StrataShape *shape,
                    gint64             seed)
{
  return strata_draw_emit (b, &strata_op_draw_normal, shape, seed);
}
