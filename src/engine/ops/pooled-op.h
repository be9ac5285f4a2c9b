/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/pooled-conv.h"
#include "ops/conv-op.h"
#include "ops/pool-op.h"

G_BEGIN_DECLS

/* What a convolution that pools and the gradients of its kernel share. */

typedef struct
{
  StrataConvAttrs conv;
  StrataPoolAttrs pool;
} StrataPooledAttrs;

void strata_pooled_get_shape (const StrataPooledAttrs *attrs, const StrataShape *x, const StrataShape *kernel,
                              const StrataShape *pooled, StrataPooledConv *shape);

G_END_DECLS
