/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/adam.h"

#include <string.h>

#include "kernels/scratch.h"
#include "ops/elementwise-op.h"
#include "ops/index-op.h"
#include "tensor/pool.h"

/* Inputs: table, averages of gradients and of squares, how far to go, and slices: rows of the table and their
 * gradients. */
enum
{
  WEIGHT,
  M,
  V,
  ALPHA,
  INDICES,
  ROWS,
};

/* Numbers that are updated at once, and by one task. */
#define BLOCK 512
#define TASK_NUMBERS 65536

/* Slices of one row follow each other in a list: @first of each row of the table and @next of each slice, or -1. */
typedef struct
{
  const StrataRun *run;
  StrataBlock update;
  gint64 n_rows, width;
  gint64 block_rows, task_rows;
  gint32 *first, *next;
} Walk;

STRATA_ISA_DECLARE (void, strata_block_adam_apart, STRATA_BLOCK_ARGUMENTS)
extern const StrataOp strata_op_adam_slices;

static gboolean
adam_slices_infer (StrataNode  *node,
                   GError     **error)
{
  const StrataShape *indices = strata_node_shape (node, INDICES), *rows = strata_node_shape (node, ROWS);

  if (!strata_index_is_dtype (node->inputs[INDICES]->dtype) || node->inputs[ROWS]->dtype != STRATA_FLOAT32 ||
      rows->rank < indices->rank)
    return strata_op_mismatch (node, error, "whole numbers and a row of float32 for each");
  for (int i = 0; i < 3; i++)
    strata_node_set_output (node, i, STRATA_FLOAT32, strata_node_shape (node, i));
  return TRUE;
}

static void
list_slices (Walk *walk)
{
  StrataDType dtype = walk->run->node->inputs[INDICES]->dtype;
  gint64 n = strata_shape_get_size (strata_node_shape (walk->run->node, INDICES));

  memset (walk->first, 0xff, walk->n_rows * sizeof *walk->first);
  for (gint64 i = n - 1; i >= 0; i--)
    {
      gint64 row = strata_index_get (dtype, walk->run->in[INDICES], i);

      if (row < 0 || row >= walk->n_rows)
        continue;
      walk->next[i] = walk->first[row];
      walk->first[row] = i;
    }
}

/* Adds up the slices of some rows of the table, and their squares. Returns whether there are any. */
static gboolean
sum_slices (const Walk *walk,
            gint64      row,
            gint64      n_rows,
            float      *sums,
            float      *squares)
{
  gboolean any = FALSE;

  for (gint64 r = 0; r < n_rows; r++, sums += walk->width, squares += walk->width)
    for (gint32 i = walk->first[row + r]; i >= 0; i = walk->next[i])
      {
        const float *slice = (const float *) walk->run->in[ROWS] + i * walk->width;

        for (gint64 j = 0; j < walk->width; j++)
          {
            sums[j] += slice[j];
            squares[j] += slice[j] * slice[j];
          }
        any = TRUE;
      }
  return any;
}

/* Whether all bits of @n numbers are. */
static gboolean
is_zero (const float *numbers,
         gint64       n)
{
  guint32 bits = 0;

  for (gint64 i = 0; i < n; i++)
    {
      guint32 number;

      memcpy (&number, numbers + i, sizeof number);
      bits |= number;
    }
  return bits == 0;
}

/* What was never looked up has averages of zero, so it stays as it is. */
static gboolean
rests (const Walk *walk,
       gint64      at,
       gint64      n)
{
  const float *m = walk->run->in[M], *v = walk->run->in[V];

  return m[at] == 0 && STRATA_ATTRS (StrataAdamRates, walk->run->node)->epsilon > 0 && is_zero (m + at, n) &&
         is_zero (v + at, n);
}

static void
keep (const Walk *walk,
      gint64      at,
      gint64      n)
{
  for (int i = 0; i < 3; i++)
    if (walk->run->out[i] != walk->run->in[i])
      memcpy ((float *) walk->run->out[i] + at, (const float *) walk->run->in[i] + at, n * sizeof (float));
}

