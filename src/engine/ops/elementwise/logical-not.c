/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (logical_not, 1, x == 0.0f ? 1.0f : 0.0f)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (logical_not, 1, NULL)
#endif
