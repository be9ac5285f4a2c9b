/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (sign, 1, x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (sign, 1, NULL)
#endif
