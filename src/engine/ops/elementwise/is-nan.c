/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (is_nan, 1, x != x ? 1.0f : 0.0f)

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (is_nan, 1, NULL)
#endif
