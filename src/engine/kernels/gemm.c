/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/gemm.h"

#include "kernels/blas.h"
#include "kernels/epilogue.h"
#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "tensor/pool.h"

#include <string.h>

/* Steps of the sum done at once: a panel of B of as many rows stays in the
 * first-level cache while the rows of A pass. */
#define MAX_DEPTH 256
/* Work worth a task of its own, and the size of block of C that is best for a big product. */
#define TASK_FLOPS 0.25e6
#define BLOCK 256
#define MAX_SMALL_TASKS 8
/* More than that many tasks, for many cores, are worth it from this much work a task on. */
#define BIG_TASK_FLOPS 16e6
#define MAX_TASKS 16

/* From as many row tiles on, a panel of B is worth copying together. */
#define PACK_B_TILES 6
#define PACK_A_PANELS 4
/* Rows a multiple of this apart fall on the same few lines of the first-level cache. */
#define ALIASED_STRIDE 512

/* Where C is so much smaller than B, it is the sum of up to MAX_PARTS products of
 * some rows of B each: one thread then reads the rows of a kernel that it will
 * update, too, and they stay in its cache. Numbers a task adds up. */
#define MAX_PARTS 8
#define MIN_PART_RATIO 2
#define MIN_PART_FLOPS 0.5e6
#define TASK_SUMS 16384
/* A matrix of so many numbers comes from memory, whose rows are best read one after the other. */
#define MIN_ROW_NUMBERS (512 * 1024)

/* Up to so many columns of C beyond whole vectors are summed up one by one, where both factors lie along the sum. */
#define MAX_NARROW 4

/* On processors without wide vectors, OpenBLAS has better kernels for products of this size or more. */
#define MIN_BLAS_SIZE 48

typedef struct
{
  const StrataTileKernel *kernel;
  const StrataBlas *blas; /* %NULL to use our own */
  gboolean trans_a, trans_b;
  gint64 m, n, k;
  const float *a, *b;
  float *c;
  gint64 lda, ldb, ldc;
  gint64 stride_a, stride_b, stride_c;
  gint64 n_batch, batch_block;
  gint64 n_parts, part_k; /* along the sum; each is like a product of a batch */
  gint64 row_block, n_row_blocks;
  gint64 column_block, n_column_blocks;
  gint64 depth;
  gboolean accumulate;
  gboolean pack_a, pack_b;
  const float *gates; /* a number for each row of B, others for each product of a batch, or %NULL */
  gboolean narrow; /* whether a few columns may be summed up one by one */
  StrataEpilogue epilogue;
} Gemm;

/* What of a product one call of a tile kernel sees. */
typedef struct
{
  const Gemm *gemm;
  gint64 batch;
  gint64 row, n_rows;
  gint64 column, n_columns;
  gint64 k, k0, n_steps;
} Block;

static gint64
round_up (gint64 n,
          gint64 unit)
{
  return (n + unit - 1) / unit * unit;
}

/* Where A (row, step) of the block is and how far the next row and step are. */
static const float *
locate_a (const Block *block,
          gint64      *lda)
{
  const Gemm *gemm = block->gemm;
  const float *a = gemm->a + block->batch * gemm->stride_a;

  *lda = gemm->lda;
  return gemm->trans_a ? a + block->k0 * gemm->lda + block->row : a + block->row * gemm->lda + block->k0;
}

static const float *
pack_a (const Block *block,
        float       *packed,
        gint64      *lda)
{
  gboolean trans = block->gemm->trans_a;
  const float *a = locate_a (block, lda);
  gint64 n = trans ? block->n_steps : block->n_rows;
  gint64 length = trans ? block->n_rows : block->n_steps;
  gint64 ld = round_up (length, 16) + 16;

  for (gint64 i = 0; i < n; i++)
    memcpy (packed + i * ld, a + i * *lda, length * sizeof (float));
  *lda = ld;
  return packed;
}

