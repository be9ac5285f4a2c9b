/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/isa.h"
#include "tensor/pool.h"

#include <math.h>
#include <string.h>

/* A kernel is compared with its naive version on every instruction set of this
 * processor, and with itself, bit by bit, for one to three threads. */

#define MAX_THREADS 3

static inline gint64
pick (GRand *random,
      gint64 least,
      gint64 most)
{
  return g_rand_int_range (random, least, most + 1);
}

static inline float *
make_numbers (GRand *random,
              gint64 n)
{
  float *numbers = g_new (float, MAX (n, 1));

  for (gint64 i = 0; i < n; i++)
    numbers[i] = g_rand_int_range (random, -64, 65) / 64.0f;
  return numbers;
}

/* @scale: the size of numbers that what is summed up came from: what cancels leaves its rounding behind */
static inline void
assert_close (const float *got,
              const float *expected,
              gint64       n,
              float        scale)
{
  for (gint64 i = 0; i < n; i++)
    if (!(fabsf (got[i] - expected[i]) <= 2e-5f * (scale + fabsf (expected[i]))))
      g_error ("number %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " is %g instead of %g on %s", i, n, got[i],
               expected[i], strata_isa_get_name (strata_isa_get ()));
}

typedef void (*Compute) (gconstpointer data, float *result);

/* Checks what @compute makes of a copy of @start. */
static inline void
check_scaled (Compute       compute,
              gconstpointer data,
              const float  *start,
              const float  *expected,
              gint64        n,
              float         scale)
{
  g_autofree float *first = g_new (float, MAX (n, 1));
  g_autofree float *again = g_new (float, MAX (n, 1));

  for (int isa = 0; isa < STRATA_N_ISAS; isa++)
    {
      if (!strata_isa_set (isa))
        continue;
      for (int n_threads = 1; n_threads <= MAX_THREADS; n_threads++)
        {
          float *result = n_threads == 1 ? first : again;

          memcpy (result, start, n * sizeof (float));
          strata_pool_set_n_threads (n_threads);
          compute (data, result);
          if (n_threads == 1)
            assert_close (result, expected, n, scale);
          else
            g_assert_cmpmem (result, n * sizeof (float), first, n * sizeof (float));
        }
    }
}

static inline void
check (Compute       compute,
       gconstpointer data,
       const float  *start,
       const float  *expected,
       gint64        n)
{
  check_scaled (compute, data, start, expected, n, 1);
}
