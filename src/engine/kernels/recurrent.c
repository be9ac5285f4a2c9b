/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/recurrent.h"

#include "kernels/isa.h"

/* Numbers of the widest vector of any instruction set. */
#define WIDEST 16

STRATA_ISA_DECLARE (const StrataRecurrentKernel, strata_recurrent_kernel)

const StrataRecurrentKernel *
strata_recurrent_get_kernel (void)
{
  static const StrataRecurrentKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_recurrent_kernel);

  return kernels[strata_isa_get ()];
}

/**
 * strata_recurrent_get_packed_size: (skip)
 *
 * Returns: how many numbers a packed kernel has at most
 */
gsize
strata_recurrent_get_packed_size (gint64 units,
                                  int    n_gates)
{
  return (units + WIDEST - 1) / WIDEST * WIDEST * n_gates * units;
}