/* The rows of A times one panel of B, at @column of C. */
static void
multiply_panel (const Block *block,
                const float *a,
                gint64       lda,
                const float *b,
                gint64       ldb,
                gint64       column,
                int          width)
{
  static const gint64 no_run[1] = { 0 };
  const Gemm *gemm = block->gemm;
  gboolean last = block->k0 + block->n_steps == block->k;
  gint64 max_rows = gemm->kernel->max_rows;
  gint64 at = block->batch * gemm->stride_c + block->row * gemm->ldc + column;
  float *c = gemm->c + at;
  const float *addend = gemm->epilogue.addend != NULL ? gemm->epilogue.addend + at : NULL;
  StrataTile tile = {
    .runs = no_run,
    .n_runs = 1,
    .length = block->n_steps,
    .step = gemm->trans_a ? lda : 1,
    .adjacent = gemm->trans_a,
    .b = b,
    .ldb = ldb,
    .ldc = gemm->ldc,
    .width = width,
    .accumulate = gemm->accumulate || block->k0 > 0,
    .bias = last && gemm->epilogue.bias != NULL ? gemm->epilogue.bias + column : NULL,
    .kind = last ? gemm->epilogue.kind : STRATA_EPILOGUE_NONE,
  };

  for (gint64 i = 0; i < block->n_rows; i += tile.height)
    {
      tile.height = strata_tile_split (block->n_rows - i, max_rows);
      tile.c = c + i * gemm->ldc;
      tile.addend = addend != NULL ? addend + i * gemm->ldc : NULL;
      if (gemm->trans_a)
        tile.rows[0] = a + i;
      else
        for (int r = 0; r < tile.height; r++)
          tile.rows[r] = a + (i + r) * lda;
      gemm->kernel->run (&tile);
    }
}

static gboolean
has_epilogue (const Gemm *gemm)
{
  return gemm->epilogue.bias != NULL || gemm->epilogue.kind != STRATA_EPILOGUE_NONE;
}

/* Columns of the block that are left over by its vectors, and too few for another. */
static int
count_narrow (const Block *block)
{
  const Gemm *gemm = block->gemm;
  int rest = block->n_columns % gemm->kernel->vector;

  return gemm->narrow && rest <= MAX_NARROW ? rest : 0;
}

static void
multiply_steps (const Block *block,
                float       *packed_a,
                float       *packed_b)
{
  const Gemm *gemm = block->gemm;
  const StrataTileKernel *kernel = gemm->kernel;
  const float *b = gemm->b + block->batch * gemm->stride_b;
  gint64 lda;
  const float *a = gemm->pack_a ? pack_a (block, packed_a, &lda) : locate_a (block, &lda);
  int n_narrow = count_narrow (block);

  for (gint64 j = 0; j < block->n_columns - n_narrow; j += kernel->max_columns)
    {
      gint64 column = block->column + j;
      int width = MIN (kernel->max_columns, block->n_columns - n_narrow - j);
      int padded = round_up (width, kernel->vector);
      const float *panel = gemm->trans_b ? b + column * gemm->ldb + block->k0 : b + block->k0 * gemm->ldb + column;

      if (gemm->trans_b || gemm->pack_b || padded != width)
        {
          kernel->pack (gemm->trans_b, block->n_steps, width, panel, gemm->ldb, packed_b, padded);
          if (gemm->gates != NULL)
            kernel->gate (block->n_steps, padded, gemm->gates + block->batch * gemm->k + block->k0, packed_b);
          multiply_panel (block, a, lda, packed_b, padded, column, width);
        }
      else
        multiply_panel (block, a, lda, panel, gemm->ldb, column, width);
    }
  if (n_narrow > 0)
    {
      gint64 column = block->column + block->n_columns - n_narrow;

      kernel->dots (block->n_rows, n_narrow, block->n_steps, a, lda, b + column * gemm->ldb + block->k0, gemm->ldb,
                    gemm->accumulate || block->k0 > 0,
                    gemm->c + block->batch * gemm->stride_c + block->row * gemm->ldc + column, gemm->ldc);
    }
}

/* Returns whether C then holds what is to be added to. */
static gboolean
copy_addend (const Block *block,
             float       *c)
{
  const Gemm *gemm = block->gemm;
  const float *addend;

  if (gemm->epilogue.addend == NULL)
    return gemm->accumulate;
  addend = gemm->epilogue.addend + (c - gemm->c);
  for (gint64 i = 0; i < block->n_rows && addend != c; i++)
    memcpy (c + i * gemm->ldc, addend + i * gemm->ldc, block->n_columns * sizeof *c);
  return TRUE;
}

static void
multiply_by_blas (const Block *block)
{
  const Gemm *gemm = block->gemm;
  gint64 row = block->row, column = block->column;
  const float *a = gemm->a + block->batch * gemm->stride_a + (gemm->trans_a ? row : row * gemm->lda);
  const float *b = gemm->b + block->batch * gemm->stride_b + (gemm->trans_b ? column * gemm->ldb : column);
  float *c = gemm->c + block->batch * gemm->stride_c + row * gemm->ldc + column;

  gemm->blas->sgemm (CblasRowMajor, gemm->trans_a ? CblasTrans : CblasNoTrans,
                     gemm->trans_b ? CblasTrans : CblasNoTrans,
                     block->n_rows, block->n_columns, block->k, 1.0f, a, gemm->lda, b, gemm->ldb,
                     copy_addend (block, c) ? 1.0f : 0.0f, c, gemm->ldc);
  if (has_epilogue (gemm))
    for (gint64 i = 0; i < block->n_rows; i++)
      strata_epilogue_finish_row (&gemm->epilogue, c + i * gemm->ldc, column, block->n_columns);
}

