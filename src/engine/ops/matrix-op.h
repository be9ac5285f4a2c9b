/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/matrices.h"
#include "ops/matrices.h"
#include "tensor/pool.h"

G_BEGIN_DECLS

/* What ops have in common that take matrices apart: the last two dimensions, in double precision. */
typedef struct
{
  const StrataRun *run;
  gint64 m, n;         /* rows and columns of the first input */
  gsize scratch_bytes; /* a thread's */
} StrataMatrixWalk;

static inline gint64
strata_matrix_rows (const StrataShape *shape)
{
  return shape->dims[shape->rank - 2];
}

static inline gint64
strata_matrix_columns (const StrataShape *shape)
{
  return shape->dims[shape->rank - 1];
}

static inline gboolean
strata_matrix_check (StrataNode  *node,
                     gboolean     square,
                     GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank < 2)
    return strata_op_mismatch (node, error, "matrices of float32");
  if (square && strata_matrix_rows (x) >= 0 && strata_matrix_columns (x) >= 0 &&
      strata_matrix_rows (x) != strata_matrix_columns (x))
    return strata_op_mismatch (node, error, "matrices with as many rows as columns");
  return TRUE;
}

/* The shape of one number, or of a row of them, for each matrix. */
static inline StrataShape
strata_matrix_reduce (const StrataShape *x,
                      int                dims,
                      gint64             last)
{
  StrataShape shape = *x;

  shape.rank -= 2;
  if (dims > 0)
    strata_shape_append (&shape, last);
  return shape;
}

static inline double *
strata_matrix_scratch (const StrataMatrixWalk *walk,
                       guint                   thread)
{
  return (double *) ((char *) walk->run->scratch + walk->scratch_bytes * thread);
}

static inline void
strata_matrix_load (double      *to,
                    const float *from,
                    gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    to[i] = from[i];
}

static inline void
strata_matrix_store (float        *to,
                     const double *from,
                     gint64        n)
{
  for (gint64 i = 0; i < n; i++)
    to[i] = from[i];
}

static inline void
strata_matrix_each (const StrataRun *run,
                    gsize            scratch_bytes,
                    StrataTask       task)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  StrataMatrixWalk walk = { run, strata_matrix_rows (x), strata_matrix_columns (x), scratch_bytes };

  strata_pool_run (strata_shape_get_span (x, 0, x->rank - 2), task, &walk);
}

G_END_DECLS
