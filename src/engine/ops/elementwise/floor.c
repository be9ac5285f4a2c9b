/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (floor, 1, floorf (x))

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (floor, 1, NULL)
#endif
