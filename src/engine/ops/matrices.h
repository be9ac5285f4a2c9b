/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Matrices, the last two dimensions, taken apart; gradients flow where Keras's do. */
StrataValue *strata_matrix_solve_system (StrataBuilder *b, StrataValue *a, StrataValue *y);
StrataValue *strata_matrix_inverse      (StrataBuilder *b, StrataValue *a);
StrataValue *strata_matrix_factor       (StrataBuilder *b, StrataValue *a, StrataValue **order, StrataValue **sign,
                                         StrataValue **log_size);
StrataValue *strata_matrix_root         (StrataBuilder *b, StrataValue *a);
StrataValue *strata_matrix_orthogonal   (StrataBuilder *b, StrataValue *a, gboolean complete, StrataValue **r);
StrataValue *strata_matrix_eigen        (StrataBuilder *b, StrataValue *a, StrataValue **vectors);
StrataValue *strata_matrix_singular     (StrataBuilder *b, StrataValue *a, StrataValue **u, StrataValue **v);

/* Parts of square matrices: the lower triangle with or without the diagonal, and the diagonal alone. */
StrataValue *strata_matrix_transposed   (StrataBuilder *b, StrataValue *a);
StrataValue *strata_matrix_mask         (StrataBuilder *b, StrataValue *a, double below, double diagonal, double above);
StrataValue *strata_matrix_from_diagonal (StrataBuilder *b, StrataValue *x);

G_END_DECLS
