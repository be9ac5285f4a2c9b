/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/epilogue.h"
#include "kernels/tile.h"

#include <string.h>

/* Two vectors of columns by as many rows as leave room in the registers for a row of B. */
#if defined(__AVX512F__)
#define MAX_ROWS 14
#else
#define MAX_ROWS 6
#endif
#define N_VECTORS 2

/* Pointers to rows that are kept in registers: the others are read anew at each step. Compilers would keep them in
 * vector registers, from where it takes as long as a product to move them (measured: 5 % of tiles of 12 and 13
 * rows). */
#define MAX_POINTERS 10

/* Rows of B that are read side by side where A is but one row. */
#define ROWS_OF_B 8

/* C is worth fetching ahead if the sum takes so many steps. */
#define FAR 128
#define CACHE_LINE 16
#define MAX_COLUMNS (N_VECTORS * STRATA_VECTOR)

extern const StrataTileKernel STRATA_ISA_NAME (strata_tile_kernel);

static void run (const StrataTile *tile);

static inline float *
row_of_c (const StrataTile *tile,
          int               i)
{
  return tile->c_rows != NULL ? tile->c_rows[i] : tile->c + i * tile->ldc;
}

/* A vector of sums, or its first @n numbers, to column @column of C. */
STRATA_INLINE void
store (const StrataTile *tile,
       float            *c,
       int               column,
       StrataVector      v,
       const int         n)
{
  if (tile->accumulate)
    v += n == STRATA_VECTOR ? strata_vector_load (c + column) : strata_vector_load_first (c + column, n);
  if (tile->bias != NULL)
    v += n == STRATA_VECTOR ? strata_vector_load (tile->bias + column)
                            : strata_vector_load_first (tile->bias + column, n);
  if (tile->kind == STRATA_EPILOGUE_RELU)
    v = strata_vector_relu (v);
  if (n == STRATA_VECTOR)
    strata_vector_store (c + column, v);
  else
    strata_vector_store_first (c + column, n, v);
}

/* The last vector of rows of sums is not whole. Out of line, as it is not worth being unrolled. */
static __attribute__ ((noinline)) void
store_partial (const StrataTile *tile,
               const float      *sums,
               int               n_rows,
               int               n_vectors)
{
  for (int i = 0; i < n_rows; i++)
    {
      float *c = row_of_c (tile, i);
      int column = 0;

      for (int j = 0; j < n_vectors; j++, column += STRATA_VECTOR, sums += STRATA_VECTOR)
        store (tile, c, column, strata_vector_load (sums), MIN (tile->width - column, STRATA_VECTOR));
    }
}

STRATA_INLINE void
run_tile (const StrataTile *tile,
          const int         n_rows,
          const int         n_vectors,
          const gboolean    adjacent)
{
  StrataVector sum[MAX_ROWS][N_VECTORS] = { 0 };
  const gint64 step = tile->step;
  const gint64 length = tile->length;
  const gint64 ldb = tile->ldb;
  const float *b = tile->b;

  if (tile->accumulate && tile->n_runs * length >= FAR)
    for (int i = 0; i < n_rows; i++)
      for (int j = 0; j < n_vectors * STRATA_VECTOR; j += CACHE_LINE)
        __builtin_prefetch (row_of_c (tile, i) + j, 1);

  for (gint64 r = 0; r < tile->n_runs; r++)
    {
      const float *a[MAX_ROWS], *volatile others[MAX_ROWS];

#pragma GCC unroll 16
      for (int i = 0; i < n_rows; i++)
        if (i == 0 || (!adjacent && i < MAX_POINTERS))
          a[i] = tile->rows[i] + tile->runs[r];
        else if (!adjacent)
          others[i] = tile->rows[i] + tile->runs[r];
      for (gint64 s = 0; s < length; s++)
        {
          StrataVector row[N_VECTORS];

#pragma GCC unroll 2
          for (int j = 0; j < n_vectors; j++)
            row[j] = strata_vector_load (b + j * STRATA_VECTOR);
#pragma GCC unroll 16
          for (int i = 0; i < n_rows; i++)
            {
              const float x = adjacent ? a[0][s * step + i] : (i < MAX_POINTERS ? a[i] : others[i])[s * step];

#pragma GCC unroll 2
              for (int j = 0; j < n_vectors; j++)
                sum[i][j] += x * row[j];
            }
          b += ldb;
        }
    }

  if (tile->width == n_vectors * STRATA_VECTOR)
    {
#pragma GCC unroll 16
      for (int i = 0; i < n_rows; i++)
        {
          float *c = row_of_c (tile, i);

#pragma GCC unroll 2
          for (int j = 0; j < n_vectors; j++)
            store (tile, c, j * STRATA_VECTOR, sum[i][j], STRATA_VECTOR);
        }
    }
  else
    {
      StrataVector sums[MAX_ROWS * N_VECTORS];

#pragma GCC unroll 16
      for (int i = 0; i < n_rows; i++)
#pragma GCC unroll 2
        for (int j = 0; j < n_vectors; j++)
          sums[i * n_vectors + j] = sum[i][j];
      store_partial (tile, (const float *) sums, n_rows, n_vectors);
    }
}

