/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Abramowitz and Stegun, 9.8.3 and 9.8.4. */
static inline float
bessel_i1 (float x)
{
  float size = x < 0 ? -x : x, t = x * x * (1 / (3.75f * 3.75f)), s = 3.75f / size;
  float near = 0.00032411f, far = -0.00420059f;

  near = near * t + 0.00301532f;
  near = near * t + 0.02658733f;
  near = near * t + 0.15084934f;
  near = near * t + 0.51498869f;
  near = near * t + 0.87890594f;
  near = near * t + 0.5f;
  far = far * s + 0.01787654f;
  far = far * s - 0.02895312f;
  far = far * s + 0.02282967f;
  far = far * s - 0.01031555f;
  far = far * s + 0.00163801f;
  far = far * s - 0.00362018f;
  far = far * s - 0.03988024f;
  far = far * s + 0.39894228f;
  far = far * vm_exp (size) / sqrtf (size);
  return size < 3.75f ? x * near : x < 0 ? -far : far;
}

STRATA_BLOCK (bessel_i1, 1, bessel_i1 (x))

#if STRATA_ISA_IS_BASE
/* I₀ less I₁ divided by x, which is a half at 0. */
STRATA_GRADIENT (bessel_i1)
{
  StrataValue *x = node->inputs[0], *zero = strata_equal (b, x, strata_builder_scalar (b, 0));
  StrataValue *part = strata_where (b, zero, strata_builder_scalar (b, 0.5),
                                    strata_divide_no_nan (b, STRATA_RESULT (node), x));

  input_grads[0] = strata_multiply (b, grads[0], strata_subtract (b, strata_bessel_i0 (b, x), part));
}

STRATA_ELEMENTWISE (bessel_i1, 1, bessel_i1_gradient)
#endif
