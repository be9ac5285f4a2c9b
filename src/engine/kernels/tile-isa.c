/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/tile.h"
#include "kernels/vector.h"

#include <string.h>

/* Two vectors of columns by as many rows as leave room in the registers for a row of B. */
#if defined(__AVX512F__)
#define MAX_ROWS 14
#else
#define MAX_ROWS 6
#endif
#define N_VECTORS 2
#define MAX_COLUMNS (N_VECTORS * STRATA_VECTOR)

extern const StrataTileKernel STRATA_ISA_NAME (strata_tile_kernel);

STRATA_INLINE StrataVector
finish (const StrataTile *tile,
        StrataVector      v,
        int               column)
{
  if (tile->bias != NULL)
    v += strata_vector_load (tile->bias + column);
  if (tile->kind == STRATA_EPILOGUE_RELU)
    v = strata_vector_relu (v);
  return v;
}

static inline float *
row_of_c (const StrataTile *tile,
          int               i)
{
  return tile->c_rows != NULL ? tile->c_rows[i] : tile->c + i * tile->ldc;
}

/* A row of a tile that is not whole vectors wide. */
static __attribute__ ((noinline)) void
store_partial (const StrataTile *tile,
               float            *c,
               const float      *row)
{
  for (int j = 0; j < tile->width; j++)
    {
      float v = row[j];

      if (tile->accumulate)
        v += c[j];
      if (tile->bias != NULL)
        v += tile->bias[j];
      if (tile->kind == STRATA_EPILOGUE_RELU && v < 0.0f)
        v = 0.0f;
      c[j] = v;
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

  for (gint64 r = 0; r < tile->n_runs; r++)
    {
      const float *a[MAX_ROWS];

#pragma GCC unroll 16
      for (int i = 0; i < n_rows; i++)
        if (i == 0 || !adjacent)
          a[i] = tile->rows[i] + tile->runs[r];
      for (gint64 s = 0; s < length; s++)
        {
          StrataVector row[N_VECTORS];

#pragma GCC unroll 2
          for (int j = 0; j < n_vectors; j++)
            row[j] = strata_vector_load (b + j * STRATA_VECTOR);
#pragma GCC unroll 16
          for (int i = 0; i < n_rows; i++)
            {
              const float x = adjacent ? a[0][s * step + i] : a[i][s * step];

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
            {
              StrataVector v = sum[i][j];

              if (tile->accumulate)
                v += strata_vector_load (c + j * STRATA_VECTOR);
              strata_vector_store (c + j * STRATA_VECTOR, finish (tile, v, j * STRATA_VECTOR));
            }
        }
    }
  else
    {
#pragma GCC unroll 16
      for (int i = 0; i < n_rows; i++)
        {
          float row[MAX_COLUMNS];

#pragma GCC unroll 2
          for (int j = 0; j < n_vectors; j++)
            strata_vector_store (row + j * STRATA_VECTOR, sum[i][j]);
          store_partial (tile, row_of_c (tile, i), row);
        }
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

static void
run (const StrataTile *tile)
{
  static void (*const tiles[MAX_ROWS][2][N_VECTORS]) (const StrataTile *) = { EACH_HEIGHT (ENTRY) };

  tiles[tile->height - 1][tile->adjacent][tile->width > STRATA_VECTOR](tile);
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
  if (!trans)
    {
      for (gint64 k = 0; k < n_rows; k++, panel += width, b += ldb)
        {
          int j = 0;

          for (; j + STRATA_VECTOR <= n_columns; j += STRATA_VECTOR)
            strata_vector_store (panel + j, strata_vector_load (b + j));
          for (; j < n_columns; j++)
            panel[j] = b[j];
          for (; j < width; j++)
            panel[j] = 0.0f;
        }
      return;
    }
  for (int j = n_columns; j < width; j++)
    for (gint64 k = 0; k < n_rows; k++)
      panel[k * width + j] = 0.0f;
  for (gint64 k0 = 0; k0 < n_rows; k0 += 16)
    {
      gint64 k1 = MIN (k0 + 16, n_rows);

      for (int j = 0; j < n_columns; j++)
        for (gint64 k = k0; k < k1; k++)
          panel[k * width + j] = b[j * ldb + k];
    }
}

const StrataTileKernel STRATA_ISA_NAME (strata_tile_kernel) = {
  .max_rows = MAX_ROWS,
  .vector = STRATA_VECTOR,
  .max_columns = MAX_COLUMNS,
  .run = run,
  .pack = pack,
};
