/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* The parts of an equation "x,y->z" of two factors, a letter a dimension. */
typedef struct
{
  char x[STRATA_MAX_RANK + 1];
  char y[STRATA_MAX_RANK + 1];
  char z[STRATA_MAX_RANK + 1];
} StrataEinsum;

gboolean     strata_einsum_parse (const char *equation, int x_rank, StrataEinsum *parts, GError **error);
StrataValue *strata_einsum       (StrataBuilder *b, const char *equation, StrataValue *x, StrataValue *y);

G_END_DECLS
