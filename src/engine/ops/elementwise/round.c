/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (round, 1, rintf (x))

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (round, 1, NULL)
#endif
