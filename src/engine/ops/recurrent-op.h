/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include "kernels/gemm.h"
#include "kernels/recurrent.h"
#include "ops/elementwise.h"
#include "ops/recurrent.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "tensor/pool.h"

G_BEGIN_DECLS

/*
 * What ops over whole sequences share. Samples do not see each other, so each
 * task takes a few of them through all steps: no thread waits for another.
 */

extern const StrataOp strata_op_lstm;
extern const StrataOp strata_op_lstm_backward;
extern const StrataOp strata_op_gru;
extern const StrataOp strata_op_gru_backward;

/**
 * StrataRecurrentAttrs:
 * @masked: whether the last-but-optional input is a mask
 * @has_dc: whether a gradient of the cell states comes, too
 */
typedef struct
{
  gboolean masked;
  gboolean has_dc;
} StrataRecurrentAttrs;

/* The samples of one task. */
typedef struct
{
  gint64 steps, batch, units;
  gint64 first, rows;
} StrataRows;

static inline StrataRows
strata_rows_of (const StrataShape *sequence,
                gint64             units,
                guint              task)
{
  StrataRows rows = { .steps = sequence->dims[0], .batch = sequence->dims[1], .units = units };

  rows.first = (gint64) task * STRATA_RECURRENT_ROWS;
  rows.rows = MIN (STRATA_RECURRENT_ROWS, rows.batch - rows.first);
  return rows;
}

static inline guint
strata_rows_count_tasks (const StrataShape *sequence)
{
  return (sequence->dims[1] + STRATA_RECURRENT_ROWS - 1) / STRATA_RECURRENT_ROWS;
}

/* Where a task's rows of step @step begin in a sequence of @width numbers a row; step -1 is a single step's tensor. */
static inline gint64
strata_rows_at (const StrataRows *rows,
                gint64            step,
                gint64            width)
{
  return ((step < 0 ? 0 : step * rows->batch) + rows->first) * width;
}

/* Rows that do not count keep what was before. */
static inline void
strata_rows_hold (const StrataRows *rows,
                  const float      *mask,
                  gint64            step,
                  const float      *before,
                  float            *now)
{
  for (gint64 r = 0; mask != NULL && r < rows->rows; r++)
    if (mask[step * rows->batch + rows->first + r] == 0)
      memcpy (now + r * rows->units, before + r * rows->units, rows->units * sizeof *now);
}

/* Sequences, states (inputs @first_state to 3) and a mask (input 4) of matching sizes. */
static inline gboolean
strata_recurrent_check (StrataNode  *node,
                        gint64       gates,
                        guint        first_state,
                        GError     **error)
{
  const StrataShape *given = strata_node_shape (node, 0), *kernel = strata_node_shape (node, 1);

  for (guint i = 0; i < node->n_inputs; i++)
    if (node->inputs[i]->dtype != STRATA_FLOAT32)
      return strata_op_mismatch (node, error, "float32");
  if (given->rank != 3 || kernel->rank != 2 || kernel->dims[1] != gates * kernel->dims[0] ||
      (given->dims[2] != STRATA_UNKNOWN && given->dims[2] != kernel->dims[1]))
    return strata_op_mismatch (node, error, "a sequence (time, batch, gates) and a recurrent kernel (units, gates)");
  for (guint i = first_state; i < 4; i++)
    if (!strata_shape_is_compatible (strata_node_shape (node, i), &STRATA_SHAPE (given->dims[1], kernel->dims[0])))
      return strata_op_mismatch (node, error, "states (batch, units) for each sequence");
  if (node->n_inputs > 4 &&
      !strata_shape_is_compatible (strata_node_shape (node, 4), &STRATA_SHAPE (given->dims[0], given->dims[1])))
    return strata_op_mismatch (node, error, "a mask (time, batch) for each step");
  return TRUE;
}

StrataValue *strata_recurrent_kernel_gradient (StrataBuilder *b,
                                               StrataValue   *first,
                                               StrataValue   *states,
                                               StrataValue   *dgates);

G_END_DECLS
