/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/uniform.h"

#define N STRATA_UNIFORM_BLOCKS

void STRATA_ISA_NAME (strata_uniform_kernel) (guint64 key, guint64 stream, guint64 block, float *out, gsize n_groups);

/* A word as a number; it fits a signed integer, which is converted faster. */
static inline float
to_unit (guint32 word)
{
  return (gint32) (word >> 8) * 0x1p-24f;
}

/* strata_philox() with the words of many blocks side by side. */
void
STRATA_ISA_NAME (strata_uniform_kernel) (guint64 key,
                                         guint64 stream,
                                         guint64 block,
                                         float  *out,
                                         gsize   n_groups)
{
  guint32 c0[N], c1[N], c2[N], c3[N];

  for (gsize group = 0; group < n_groups; group++, block += N, out += 4 * N)
    {
      guint32 k0 = (guint32) key, k1 = (guint32) (key >> 32);

      for (int i = 0; i < N; i++)
        {
          c0[i] = (guint32) (block + i);
          c1[i] = (guint32) ((block + i) >> 32);
          c2[i] = (guint32) stream;
          c3[i] = (guint32) (stream >> 32);
        }
      for (int round = 0; round < 10; round++)
        {
          for (int i = 0; i < N; i++)
            {
              guint32 high0 = (guint32) ((guint64) 0xD2511F53u * c0[i] >> 32), low0 = 0xD2511F53u * c0[i];
              guint32 high1 = (guint32) ((guint64) 0xCD9E8D57u * c2[i] >> 32), low1 = 0xCD9E8D57u * c2[i];

              c0[i] = high1 ^ c1[i] ^ k0;
              c1[i] = low1;
              c2[i] = high0 ^ c3[i] ^ k1;
              c3[i] = low0;
            }
          k0 += 0x9E3779B9u;
          k1 += 0xBB67AE85u;
        }
      for (int i = 0; i < N; i++)
        {
          out[4 * i] = to_unit (c0[i]);
          out[4 * i + 1] = to_unit (c1[i]);
          out[4 * i + 2] = to_unit (c2[i]);
          out[4 * i + 3] = to_unit (c3[i]);
        }
    }
}