#define TILE(n)                                                                                          \
  static void rows_##n##_1 (const StrataTile *tile) { run_tile (tile, n, 1, FALSE); }                    \
  static void rows_##n##_2 (const StrataTile *tile) { run_tile (tile, n, 2, FALSE); }                    \
  static void adjacent_##n##_1 (const StrataTile *tile) { run_tile (tile, n, 1, TRUE); }                 \
  static void adjacent_##n##_2 (const StrataTile *tile) { run_tile (tile, n, 2, TRUE); }
#define ENTRY(n) { { rows_##n##_1, rows_##n##_2 }, { adjacent_##n##_1, adjacent_##n##_2 } },

#if MAX_ROWS == 14
#define EACH_HEIGHT(F) F (1) F (2) F (3) F (4) F (5) F (6) F (7) F (8) F (9) F (10) F (11) F (12) F (13) F (14)
#else
#define EACH_HEIGHT(F) F (1) F (2) F (3) F (4) F (5) F (6)
#endif

EACH_HEIGHT (TILE)

/* Activations that are not worth being part of every tile: C is still in the first-level cache. */
static __attribute__ ((noinline)) void
activate (const StrataTile *tile)
{
  for (int i = 0; i < tile->height; i++)
    {
      float *c = row_of_c (tile, i);
      int j = 0;

      for (; j + STRATA_VECTOR <= tile->width; j += STRATA_VECTOR)
        strata_vector_store (c + j, strata_epilogue_activate (tile->kind, strata_vector_load (c + j)));
      if (j < tile->width)
        {
          int n = tile->width - j;

          strata_vector_store_first (c + j, n,
                                     strata_epilogue_activate (tile->kind, strata_vector_load_first (c + j, n)));
        }
    }
}

/* Accumulates on a copy of the addend. */
static __attribute__ ((noinline)) void
run_added (const StrataTile *tile)
{
  StrataTile copied = *tile;

  copied.accumulate = TRUE;
  copied.addend = NULL;
  for (int i = 0; i < tile->height && tile->addend != tile->c; i++)
    memcpy (tile->c + i * tile->ldc, tile->addend + i * tile->ldc, tile->width * sizeof (float));
  run (&copied);
}

static void
run (const StrataTile *tile)
{
  static void (*const tiles[MAX_ROWS][2][N_VECTORS]) (const StrataTile *) = { EACH_HEIGHT (ENTRY) };

  if (tile->addend != NULL && !tile->accumulate)
    {
      run_added (tile);
      return;
    }
  tiles[tile->height - 1][tile->adjacent][tile->width > STRATA_VECTOR](tile);
  if (tile->kind > STRATA_EPILOGUE_RELU)
    activate (tile);
}

/* Adds @n_rows rows of B, each times a number of A, to @n_columns of C. */
STRATA_INLINE void
add_rows (const int    n_rows,
          gint64       n_columns,
          const float *a,
          const float *b,
          gint64       ldb,
          float       *c)
{
  gint64 j = 0;

  for (; j + STRATA_VECTOR <= n_columns; j += STRATA_VECTOR)
    {
      StrataVector sum = { 0 };

#pragma GCC unroll 8
      for (int i = 0; i < n_rows; i++)
        sum += a[i] * strata_vector_load (b + i * ldb + j);
      strata_vector_store (c + j, strata_vector_load (c + j) + sum);
    }
  for (; j < n_columns; j++)
    {
      float sum = 0.0f;

      for (int i = 0; i < n_rows; i++)
        sum += a[i] * b[i * ldb + j];
      c[j] += sum;
    }
}

static void
row (gint64       n_rows,
     gint64       n_columns,
     const float *a,
     const float *b,
     gint64       ldb,
     float       *c)
{
  gint64 k = 0;

  memset (c, 0, n_columns * sizeof (float));
  for (; k + ROWS_OF_B <= n_rows; k += ROWS_OF_B)
    add_rows (ROWS_OF_B, n_columns, a + k, b + k * ldb, ldb, c);
  for (; k < n_rows; k++)
    add_rows (1, n_columns, a + k, b + k * ldb, ldb, c);
}

