/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Abramowitz and Stegun, 9.8.1 and 9.8.2. */
static inline float
bessel_i0 (float x)
{
  float size = x < 0 ? -x : x, t = x * x * (1 / (3.75f * 3.75f)), s = 3.75f / size;
  float near = 0.0045813f, far = 0.00392377f;

  near = near * t + 0.0360768f;
  near = near * t + 0.2659732f;
  near = near * t + 1.2067492f;
  near = near * t + 3.0899424f;
  near = near * t + 3.5156229f;
  near = near * t + 1.0f;
  far = far * s - 0.01647633f;
  far = far * s + 0.02635537f;
  far = far * s - 0.02057706f;
  far = far * s + 0.00916281f;
  far = far * s - 0.00157565f;
  far = far * s + 0.00225319f;
  far = far * s + 0.01328592f;
  far = far * s + 0.39894228f;
  return size < 3.75f ? near : far * vm_exp (size) / sqrtf (size);
}

STRATA_BLOCK (bessel_i0, 1, bessel_i0 (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (bessel_i0)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_bessel_i1 (b, node->inputs[0]));
}

STRATA_ELEMENTWISE (bessel_i0, 1, bessel_i0_gradient)
#endif
