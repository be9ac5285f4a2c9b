/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/isa.h"

#include <cblas.h>

G_BEGIN_DECLS

/**
 * StrataBlas:
 * @core: what processor its kernels are made for
 * @sgemm: cblas_sgemm(), on the calling thread alone
 *
 * OpenBLAS, loaded when first asked for.
 */
typedef struct
{
  const char *core;
  void (*sgemm) (CBLAS_ORDER     order,
                 CBLAS_TRANSPOSE trans_a,
                 CBLAS_TRANSPOSE trans_b,
                 blasint         m,
                 blasint         n,
                 blasint         k,
                 float           alpha,
                 const float    *a,
                 blasint         lda,
                 const float    *b,
                 blasint         ldb,
                 float           beta,
                 float          *c,
                 blasint         ldc);
} StrataBlas;

const StrataBlas *strata_blas_get         (void);
const char       *strata_blas_choose_core (StrataIsa   best,
                                           const char *core);

G_END_DECLS
