/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataEpilogueKind:
 *
 * What is done to each number of a product before it is stored.
 */
typedef enum
{
  STRATA_EPILOGUE_NONE,
  STRATA_EPILOGUE_RELU,
  STRATA_EPILOGUE_RELU6,
  STRATA_EPILOGUE_SILU,
} StrataEpilogueKind;

/**
 * StrataEpilogue:
 * @bias: (nullable): a number a column, added first
 * @kind: the activation, which comes last
 * @addend: (nullable): a number for each result, added before the activation;
 *   laid out like the results, and maybe the same memory
 */
typedef struct
{
  const float *bias;
  StrataEpilogueKind kind;
  const float *addend;
} StrataEpilogue;

void strata_gemm         (gboolean              trans_a,
                          gboolean              trans_b,
                          gint64                m,
                          gint64                n,
                          gint64                k,
                          const float          *a,
                          gint64                lda,
                          const float          *b,
                          gint64                ldb,
                          float                 beta,
                          float                *c,
                          gint64                ldc,
                          const StrataEpilogue *epilogue);
void strata_gemm_gated   (gint64                n_batch,
                          gint64                m,
                          gint64                n,
                          gint64                k,
                          const float          *a,
                          const float          *gates,
                          const float          *b,
                          float                *c,
                          const StrataEpilogue *epilogue);
void strata_gemm_batched (gboolean              trans_a,
                          gboolean              trans_b,
                          gint64                n_batch,
                          gint64                m,
                          gint64                n,
                          gint64                k,
                          const float          *a,
                          gint64                lda,
                          gint64                stride_a,
                          const float          *b,
                          gint64                ldb,
                          gint64                stride_b,
                          float                 beta,
                          float                *c,
                          gint64                ldc,
                          gint64                stride_c,
                          const StrataEpilogue *epilogue);

G_END_DECLS
