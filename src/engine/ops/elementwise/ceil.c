/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (ceil, 1, ceilf (x))

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE (ceil, 1, NULL)
#endif
