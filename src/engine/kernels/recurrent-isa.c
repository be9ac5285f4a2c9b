/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/recurrent.h"
#include "kernels/vector-math.h"

extern const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel);

/* A vector of numbers, or its first @n. */
STRATA_INLINE StrataVector
load (const float *p,
      const int    n)
{
  return n == STRATA_VECTOR ? strata_vector_load (p) : strata_vector_load_first (p, n);
}

STRATA_INLINE void
store (float       *p,
       StrataVector v,
       const int    n)
{
  if (n == STRATA_VECTOR)
    strata_vector_store (p, v);
  else
    strata_vector_store_first (p, n, v);
}

/* Calls @part for each vector of each row, with what is left of a row at its end. */
#define FOR_EACH_VECTOR(rows, units, part, ...)              \
  for (gint64 r = 0; r < rows; r++)                          \
    {                                                        \
      gint64 j = 0;                                          \
                                                             \
      for (; j + STRATA_VECTOR <= units; j += STRATA_VECTOR) \
        part (units, r, j, STRATA_VECTOR, __VA_ARGS__);      \
      if (j < units)                                         \
        part (units, r, j, units - j, __VA_ARGS__);          \
    }

STRATA_INLINE void
lstm_part (gint64       units,
           gint64       r,
           gint64       j,
           const int    n,
           float       *gates,
           const float *c_before,
           float       *c,
           float       *h)
{
  float *at = gates + r * 4 * units + j;
  gint64 k = r * units + j;
  StrataVector i = strata_vector_gate (load (at, n)), f = strata_vector_gate (load (at + units, n));
  StrataVector g = strata_vector_tanh (load (at + 2 * units, n)), o = strata_vector_gate (load (at + 3 * units, n));
  StrataVector state = f * load (c_before + k, n) + i * g;

  store (at, i, n);
  store (at + units, f, n);
  store (at + 2 * units, g, n);
  store (at + 3 * units, o, n);
  store (c + k, state, n);
  store (h + k, o * strata_vector_tanh (state), n);
}

static void
lstm (gint64       rows,
      gint64       units,
      float       *gates,
      const float *c_before,
      float       *c,
      float       *h)
{
  FOR_EACH_VECTOR (rows, units, lstm_part, gates, c_before, c, h)
}

STRATA_INLINE void
lstm_backward_part (gint64       units,
                    gint64       r,
                    gint64       j,
                    const int    n,
                    const float *gates,
                    const float *c_before,
                    const float *c,
                    const float *dstates,
                    float       *dh,
                    float       *dc,
                    float       *dgates)
{
  const float *at = gates + r * 4 * units + j;
  float *to = dgates + r * 4 * units + j;
  gint64 k = r * units + j;
  StrataVector i = load (at, n), f = load (at + units, n), g = load (at + 2 * units, n), o = load (at + 3 * units, n);
  StrataVector shown = strata_vector_tanh (load (c + k, n)), dout = load (dh + k, n) + load (dstates + k, n);
  StrataVector dstate = load (dc + k, n) + dout * o * (1 - shown * shown);

  store (to, dstate * g * i * (1 - i), n);
  store (to + units, dstate * load (c_before + k, n) * f * (1 - f), n);
  store (to + 2 * units, dstate * i * (1 - g * g), n);
  store (to + 3 * units, dout * shown * o * (1 - o), n);
  store (dh + k, dout, n);
  store (dc + k, dstate * f, n);
}

static void
lstm_backward (gint64       rows,
               gint64       units,
               const float *gates,
               const float *c_before,
               const float *c,
               const float *dstates,
               float       *dh,
               float       *dc,
               float       *dgates)
{
  FOR_EACH_VECTOR (rows, units, lstm_backward_part, gates, c_before, c, dstates, dh, dc, dgates)
}

STRATA_INLINE void
gru_part (gint64       units,
          gint64       r,
          gint64       j,
          const int    n,
          const float *given,
          const float *kept,
          const float *h_before,
          float       *gates,
          float       *h)
{
  const float *x = given + r * 3 * units + j, *s = kept + r * 3 * units + j;
  float *at = gates + r * 4 * units + j;
  gint64 k = r * units + j;
  StrataVector keep = strata_vector_gate (load (x, n) + load (s, n));
  StrataVector use = strata_vector_gate (load (x + units, n) + load (s + units, n)), state = load (s + 2 * units, n);
  StrataVector value = strata_vector_tanh (load (x + 2 * units, n) + use * state);

  store (at, keep, n);
  store (at + units, use, n);
  store (at + 2 * units, value, n);
  store (at + 3 * units, state, n);
  store (h + k, keep * load (h_before + k, n) + (1 - keep) * value, n);
}

static void
gru (gint64       rows,
     gint64       units,
     const float *given,
     const float *kept,
     const float *h_before,
     float       *gates,
     float       *h)
{
  FOR_EACH_VECTOR (rows, units, gru_part, given, kept, h_before, gates, h)
}

STRATA_INLINE void
gru_backward_part (gint64       units,
                   gint64       r,
                   gint64       j,
                   const int    n,
                   const float *gates,
                   const float *h_before,
                   const float *dstates,
                   float       *dh,
                   float       *dpassed,
                   float       *dgiven,
                   float       *dkept)
{
  const float *at = gates + r * 4 * units + j;
  float *dx = dgiven + r * 3 * units + j, *ds = dkept + r * 3 * units + j;
  gint64 k = r * units + j;
  StrataVector z = load (at, n), reset = load (at + units, n), value = load (at + 2 * units, n), part = load (at + 3 * units, n);
  StrataVector dout = load (dh + k, n) + load (dstates + k, n);
  StrataVector dz = dout * (load (h_before + k, n) - value) * z * (1 - z), dvalue = dout * (1 - z) * (1 - value * value);
  StrataVector dreset = dvalue * part * reset * (1 - reset);

  store (dx, dz, n);
  store (ds, dz, n);
  store (dx + units, dreset, n);
  store (ds + units, dreset, n);
  store (dx + 2 * units, dvalue, n);
  store (ds + 2 * units, dvalue * reset, n);
  store (dpassed + k, dout, n);
  store (dh + k, dout * z, n);
}

static void
gru_backward (gint64       rows,
              gint64       units,
              const float *gates,
              const float *h_before,
              const float *dstates,
              float       *dh,
              float       *dpassed,
              float       *dgiven,
              float       *dkept)
{
  FOR_EACH_VECTOR (rows, units, gru_backward_part, gates, h_before, dstates, dh, dpassed, dgiven, dkept)
}

const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel) = { lstm, lstm_backward, gru, gru_backward };
