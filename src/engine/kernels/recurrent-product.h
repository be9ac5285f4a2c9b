/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/recurrent.h"
#include "kernels/tile.h"
#include "kernels/vector.h"

/* Products of a few rows with a packed kernel, block by block of its columns, so
 * that what is done to the sums of a block finds them in the nearest cache. A
 * panel of a packed kernel holds, for each step of the sum, a vector or two. */
#define MAX_VECTORS 2

/* As many sums as fit the registers beside what they are made of. */
#if defined(__AVX512F__)
#define MAX_ROWS_OF_1 16
#define MAX_ROWS_OF_2 8
#else
#define MAX_ROWS_OF_1 8
#define MAX_ROWS_OF_2 6
#endif

/* Numbers of a panel that stay in the first-level cache while rows pass. */
#define PANEL_NUMBERS 4096

/* A block of columns: those of @n units, for all gates, or, backward, those of up to two vectors of units. */
typedef struct
{
  gint64 rows, units;
  int n_gates;
  StrataVector *sums; /* of a row, those of a vector of each gate or of each vector of units */
  const float *panel;
  gint64 unit;
  int n;
} Block;

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

/* Adds the product of @n_rows rows of @x with a panel to @sums, whose rows are @ld vectors apart. */
typedef struct
{
  const float *x;
  gint64 ldx;
  gint64 n_steps;
  const float *panel;
  StrataVector *sums;
  gint64 ld;
} Product;

STRATA_INLINE void
multiply (const Product *product,
          const int      n_rows,
          const int      n_vectors)
{
  StrataVector sums[MAX_ROWS_OF_1][MAX_VECTORS];
  const float *panel = product->panel, *x[MAX_ROWS_OF_1];
  const gint64 n_steps = product->n_steps;

#pragma GCC unroll 16
  for (int r = 0; r < n_rows; r++)
    {
      x[r] = product->x + r * product->ldx;
#pragma GCC unroll 2
      for (int v = 0; v < n_vectors; v++)
        sums[r][v] = product->sums[r * product->ld + v];
    }
  for (gint64 k = 0; k < n_steps; k++, panel += n_vectors * STRATA_VECTOR)
    {
      StrataVector row[MAX_VECTORS];

#pragma GCC unroll 2
      for (int v = 0; v < n_vectors; v++)
        row[v] = strata_vector_load (panel + v * STRATA_VECTOR);
#pragma GCC unroll 16
      for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 2
        for (int v = 0; v < n_vectors; v++)
          sums[r][v] += x[r][k] * row[v];
    }
#pragma GCC unroll 16
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 2
    for (int v = 0; v < n_vectors; v++)
      product->sums[r * product->ld + v] = sums[r][v];
}

#define PRODUCT(n, v) static void multiply_##n##_##v (const Product *product) { multiply (product, n, v); }
#define ENTRY(n, v) multiply_##n##_##v,
#define EACH_OF_6(F, v) F (1, v) F (2, v) F (3, v) F (4, v) F (5, v) F (6, v)
#define EACH_OF_8(F, v) EACH_OF_6 (F, v) F (7, v) F (8, v)
#define EACH_OF_16(F, v) EACH_OF_8 (F, v) F (9, v) F (10, v) F (11, v) F (12, v) F (13, v) F (14, v) F (15, v) F (16, v)
#if MAX_ROWS_OF_1 == 16
#define EACH_OF_1(F) EACH_OF_16 (F, 1)
#define EACH_OF_2(F) EACH_OF_8 (F, 2)
#else
#define EACH_OF_1(F) EACH_OF_8 (F, 1)
#define EACH_OF_2(F) EACH_OF_6 (F, 2)
#endif

EACH_OF_1 (PRODUCT)
EACH_OF_2 (PRODUCT)

