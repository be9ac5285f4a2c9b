/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (logical_and, 2, x != 0.0f && y != 0.0f ? 1.0f : 0.0f)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (logical_and, 2, NULL)
#endif