static void
multiply_by_tiles (Block *block,
                   float *packed_a,
                   float *packed_b)
{
  const Gemm *gemm = block->gemm;

  block->k0 = 0;
  do
    {
      block->n_steps = MIN (gemm->depth, block->k - block->k0);
      multiply_steps (block, packed_a, packed_b);
      block->k0 += block->n_steps;
    }
  while (block->k0 < block->k);
}

static gsize
packed_a_size (const Gemm *gemm)
{
  gint64 depth = gemm->depth, rows = gemm->row_block;

  if (!gemm->pack_a)
    return 0;
  return gemm->trans_a ? depth * (round_up (rows, 16) + 16) : rows * (round_up (depth, 16) + 16);
}

static void
run_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Gemm *gemm = data;
  gint64 n_blocks = gemm->n_row_blocks * gemm->n_column_blocks;
  gint64 batch = task / n_blocks * gemm->batch_block;
  gint64 batch_end = MIN (batch + gemm->batch_block, gemm->n_batch);
  gint64 row = task % n_blocks / gemm->n_column_blocks * gemm->row_block;
  gint64 column = task % gemm->n_column_blocks * gemm->column_block;
  gsize a_size = packed_a_size (gemm);
  gsize size = a_size + gemm->depth * gemm->kernel->max_columns;
  float *packed = strata_scratch_push (size);
  Block block = {
    .gemm = gemm,
    .row = row,
    .n_rows = MIN (gemm->row_block, gemm->m - row),
    .column = column,
    .n_columns = MIN (gemm->column_block, gemm->n - column),
  };

  for (block.batch = batch; block.batch < batch_end; block.batch++)
    {
      block.k = gemm->n_parts > 1 ? MIN (gemm->part_k, gemm->k - block.batch * gemm->part_k) : gemm->k;
      if (gemm->blas != NULL)
        multiply_by_blas (&block);
      else
        multiply_by_tiles (&block, packed, packed + a_size);
    }
  strata_scratch_pop (size);
}

static gint64
count_tasks (const Gemm *gemm)
{
  return (gemm->n_batch + gemm->batch_block - 1) / gemm->batch_block * gemm->n_row_blocks * gemm->n_column_blocks;
}

/* Cuts C into blocks, by shape alone: as many as are worth a task, cut so that
 * the least of A and B is read twice. */
static void
plan_blocks (Gemm *gemm)
{
  double flops = 2.0 * gemm->m * gemm->n * gemm->part_k;
  gint64 n_panels = (gemm->n + gemm->kernel->max_columns - 1) / gemm->kernel->max_columns;
  double all = flops * gemm->n_batch;
  gint64 wanted = CLAMP (all / BIG_TASK_FLOPS, CLAMP (all / TASK_FLOPS, 1, MAX_SMALL_TASKS), MAX_TASKS);
  gint64 blocks = ((gemm->m + BLOCK - 1) / BLOCK) * ((gemm->n + BLOCK - 1) / BLOCK);
  gint64 b_cost = gemm->trans_b ? 8 : 2;
  double best = G_MAXDOUBLE;
  gint64 n_columns = 1;

  gemm->batch_block = CLAMP (TASK_FLOPS / (flops + 1), 1, (gemm->n_batch + MAX_SMALL_TASKS - 1) / MAX_SMALL_TASKS);
  wanted = MAX (wanted / gemm->n_batch, blocks);
  for (gint64 columns = 1; columns <= MIN (wanted, n_panels); columns++)
    {
      gint64 rows = (wanted + columns - 1) / columns;
      double cost = (double) gemm->m * columns + (double) b_cost * gemm->n * rows;

      if (cost < best)
        {
          best = cost;
          n_columns = columns;
        }
    }
  gemm->column_block = strata_tile_split (n_panels, (n_panels + n_columns - 1) / n_columns) * gemm->kernel->max_columns;
  gemm->n_column_blocks = (gemm->n + gemm->column_block - 1) / gemm->column_block;
  gemm->row_block = strata_tile_split (gemm->m, MAX (gemm->m / MAX (wanted / n_columns, 1), gemm->kernel->max_rows));
  gemm->n_row_blocks = (gemm->m + gemm->row_block - 1) / gemm->row_block;
}