static void
dots (gint64       n_rows,
      int          n_columns,
      gint64       n_steps,
      const float *a,
      gint64       lda,
      const float *b,
      gint64       ldb,
      gboolean     accumulate,
      float       *c,
      gint64       ldc)
{
  for (gint64 i = 0; i < n_rows && !accumulate; i++)
    for (int j = 0; j < n_columns; j++)
      c[i * ldc + j] = 0.0f;
  strata_vector_narrow (n_rows, n_columns, n_steps, a, lda, b, ldb, c, ldc);
}

typedef float Four __attribute__ ((vector_size (16)));
typedef float FourUnaligned __attribute__ ((vector_size (16), aligned (4), may_alias));

/* Four numbers of four columns of B's transpose. */
STRATA_INLINE void
transpose_four (const float *b,
                gint64       ldb,
                float       *panel,
                gint64       width)
{
  Four r0 = *(const FourUnaligned *) b, r1 = *(const FourUnaligned *) (b + ldb);
  Four r2 = *(const FourUnaligned *) (b + 2 * ldb), r3 = *(const FourUnaligned *) (b + 3 * ldb);
  Four a0 = __builtin_shufflevector (r0, r1, 0, 4, 1, 5);
  Four a1 = __builtin_shufflevector (r2, r3, 0, 4, 1, 5);
  Four a2 = __builtin_shufflevector (r0, r1, 2, 6, 3, 7);
  Four a3 = __builtin_shufflevector (r2, r3, 2, 6, 3, 7);

  *(FourUnaligned *) panel = __builtin_shufflevector (a0, a1, 0, 1, 4, 5);
  *(FourUnaligned *) (panel + width) = __builtin_shufflevector (a0, a1, 2, 3, 6, 7);
  *(FourUnaligned *) (panel + 2 * width) = __builtin_shufflevector (a2, a3, 0, 1, 4, 5);
  *(FourUnaligned *) (panel + 3 * width) = __builtin_shufflevector (a2, a3, 2, 3, 6, 7);
}

static void
pack_transposed (gint64       n_rows,
                 int          n_columns,
                 const float *b,
                 gint64       ldb,
                 float       *panel,
                 int          width)
{
  int j = 0;

  for (; j + 4 <= n_columns; j += 4, b += 4 * ldb)
    {
      gint64 k = 0;

      for (; k + 4 <= n_rows; k += 4)
        transpose_four (b + k, ldb, panel + k * width + j, width);
      for (; k < n_rows; k++)
        for (int i = 0; i < 4; i++)
          panel[k * width + j + i] = b[i * ldb + k];
    }
  for (; j < n_columns; j++, b += ldb)
    for (gint64 k = 0; k < n_rows; k++)
      panel[k * width + j] = b[k];
  for (; j < width; j++)
    for (gint64 k = 0; k < n_rows; k++)
      panel[k * width + j] = 0.0f;
}

/* A block of B as a panel of dense rows of @width numbers, zero where B has no more columns. */
static void
pack (gboolean     trans,
      gint64       n_rows,
      int          n_columns,
      const float *b,
      gint64       ldb,
      float       *panel,
      int          width)
{
  if (trans)
    {
      pack_transposed (n_rows, n_columns, b, ldb, panel, width);
      return;
    }
  for (gint64 k = 0; k < n_rows; k++, panel += width, b += ldb)
    {
      int j = 0;

      for (; j + STRATA_VECTOR <= n_columns; j += STRATA_VECTOR)
        strata_vector_store (panel + j, strata_vector_load (b + j));
      if (j < n_columns)
        strata_vector_store (panel + j, strata_vector_load_first (b + j, n_columns - j));
      for (j += STRATA_VECTOR; j < width; j += STRATA_VECTOR)
        strata_vector_store (panel + j, (StrataVector) { 0 });
    }
}

static void
gate (gint64       n_rows,
      int          width,
      const float *gates,
      float       *panel)
{
  for (gint64 k = 0; k < n_rows; k++, panel += width)
    for (int j = 0; j < width; j += STRATA_VECTOR)
      strata_vector_store (panel + j, strata_vector_load (panel + j) * gates[k]);
}

const StrataTileKernel STRATA_ISA_NAME (strata_tile_kernel) = {
  .max_rows = MAX_ROWS,
  .vector = STRATA_VECTOR,
  .max_columns = MAX_COLUMNS,
  .run = run,
  .row = row,
  .dots = dots,
  .pack = pack,
  .gate = gate,
};
