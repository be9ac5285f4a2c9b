/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/recurrent.h"
#include "kernels/recurrent-product.h"
#include "kernels/vector-math.h"

extern const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel);

#define LSTM_GATES 4
#define GRU_GATES 3

/* Calls @part for each row of vector @v of a block, with its sums. */
#define FOR_EACH_ROW(step, block, v, width, part)                                                              \
  for (gint64 r = 0, n = MIN (STRATA_VECTOR, (block)->n - (v) * STRATA_VECTOR); r < (step)->rows; r++)         \
    {                                                                                                          \
      const float *of_row = (const float *) ((block)->sums + r * (width) + (v));                               \
                                                                                                               \
      if (n == STRATA_VECTOR)                                                                                  \
        part (step, r, (block)->unit + (v) * STRATA_VECTOR, STRATA_VECTOR, of_row);                            \
      else                                                                                                     \
        part (step, r, (block)->unit + (v) * STRATA_VECTOR, n, of_row);                                        \
    }

/* A step of all units, block by block, in which sums of gates begin with @given, whose rows are @ld numbers of each
 * unit apart, and then go through @kind_part(). */
#define FORWARD(kind, Type, gates, given, ld)                                                               \
  static void                                                                                               \
  kind (const Type *step)                                                                                   \
  {                                                                                                         \
    StrataVector sums[STRATA_RECURRENT_ROWS * (gates)];                                                     \
    Block block = { .rows = step->rows, .units = step->units, .n_gates = (gates), .sums = sums };           \
                                                                                                            \
    for (block_begin (&block, step->kernel); block_is_any (&block); block_next (&block))                    \
      {                                                                                                     \
        block_begin_sums (&block, step->given, (ld) * step->units, (gates));                                \
        block_multiply (&block, step->h_before);                                                            \
        FOR_EACH_ROW (step, &block, 0, (gates), kind##_part)                                                \
      }                                                                                                     \
  }

/* The same backward, from the gradients @after of the step after. */
#define BACKWARD(kind, Type, gates, after)                                                                  \
  static void                                                                                               \
  kind (const Type *step)                                                                                   \
  {                                                                                                         \
    StrataVector sums[STRATA_RECURRENT_ROWS * MAX_VECTORS];                                                 \
    Block block = { .rows = step->rows, .units = step->units, .n_gates = (gates), .sums = sums };           \
                                                                                                            \
    for (block_begin_back (&block, step->kernel); block_is_any (&block); block_next_back (&block))          \
      {                                                                                                     \
        block_multiply_back (&block, step->after, step->dh);                                                \
        for (int v = 0; v < block_count_vectors (&block); v++)                                              \
          FOR_EACH_ROW (step, &block, v, block_count_vectors (&block), kind##_part)                         \
      }                                                                                                     \
  }

STRATA_INLINE void
lstm_part (const StrataLstmStep *step,
           gint64                r,
           gint64                j,
           const int             n,
           const float          *sums)
{
  gint64 units = step->units, k = r * units + j;
  float *at = step->gates + r * LSTM_GATES * units + j;
  StrataVector i = strata_vector_gate (load (sums, n)), f = strata_vector_gate (load (sums + n, n));
  StrataVector g = strata_vector_tanh (load (sums + 2 * n, n)), o = strata_vector_gate (load (sums + 3 * n, n));
  StrataVector state = f * load (step->c_before + k, n) + i * g;

  store (at, i, n);
  store (at + units, f, n);
  store (at + 2 * units, g, n);
  store (at + 3 * units, o, n);
  store (step->c + k, state, n);
  store (step->h + k, o * strata_vector_tanh (state), n);
}

FORWARD (lstm, StrataLstmStep, LSTM_GATES, given, LSTM_GATES)

STRATA_INLINE void
lstm_backward_part (const StrataLstmBackward *step,
                    gint64                    r,
                    gint64                    j,
                    const int                 n,
                    const float              *sums)
{
  gint64 units = step->units, k = r * units + j;
  const float *at = step->gates + r * LSTM_GATES * units + j;
  float *to = step->dgates + r * LSTM_GATES * units + j;
  StrataVector i = load (at, n), f = load (at + units, n), g = load (at + 2 * units, n), o = load (at + 3 * units, n);
  StrataVector shown = strata_vector_tanh (load (step->c + k, n)), dout = load (sums, n) + load (step->dstates + k, n);
  StrataVector dstate = load (step->dc + k, n) + dout * o * (1 - shown * shown);

  store (to, dstate * g * i * (1 - i), n);
  store (to + units, dstate * load (step->c_before + k, n) * f * (1 - f), n);
  store (to + 2 * units, dstate * i * (1 - g * g), n);
  store (to + 3 * units, dout * shown * o * (1 - o), n);
  store (step->dc + k, dstate * f, n);
  if (step->dh != NULL)
    store (step->dh + k, dout, n);
}

BACKWARD (lstm_backward, StrataLstmBackward, LSTM_GATES, dgates_after)

STRATA_INLINE void
gru_part (const StrataGruStep *step,
          gint64               r,
          gint64               j,
          const int            n,
          const float         *sums)
{
  gint64 units = step->units, k = r * units + j;
  const float *x = step->given + r * GRU_GATES * units + j;
  float *at = step->gates + r * 4 * units + j;
  StrataVector keep = strata_vector_gate (load (x, n) + load (sums, n));
  StrataVector use = strata_vector_gate (load (x + units, n) + load (sums + n, n));
  StrataVector kept = load (sums + 2 * n, n), value = strata_vector_tanh (load (x + 2 * units, n) + use * kept);

  store (at, keep, n);
  store (at + units, use, n);
  store (at + 2 * units, value, n);
  store (at + 3 * units, kept, n);
  store (step->h + k, keep * load (step->h_before + k, n) + (1 - keep) * value, n);
}

FORWARD (gru, StrataGruStep, GRU_GATES, bias, 0)

STRATA_INLINE void
gru_backward_part (const StrataGruBackward *step,
                   gint64                   r,
                   gint64                   j,
                   const int                n,
                   const float             *sums)
{
  gint64 units = step->units, k = r * units + j;
  const float *at = step->gates + r * 4 * units + j;
  float *dx = step->dgiven + r * GRU_GATES * units + j, *ds = step->dkept + r * GRU_GATES * units + j;
  StrataVector z = load (at, n), reset = load (at + units, n);
  StrataVector value = load (at + 2 * units, n), part = load (at + 3 * units, n);
  StrataVector dout = load (sums, n) + load (step->dstates + k, n);
  StrataVector dz = dout * (load (step->h_before + k, n) - value) * z * (1 - z);
  StrataVector dvalue = dout * (1 - z) * (1 - value * value);
  StrataVector dreset = dvalue * part * reset * (1 - reset);

  store (dx, dz, n);
  store (ds, dz, n);
  store (dx + units, dreset, n);
  store (ds + units, dreset, n);
  store (dx + 2 * units, dvalue, n);
  store (ds + 2 * units, dvalue * reset, n);
  store (step->dh + k, dout * z, n);
  if (step->dpassed != NULL)
    store (step->dpassed + k, dout, n);
}

BACKWARD (gru_backward, StrataGruBackward, GRU_GATES, dkept_after)

const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel) = {
  .pack = pack,
  .pack_back = pack_back,
  .lstm = lstm,
  .lstm_backward = lstm_backward,
  .gru = gru,
  .gru_backward = gru_backward,
};
