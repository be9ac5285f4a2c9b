/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/tile.h"

STRATA_ISA_DECLARE (const StrataTileKernel, strata_tile_kernel)

const StrataTileKernel *
strata_tile_kernel_get (void)
{
  static const StrataTileKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_tile_kernel);

  return kernels[strata_isa_get ()];
}
