/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "ops/affine.h"
#include "tensor/pool.h"

G_BEGIN_DECLS

extern const StrataOp strata_op_affine;
extern const StrataOp strata_op_affine_gradient;

/* A pixel of the input, and how much it counts for one of the output; -1 for one outside. */
typedef struct
{
  gint64 index;
  float weight;
} StrataTap;

/* As TensorFlow maps coordinates that lie outside. */
static inline float
strata_affine_map (StrataFillMode fill,
                   float          at,
                   gint64         n)
{
  if (fill == STRATA_FILL_CONSTANT || (at >= 0 && at <= n - 1))
    return at;
  if (fill == STRATA_FILL_NEAREST || n <= 1)
    return CLAMP (at, 0, n - 1);
  if (fill == STRATA_FILL_WRAP)
    at += at < 0 ? n * (floorf (-at / (n - 1)) + 1) : -n * floorf (at / (n - 1));
  else
    {
      float twice = 2 * n;

      if (at < 0)
        {
          at = at < twice ? twice * floorf (-at / twice) + at : at;
          at = at < -n ? at + twice : -at - 1;
        }
      else
        {
          at -= twice * floorf (at / twice);
          at = at >= n ? twice - at - 1 : at;
        }
    }
  return CLAMP (at, 0, n - 1);
}

static inline StrataTap
strata_affine_tap (gint64 row,
                   gint64 column,
                   gint64 rows,
                   gint64 columns,
                   float  weight)
{
  gboolean inside = row >= 0 && row < rows && column >= 0 && column < columns;

  return (StrataTap){ inside ? row * columns + column : -1, weight };
}

/* The pixels that one of the output is made of; returns how many. */
static inline int
strata_affine_find (const StrataAffineOptions *options,
                    const float               *matrix,
                    gboolean                   projects,
                    gint64                     row,
                    gint64                     column,
                    gint64                     rows,
                    gint64                     columns,
                    StrataTap                 *taps)
{
  float depth = projects ? matrix[6] * column + matrix[7] * row + 1 : 1, x, y, left, top;

  if (depth == 0)
    {
      taps[0] = (StrataTap){ -1, 1 };
      return 1;
    }
  x = strata_affine_map (options->fill, (matrix[0] * column + matrix[1] * row + matrix[2]) / depth, columns);
  y = strata_affine_map (options->fill, (matrix[3] * column + matrix[4] * row + matrix[5]) / depth, rows);
  left = floorf (x);
  top = floorf (y);
  if (options->nearest)
    {
      taps[0] = strata_affine_tap (lroundf (y), lroundf (x), rows, columns, 1);
      return 1;
    }
  taps[0] = strata_affine_tap (top, left, rows, columns, (top + 1 - y) * (left + 1 - x));
  taps[1] = strata_affine_tap (top, left + 1, rows, columns, (top + 1 - y) * (x - left));
  taps[2] = strata_affine_tap (top + 1, left, rows, columns, (y - top) * (left + 1 - x));
  taps[3] = strata_affine_tap (top + 1, left + 1, rows, columns, (y - top) * (x - left));
  return 4;
}

static inline gboolean
strata_affine_infer (StrataNode  *node,
                     GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0), *matrix = strata_node_shape (node, 1);

  if (x->rank != 4 || matrix->rank != 2 || (matrix->dims[1] != 6 && matrix->dims[1] != 8) ||
      node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error,
                               "images (batch, rows, columns, channels) and six or eight numbers for each");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  return TRUE;
}

G_END_DECLS