static void
update_rows (gpointer data,
             guint    task,
             guint    thread)
{
  const Walk *walk = data;
  const StrataRun *run = walk->run;
  gint64 size = walk->block_rows * walk->width, end = MIN ((task + 1) * walk->task_rows, walk->n_rows);
  float *sums = strata_scratch_push (3 * size), *squares = sums + size, *alpha = squares + size;
  gboolean dirty = TRUE;

  for (gint64 j = 0; j < size; j++)
    alpha[j] = *(const float *) run->in[ALPHA];
  for (gint64 row = task * walk->task_rows; row < end; row += walk->block_rows)
    {
      gint64 n_rows = MIN (walk->block_rows, end - row), at = row * walk->width, n = n_rows * walk->width;
      const float *in[] = { (const float *) run->in[WEIGHT] + at, sums, squares, alpha, (const float *) run->in[M] + at,
                            (const float *) run->in[V] + at };
      float *out[] = { (float *) run->out[WEIGHT] + at, (float *) run->out[M] + at, (float *) run->out[V] + at };

      if (dirty)
        memset (sums, 0, 2 * size * sizeof *sums);
      dirty = sum_slices (walk, row, n_rows, sums, squares);
      if (!dirty && rests (walk, at, n))
        keep (walk, at, n);
      else
        walk->update (in, out, n, run->node->attrs);
    }
  strata_scratch_pop (3 * size);
}

static gsize
adam_slices_scratch (const StrataNode *node)
{
  return (strata_node_shape (node, WEIGHT)->dims[0] + strata_shape_get_size (strata_node_shape (node, INDICES))) *
         sizeof (gint32);
}

static void
adam_slices_run (const StrataRun *run)
{
  static const StrataBlock updates[] = STRATA_ISA_TABLE (strata_block_adam_apart);
  const StrataShape *table = strata_node_shape (run->node, WEIGHT);
  gint64 width = strata_shape_get_span (table, 1, table->rank);
  Walk walk = { run, updates[strata_isa_get ()], table->dims[0], width, .first = run->scratch };

  if (strata_shape_get_size (table) == 0)
    return;
  walk.next = walk.first + walk.n_rows;
  walk.block_rows = MAX (1, BLOCK / width);
  walk.task_rows = MAX (1, TASK_NUMBERS / width / walk.block_rows) * walk.block_rows;
  list_slices (&walk);
  strata_pool_run ((walk.n_rows + walk.task_rows - 1) / walk.task_rows, update_rows, &walk);
}

const StrataOp strata_op_adam_slices = {
  .name = "adam_slices",
  .n_inputs = 6,
  .n_outputs = 3,
  .attrs_size = sizeof (StrataAdamRates),
  .in_place = { WEIGHT + 1, M + 1, V + 1 },
  .infer = adam_slices_infer,
  .scratch = adam_slices_scratch,
  .run = adam_slices_run,
};

/**
 * strata_adam_emit: (skip)
 * @op: an op of this header
 *
 * Returns: (transfer none): the new weight
 */
StrataValue *
strata_adam_emit (StrataBuilder          *b,
                  const StrataOp         *op,
                  const StrataAdamRates  *rates,
                  StrataValue *const     *inputs,
                  guint                   n_inputs,
                  StrataValue           **m,
                  StrataValue           **v)
{
  StrataValue *result = strata_builder_emit (b, op, rates, inputs, n_inputs);

  if (!strata_builder_has_failed (b))
    {
      *m = &result->node->outputs[1];
      *v = &result->node->outputs[2];
    }
  return result;
}

/**
 * strata_adam_slices: (skip)
 * @weight: a table
 * @indices: which of its rows were looked up
 * @rows: the gradient of each
 *
 * Every row takes a step, those that were not looked up with a gradient of zero,
 * and each slice is squared by itself. All of it is one pass over the table.
 * Returns: (transfer none): the table after a step of Adam; else like strata_adam()
 */
StrataValue *
strata_adam_slices (StrataBuilder          *b,
                    const StrataAdamRates  *rates,
                    StrataValue            *weight,
                    StrataValue            *indices,
                    StrataValue            *rows,
                    StrataValue            *alpha,
                    StrataValue           **m,
                    StrataValue           **v)
{
  return strata_adam_emit (b, &strata_op_adam_slices, rates,
                           (StrataValue *[]){ weight, *m, *v, alpha, indices, rows }, 6, m, v);
}