static gboolean
fits_blas (const Gemm *gemm)
{
  gint64 least = MIN (MIN (gemm->m, gemm->n), gemm->k);
  gint64 most = MAX (MAX (gemm->lda, gemm->ldb), MAX (MAX (gemm->ldc, gemm->m), MAX (gemm->n, gemm->k)));

  return least >= MIN_BLAS_SIZE && most <= G_MAXINT32;
}

static void
plan (Gemm *gemm)
{
  /* Rows that follow each other without gaps are as good as packed. */
  gboolean dense = !gemm->trans_a && gemm->lda <= MAX_DEPTH && gemm->lda == gemm->part_k;

  gemm->kernel = strata_tile_kernel_get ();
  gemm->blas = strata_isa_get () == STRATA_ISA_BASE && gemm->gates == NULL && fits_blas (gemm)
               ? strata_blas_get () : NULL;
  gemm->depth = strata_tile_split (gemm->part_k, MAX_DEPTH);
  plan_blocks (gemm);
  gemm->narrow = gemm->trans_b && !gemm->trans_a && !has_epilogue (gemm) && gemm->epilogue.addend == NULL;
  gemm->pack_b = gemm->gates != NULL || gemm->row_block > PACK_B_TILES * gemm->kernel->max_rows;
  gemm->pack_a = !dense && (gemm->column_block > PACK_A_PANELS * gemm->kernel->max_columns ||
                            (gemm->lda % ALIASED_STRIDE == 0 && gemm->n > gemm->kernel->max_columns));
}

/* Returns whether the sum is to be done in parts. */
static gboolean
split_sum (Gemm *gemm)
{
  double flops = 2.0 * gemm->m * gemm->n * gemm->k;
  gint64 n = MAX_PARTS;

  while (n > 1 && (gemm->k < MIN_PART_RATIO * n * gemm->m || flops < MIN_PART_FLOPS * n))
    n /= 2;
  if (gemm->n_batch > 1 || gemm->trans_b || n == 1)
    {
      gemm->n_parts = 1;
      gemm->part_k = gemm->k;
      return FALSE;
    }
  gemm->part_k = (gemm->k + n - 1) / n;
  gemm->n_parts = (gemm->k + gemm->part_k - 1) / gemm->part_k;
  return TRUE;
}

/* The product whose parts are to be added up, and its parts. */
typedef struct
{
  const Gemm *whole;
  const float *parts;
  gint64 n_rows; /* rows a task adds up */
} Sum;

static void
sum_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Sum *sum = data;
  const Gemm *gemm = sum->whole;
  gint64 end = MIN ((task + 1) * sum->n_rows, gemm->m);

  for (gint64 i = task * sum->n_rows; i < end; i++)
    {
      float *restrict c = gemm->c + i * gemm->ldc;
      const float *addend = gemm->epilogue.addend;

      if (addend != NULL && addend != gemm->c)
        memcpy (c, addend + i * gemm->ldc, gemm->n * sizeof *c);
      for (gint64 part = 0; part < gemm->n_parts; part++)
        {
          const float *restrict row = sum->parts + (part * gemm->m + i) * gemm->n;

          if (part == 0 && !gemm->accumulate && addend == NULL)
            memcpy (c, row, gemm->n * sizeof *c);
          else
            for (gint64 j = 0; j < gemm->n; j++)
              c[j] += row[j];
        }
      if (has_epilogue (gemm))
        strata_epilogue_finish_row (&gemm->epilogue, c, 0, gemm->n);
    }
}

/* One row of A times some rows of B. */
static void
row_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Gemm *gemm = data;
  gint64 k = task * gemm->part_k;

  gemm->kernel->row (MIN (gemm->part_k, gemm->k - k), gemm->n, gemm->a + k, gemm->b + k * gemm->ldb, gemm->ldb,
                     gemm->c + task * gemm->n);
}

