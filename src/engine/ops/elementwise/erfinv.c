/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Giles, Approximating the erfinv function (2012): one polynomial for the middle, one for the tails. */
static inline float
inverse (float x)
{
  float w = -vm_log ((1.0f - x) * (1.0f + x)), s = w - 2.5f, t = sqrtf (w) - 3.0f;
  float middle = 2.81022636e-08f, tail = -0.000200214257f;

  middle = middle * s + 3.43273939e-07f;
  middle = middle * s - 3.5233877e-06f;
  middle = middle * s - 4.39150654e-06f;
  middle = middle * s + 0.00021858087f;
  middle = middle * s - 0.00125372503f;
  middle = middle * s - 0.00417768164f;
  middle = middle * s + 0.246640727f;
  middle = middle * s + 1.50140941f;
  tail = tail * t + 0.000100950558f;
  tail = tail * t + 0.00134934322f;
  tail = tail * t - 0.00367342844f;
  tail = tail * t + 0.00573950773f;
  tail = tail * t - 0.0076224613f;
  tail = tail * t + 0.00943887047f;
  tail = tail * t + 1.00167406f;
  tail = tail * t + 2.83297682f;
  return x * (w == HUGE_VALF ? w : w < 5.0f ? middle : tail);
}

STRATA_BLOCK (erfinv, 1, inverse (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (erfinv)
{
  input_grads[0] = strata_multiply (b, grads[0],
                                    strata_scale (b, strata_exp (b, strata_square (b, STRATA_RESULT (node))),
                                                  0.88622692545275801));
}

STRATA_ELEMENTWISE (erfinv, 1, erfinv_gradient)
#endif
