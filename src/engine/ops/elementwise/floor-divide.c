/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (floor_divide, 2, floorf (x / y))

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (floor_divide, 2, NULL)
#endif