static void
multiply_in_parts (const Gemm *whole)
{
  gsize size = whole->n_parts * whole->m * whole->n;
  float *parts = strata_scratch_push (size);
  Gemm gemm = *whole;
  Sum sum = { whole, parts, MAX (1, TASK_SUMS / (whole->n_parts * whole->n)) };

  gemm.n_batch = whole->n_parts;
  gemm.stride_a = whole->trans_a ? whole->part_k * whole->lda : whole->part_k;
  gemm.stride_b = whole->part_k * whole->ldb;
  gemm.c = parts;
  gemm.ldc = whole->n;
  gemm.stride_c = whole->m * whole->n;
  gemm.accumulate = FALSE;
  gemm.epilogue = (StrataEpilogue) { 0 };
  plan (&gemm);
  if (whole->m == 1 && !whole->trans_a && whole->n * whole->k >= MIN_ROW_NUMBERS)
    strata_pool_run (whole->n_parts, row_task, &gemm);
  else
    strata_pool_run (count_tasks (&gemm), run_task, &gemm);
  strata_pool_run ((whole->m + sum.n_rows - 1) / sum.n_rows, sum_task, &sum);
  strata_scratch_pop (size);
}

/**
 * strata_gemm_batched:
 * @trans_a: whether @a holds the transpose of A
 * @trans_b: whether @b holds the transpose of B
 * @n_batch: how many products; the matrices of each are @stride_a, @stride_b
 *   and @stride_c after those before, 0 for the same one again
 * @m: rows of C and A
 * @n: columns of C and B
 * @k: columns of A and rows of B
 * @lda: from one row of @a to the next; so for the others
 * @beta: 0 to overwrite C, 1 to add to it
 * @epilogue: (nullable): what to do to the sums before they are stored
 *
 * C = epilogue (A B + beta C) for row-major matrices, on all threads; @beta must
 * be 0 where the epilogue adds something. Each
 * number is summed in the same order whatever the number of threads.
 */
void
strata_gemm_batched (gboolean              trans_a,
                     gboolean              trans_b,
                     gint64                n_batch,
                     gint64                m,
                     gint64                n,
                     gint64                k,
                     const float          *a,
                     gint64                lda,
                     gint64                stride_a,
                     const float          *b,
                     gint64                ldb,
                     gint64                stride_b,
                     float                 beta,
                     float                *c,
                     gint64                ldc,
                     gint64                stride_c,
                     const StrataEpilogue *epilogue)
{
  /* Factors without numbers may be nowhere, from where nothing can be counted. */
  static const float nothing;
  Gemm gemm = {
    .trans_a = trans_a, .trans_b = trans_b,
    .n_batch = n_batch, .m = m, .n = n, .k = k,
    .a = a != NULL ? a : &nothing, .lda = lda, .stride_a = stride_a,
    .b = b != NULL ? b : &nothing, .ldb = ldb, .stride_b = stride_b,
    .c = c, .ldc = ldc, .stride_c = stride_c,
    .accumulate = beta != 0.0f,
    .epilogue = epilogue != NULL ? *epilogue : (StrataEpilogue) { 0 },
  };

  g_return_if_fail (beta == 0.0f || beta == 1.0f);

  if (m == 0 || n == 0 || n_batch == 0)
    return;
  if (split_sum (&gemm))
    {
      multiply_in_parts (&gemm);
      return;
    }
  plan (&gemm);
  strata_pool_run (count_tasks (&gemm), run_task, &gemm);
}

/**
 * strata_gemm_gated:
 * @gates: for each product, a row that the rows of A are multiplied by
 *
 * C = epilogue ((A * gates) B) for dense row-major matrices and the same B. It is
 * the rows of B that are multiplied: A has more.
 */
void
strata_gemm_gated (gint64                n_batch,
                   gint64                m,
                   gint64                n,
                   gint64                k,
                   const float          *a,
                   const float          *gates,
                   const float          *b,
                   float                *c,
                   const StrataEpilogue *epilogue)
{
  Gemm gemm = {
    .n_batch = n_batch, .m = m, .n = n, .k = k, .n_parts = 1, .part_k = k, .a = a, .lda = k, .stride_a = m * k,
    .b = b, .ldb = n, .c = c, .ldc = n, .stride_c = m * n, .gates = gates, .epilogue = *epilogue,
  };

  if (m == 0 || n == 0 || n_batch == 0)
    return;
  plan (&gemm);
  strata_pool_run (count_tasks (&gemm), run_task, &gemm);
}

/**
 * strata_gemm:
 *
 * One product; see strata_gemm_batched().
 */
void
strata_gemm (gboolean              trans_a,
             gboolean              trans_b,
             gint64                m,
             gint64                n,
             gint64                k,
             const float          *a,
             gint64                lda,
             const float          *b,
             gint64                ldb,
             float                 beta,
             float                *c,
             gint64                ldc,
             const StrataEpilogue *epilogue)
{
  strata_gemm_batched (trans_a, trans_b, 1, m, n, k, a, lda, 0, b, ldb, 0, beta, c, ldc, 0, epilogue);
}