static void
multiply_rows (const Block *block,
               const float *x,
               gint64       depth,
               const float *panel,
               StrataVector *sums,
               gint64       ld,
               int          n_vectors)
{
  static void (*const products[MAX_VECTORS][MAX_ROWS_OF_1]) (const Product *) = {
    { EACH_OF_1 (ENTRY) },
    { EACH_OF_2 (ENTRY) },
  };
  gint64 max_rows = n_vectors == 1 ? MAX_ROWS_OF_1 : MAX_ROWS_OF_2, width = n_vectors * STRATA_VECTOR, n_rows;
  Product product = { .ldx = depth, .ld = ld };

  for (gint64 k = 0; k < depth; k += product.n_steps)
    {
      product.n_steps = MIN (PANEL_NUMBERS / width, depth - k);
      product.panel = panel + k * width;
      for (gint64 r = 0; r < block->rows; r += n_rows)
        {
          n_rows = strata_tile_split (block->rows - r, max_rows);
          product.x = x + r * depth + k;
          product.sums = sums + r * ld;
          products[n_vectors - 1][n_rows - 1](&product);
        }
    }
}

static void
block_begin (Block       *block,
             const float *packed)
{
  block->panel = packed;
  block->unit = 0;
  block->n = MIN (STRATA_VECTOR, block->units);
}

static gboolean
block_is_any (const Block *block)
{
  return block->n > 0;
}

static void
block_next (Block *block)
{
  block->panel += block->n_gates * block->units * STRATA_VECTOR;
  block->unit += STRATA_VECTOR;
  block->n = CLAMP (block->units - block->unit, 0, STRATA_VECTOR);
}

/* Adds what the states give to the gates. */
static void
block_multiply (const Block *block,
                const float *states)
{
  for (int gate = 0; gate < block->n_gates; gate += MAX_VECTORS)
    multiply_rows (block, states, block->units, block->panel + gate * block->units * STRATA_VECTOR, block->sums + gate,
                   block->n_gates, MIN (MAX_VECTORS, block->n_gates - gate));
}

static void
pack (gint64       units,
      int          n_gates,
      const float *kernel,
      float       *packed)
{
  for (gint64 unit = 0; unit < units; unit += STRATA_VECTOR)
    for (int gate = 0; gate < n_gates; gate += MAX_VECTORS)
      for (gint64 k = 0; k < units; k++)
        for (int v = gate; v < MIN (gate + MAX_VECTORS, n_gates); v++, packed += STRATA_VECTOR)
          strata_vector_store (packed, load (kernel + (k * n_gates + v) * units + unit,
                                             MIN (STRATA_VECTOR, units - unit)));
}

static int
block_count_vectors (const Block *block)
{
  return block->n > STRATA_VECTOR ? 2 : 1;
}

static void
block_begin_back (Block       *block,
                  const float *packed)
{
  block->panel = packed;
  block->unit = 0;
  block->n = MIN (MAX_VECTORS * STRATA_VECTOR, block->units);
}

static void
block_next_back (Block *block)
{
  block->panel += block->n_gates * block->units * block_count_vectors (block) * STRATA_VECTOR;
  block->unit += MAX_VECTORS * STRATA_VECTOR;
  block->n = CLAMP (block->units - block->unit, 0, MAX_VECTORS * STRATA_VECTOR);
}

/* What comes to the states from the gates of the step after, and besides. */
static void
block_multiply_back (const Block *block,
                     const float *dgates,
                     const float *besides)
{
  int n_vectors = block_count_vectors (block);

  for (gint64 r = 0; r < block->rows; r++)
    for (int v = 0; v < n_vectors; v++)
      block->sums[r * n_vectors + v] =
        besides != NULL ? load (besides + r * block->units + block->unit + v * STRATA_VECTOR,
                                MIN (STRATA_VECTOR, block->n - v * STRATA_VECTOR))
                        : (StrataVector) { 0 };
  if (dgates != NULL)
    multiply_rows (block, dgates, block->n_gates * block->units, block->panel, block->sums, n_vectors, n_vectors);
}

static void
pack_back (gint64       units,
           int          n_gates,
           const float *kernel,
           float       *packed)
{
  gint64 depth = n_gates * units;

  for (gint64 unit = 0; unit < units; unit += MAX_VECTORS * STRATA_VECTOR)
    {
      int n = MIN (MAX_VECTORS * STRATA_VECTOR, units - unit);
      int width = n > STRATA_VECTOR ? MAX_VECTORS * STRATA_VECTOR : STRATA_VECTOR;

      strata_tile_kernel_get ()->pack (TRUE, depth, n, kernel + unit * depth, depth, packed, width);
      packed += depth * width;
    }
}
