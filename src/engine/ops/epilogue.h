/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/gemm.h"
#include "ops/op.h"

G_BEGIN_DECLS

/* What a product or convolution does to its sums: bias and addend are its third and fourth input. */
static inline StrataEpilogue
strata_run_get_epilogue (const StrataRun *run)
{
  const StrataNode *node = run->node;
  StrataEpilogue epilogue = { 0 };

  if (node->n_inputs > 2)
    epilogue.bias = run->in[2];
  if (node->n_inputs > 3)
    epilogue.addend = run->in[3];
  epilogue.kind = G_STRUCT_MEMBER (StrataEpilogueKind, node->attrs, node->op->epilogue_offset);
  return epilogue;
}

G_END_DECLS
