/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Python's remainder: it has the divisor's sign. */
STRATA_BLOCK (modulo, 2, x - floorf (x / y) * y)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (modulo, 2, NULL)
#endif
