/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/uniform.h"

#include "kernels/isa.h"
#include "tensor/random.h"

STRATA_ISA_DECLARE (void, strata_uniform_kernel,
                    (guint64 key, guint64 stream, guint64 block, float *out, gsize n_groups))

/**
 * strata_uniform_fill: (skip)
 * @key: which generator
 * @stream: which stream
 * @start: index of the first element in the stream
 * @out: @n numbers from 0 up to but not including 1
 */
void
strata_uniform_fill (guint64 key,
                     guint64 stream,
                     gint64  start,
                     float  *out,
                     gsize   n)
{
  static void (*const kernels[]) (guint64, guint64, guint64, float *, gsize) = STRATA_ISA_TABLE (strata_uniform_kernel);
  gsize head = MIN (n, (gsize) (-start & 3)), groups = (n - head) / STRATA_UNIFORM_NUMBERS, done;

  strata_random_fill_uniform (key, stream, start, out, head);
  kernels[strata_isa_get ()] (key, stream, (start + head) / 4, out + head, groups);
  done = head + groups * STRATA_UNIFORM_NUMBERS;
  strata_random_fill_uniform (key, stream, start + done, out + done, n - done);
}
