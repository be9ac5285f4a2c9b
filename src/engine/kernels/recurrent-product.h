/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

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

/* Backward, up to so many units at the end are not worth a vector: each sum is taken by itself, along its steps. */
#define MAX_NARROW 4

/* A block of columns: those of @n units, for all gates, or, backward, those of up to two vectors of units. */
typedef struct
{
  gint64 rows, units;
  int n_gates;
  StrataVector *sums; /* of a row, the @n of each gate, one gate after the other without gaps; or those of each unit */
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

/* Vectors of all gates of @n units: fewer than gates where there are but few units. */
static int
count_vectors (int n,
               int n_gates)
{
  return (n * n_gates + STRATA_VECTOR - 1) / STRATA_VECTOR;
}

STRATA_INLINE void
begin_sums (const Block *block,
            const float *given,
            gint64       ld,
            const int    n_gates,
            const int    n)
{
  const gint64 units = block->units, rows = block->rows;
  float *sums = (float *) block->sums;

  for (gint64 r = 0; r < rows; r++, sums += n_gates * STRATA_VECTOR)
#pragma GCC unroll 4
    for (int gate = 0; gate < n_gates; gate++)
      store (sums + gate * n, load (given + r * ld + gate * units + block->unit, n), n);
}

/* Sums begin with numbers of the gates, of which the rows are @ld apart. */
STRATA_INLINE void
block_begin_sums (const Block *block,
                  const float *given,
                  gint64       ld,
                  const int    n_gates)
{
  if (block->n == STRATA_VECTOR)
    {
      begin_sums (block, given, ld, n_gates, STRATA_VECTOR);
      return;
    }
  memset (block->sums, 0, block->rows * n_gates * sizeof *block->sums);
  begin_sums (block, given, ld, n_gates, block->n);
}

/* Adds what the states give to the gates. */
static void
block_multiply (const Block *block,
                const float *states)
{
  int n_vectors = block->n == STRATA_VECTOR ? block->n_gates : count_vectors (block->n, block->n_gates);

  for (int v = 0; v < n_vectors; v += MAX_VECTORS)
    multiply_rows (block, states, block->units, block->panel + v * block->units * STRATA_VECTOR, block->sums + v,
                   block->n_gates, MIN (MAX_VECTORS, n_vectors - v));
}

/* Vector @v of the gates of @n units, from a row of the kernel. */
static StrataVector
take_vector (const float *row,
             gint64       units,
             int          n,
             int          n_gates,
             int          v)
{
  StrataVector numbers = { 0 };

  if (n == STRATA_VECTOR)
    return strata_vector_load (row + v * units);
  for (int i = 0, column = v * STRATA_VECTOR; i < STRATA_VECTOR && column < n * n_gates; i++, column++)
    numbers[i] = row[column / n * units + column % n];
  return numbers;
}

static void
pack (gint64       units,
      int          n_gates,
      const float *kernel,
      float       *packed)
{
  for (gint64 unit = 0; unit < units; unit += STRATA_VECTOR)
    {
      int n = MIN (STRATA_VECTOR, units - unit), n_vectors = count_vectors (n, n_gates);

      for (int first = 0; first < n_vectors; first += MAX_VECTORS)
        for (gint64 k = 0; k < units; k++)
          for (int v = first; v < MIN (first + MAX_VECTORS, n_vectors); v++, packed += STRATA_VECTOR)
            strata_vector_store (packed, take_vector (kernel + k * n_gates * units + unit, units, n, n_gates, v));
    }
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

/* Vectors of @n units that are multiplied as such. */
static int
count_whole (int n)
{
  return n / STRATA_VECTOR + (n % STRATA_VECTOR > MAX_NARROW);
}

/* The units that are not part of a vector. */
static void
multiply_narrow (const Block *block,
                 const float *x,
                 gint64       depth,
                 const float *kernel,
                 int          first)
{
  strata_vector_narrow (block->rows, block->n - first, depth, x, depth, kernel, depth, (float *) block->sums + first,
                        block_count_vectors (block) * STRATA_VECTOR);
}

/* What comes to the states from the gates of the step after, and besides. */
static void
block_multiply_back (const Block *block,
                     const float *dgates,
                     const float *besides)
{
  int n_vectors = block_count_vectors (block), n_whole = count_whole (block->n);
  gint64 depth = block->n_gates * block->units;

  for (gint64 r = 0; r < block->rows; r++)
    for (int v = 0; v < n_vectors; v++)
      block->sums[r * n_vectors + v] =
        besides != NULL ? load (besides + r * block->units + block->unit + v * STRATA_VECTOR,
                                MIN (STRATA_VECTOR, block->n - v * STRATA_VECTOR))
                        : (StrataVector) { 0 };
  if (dgates == NULL)
    return;
  if (n_whole > 0)
    multiply_rows (block, dgates, depth, block->panel, block->sums, n_vectors, n_whole);
  multiply_narrow (block, dgates, depth, block->panel + n_whole * STRATA_VECTOR * depth, n_whole * STRATA_VECTOR);
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
      int n = MIN (MAX_VECTORS * STRATA_VECTOR, units - unit), width = count_whole (n) * STRATA_VECTOR;
      const float *rows = kernel + unit * depth;

      if (width > 0)
        strata_tile_kernel_get ()->pack (TRUE, depth, MIN (n, width), rows, depth, packed, width);
      packed += depth * width;
      for (int j = width; j < n; j++, packed += depth)
        memcpy (packed, rows + j * depth, depth * sizeof *packed);
    }
}
