/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/gemm.h"
#include "kernels/vector-math.h"
#include "kernels/vmath.h"

/* What becomes of sums before they are stored; for sources that are compiled for each instruction set. */

/* The activation alone. */
STRATA_INLINE StrataVector
strata_epilogue_activate (StrataEpilogueKind kind,
                          StrataVector       v)
{
  switch (kind)
    {
    case STRATA_EPILOGUE_RELU:
      return strata_vector_relu (v);
    case STRATA_EPILOGUE_RELU6:
      return strata_vector_clamp (v, 0.0f, 6.0f);
    case STRATA_EPILOGUE_SILU:
      return strata_vector_silu (v);
    case STRATA_EPILOGUE_NONE:
    default:
      return v;
    }
}

/* The same for a single number. */
static inline float
strata_epilogue_activate_one (StrataEpilogueKind kind,
                              float              v)
{
  if (kind == STRATA_EPILOGUE_SILU)
    return v * vm_sigmoid (v);
  if (kind == STRATA_EPILOGUE_RELU6)
    return vm_clamp (v, 0.0f, 6.0f);
  return kind == STRATA_EPILOGUE_RELU && v < 0.0f ? 0.0f : v;
}

STRATA_INLINE void
strata_epilogue_activate_row (const StrataEpilogueKind kind,
                              float                   *c,
                              gint64                   n)
{
  for (gint64 j = 0; j < n; j++)
    c[j] = strata_epilogue_activate_one (kind, c[j]);
}

/* To a row of @n sums, of columns @column and on: bias and activation, by loops without a choice in them, which
 * compilers turn into vectors. */
static inline void
strata_epilogue_finish_row (const StrataEpilogue *epilogue,
                            float *restrict       c,
                            gint64                column,
                            gint64                n)
{
  const float *restrict bias = epilogue->bias;

  for (gint64 j = 0; j < n && bias != NULL; j++)
    c[j] += bias[column + j];
  if (epilogue->kind == STRATA_EPILOGUE_RELU)
    strata_epilogue_activate_row (STRATA_EPILOGUE_RELU, c, n);
  else if (epilogue->kind != STRATA_EPILOGUE_NONE)
    strata_epilogue_activate_row (epilogue->kind, c, n);
}

/* To number @at of @y, in channel @channel: all of the epilogue. */
STRATA_INLINE void
strata_epilogue_store (const StrataEpilogue *epilogue,
                       float                *y,
                       gint64                at,
                       gint64                channel,
                       StrataVector          v)
{
  if (epilogue->bias != NULL)
    v += strata_vector_load (epilogue->bias + channel);
  if (epilogue->addend != NULL)
    v += strata_vector_load (epilogue->addend + at);
  strata_vector_store (y + at, strata_epilogue_activate (epilogue->kind, v));
}
