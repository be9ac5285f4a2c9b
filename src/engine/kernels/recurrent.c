/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/recurrent.h"

#include "kernels/isa.h"

STRATA_ISA_DECLARE (const StrataRecurrentKernel, strata_recurrent_kernel)

const StrataRecurrentKernel *
strata_recurrent_get_kernel (void)
{
  static const StrataRecurrentKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_recurrent_kernel);

  return kernels[strata_isa_get ()];
}
