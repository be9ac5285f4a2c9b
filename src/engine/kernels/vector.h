/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Vectors of the widest register of the instruction set a source is compiled for. */
#if defined(__AVX512F__)
#define STRATA_VECTOR 16
#elif defined(__AVX__)
#define STRATA_VECTOR 8
#else
#define STRATA_VECTOR 4
#endif

typedef float StrataVector __attribute__ ((vector_size (STRATA_VECTOR * 4)));
typedef gint32 StrataVectorMask __attribute__ ((vector_size (STRATA_VECTOR * 4)));
typedef float StrataVectorUnaligned __attribute__ ((vector_size (STRATA_VECTOR * 4), aligned (4), may_alias));

#define STRATA_INLINE static inline __attribute__ ((always_inline))

STRATA_INLINE StrataVector
strata_vector_load (const float *p)
{
  return *(const StrataVectorUnaligned *) p;
}

STRATA_INLINE void
strata_vector_store (float       *p,
                     StrataVector v)
{
  *(StrataVectorUnaligned *) p = v;
}

/* Negative numbers become zero; NaN stays. */
STRATA_INLINE StrataVector
strata_vector_relu (StrataVector v)
{
  return (StrataVector) ((StrataVectorMask) v & ~(v < 0.0f));
}
