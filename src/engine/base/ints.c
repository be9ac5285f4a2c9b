/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/ints.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (StrataInts, strata_ints, strata_ints_copy, g_free)

StrataInts *
strata_ints_copy (const StrataInts *self)
{
  return g_memdup2 (self, sizeof *self);
}

gboolean
strata_ints_equal (const StrataInts *a,
                   const StrataInts *b)
{
  return a->n == b->n && a->scalar == b->scalar &&
         (a->n <= 0 || memcmp (a->v, b->v, a->n * sizeof a->v[0]) == 0);
}
