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

  return (StrataEpilogue){
    .bias = node->n_inputs > 2 ? run->in[2] : NULL,
    .addend = node->n_inputs > 3 ? run->in[3] : NULL,
    .kind = G_STRUCT_MEMBER (StrataEpilogueKind, node->attrs, node->op->epilogue_offset),
  };
}

G_END_DECLS
