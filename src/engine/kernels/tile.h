/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/gemm.h"
#include "kernels/isa.h"

G_BEGIN_DECLS

#define STRATA_TILE_MAX_ROWS 14
#define STRATA_TILE_MAX_COLUMNS 32

/**
 * StrataTile:
 *
 * The innermost product: a few rows of C, as many as fit the registers, are
 * the sum over @n_runs runs of @length steps of a column of A times a row of B:
 *
 *     C[i][j] (+)= sum over r, s of A(i, runs[r] + s * step) * B[r * length + s][j]
 *
 * where A(i, o) is rows[i][o], or rows[0][o + i] if @adjacent. So a matrix, a
 * transposed one, a packed one and the patches of a convolution are read from
 * where they are. Each number is summed in the order of r and s, whatever the
 * size of the tile, so results do not depend on how the work is split.
 *
 * @b has full rows of whole vectors: readable, though only @width columns of
 * C are written. @c_rows, if not NULL, says where each row of C starts;
 * otherwise they are @ldc apart. @addend is added where nothing was accumulated
 * yet; its rows are @ldc apart, too.
 */
typedef struct
{
  const float *rows[STRATA_TILE_MAX_ROWS];
  const gint64 *runs;
  gint64 n_runs;
  gint64 length;
  gint64 step;
  gboolean adjacent;
  const float *b;
  gint64 ldb;
  float *c;
  gint64 ldc;
  float *const *c_rows;
  int height;
  int width;
  gboolean accumulate;
  const float *addend;
  const float *bias;
  StrataEpilogueKind kind;
} StrataTile;

/**
 * StrataTileKernel:
 * @max_rows: most rows of a tile
 * @vector: numbers in a vector; B is padded to a multiple of it
 * @max_columns: most columns, two vectors
 * @run: a tile
 * @row: one row of A times B; whole rows of B are read, as memory likes it
 * @dots: a few columns of C, which are not worth a vector: those of B lie along the sum, @ldb apart
 * @pack: copies columns of B together
 * @gate: multiplies each row of such a copy by a number
 */
typedef struct
{
  int max_rows;
  int vector;
  int max_columns;
  void (*run)  (const StrataTile *tile);
  void (*row)  (gint64       n_rows,
                gint64       n_columns,
                const float *a,
                const float *b,
                gint64       ldb,
                float       *c);
  void (*dots) (gint64       n_rows,
                int          n_columns,
                gint64       n_steps,
                const float *a,
                gint64       lda,
                const float *b,
                gint64       ldb,
                gboolean     accumulate,
                float       *c,
                gint64       ldc);
  void (*pack) (gboolean     trans,
                gint64       n_rows,
                int          n_columns,
                const float *b,
                gint64       ldb,
                float       *panel,
                int          width);
  void (*gate) (gint64       n_rows,
                int          width,
                const float *gates,
                float       *panel);
} StrataTileKernel;

const StrataTileKernel *strata_tile_kernel_get (void);

/* Splits @n into the fewest parts of at most @most, about equal. */
static inline gint64
strata_tile_split (gint64 n,
                   gint64 most)
{
  gint64 parts = (n + most - 1) / most;

  return parts > 0 ? (n + parts - 1) / parts : 0;
}

G_END_DECLS
