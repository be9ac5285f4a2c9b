/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (less_equal, 2, x <= y ? 1.0f : 0.0f)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (less_equal, 2, NULL)
#endif
