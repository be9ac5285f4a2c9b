/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/common-params.h"
#include "initializers/distribution.h"

#include <math.h>

#include "kernels/gemm.h"

/* Columns that are made orthogonal to all earlier ones at once, by matrix products. */
#define BLOCK 32

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  double gain;
} Orthogonal;

static const StrataParam params[] = {
  STRATA_PARAM_SEED (Orthogonal),
  STRATA_PARAM (FLOAT, Orthogonal, gain, "1.0", .soft_minimum = 0, .soft_maximum = 2, .title = "Gain",
                .description = "How long each row or column is"),
  { NULL },
};

static gboolean
orthogonal_check (StrataInitializer  *self,
                  const StrataShape  *shape,
                  GError            **error)
{
  if (shape->rank >= 2)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE, "Orthogonal makes weights of two or more dimensions, not of %d",
                    shape->rank);
  return FALSE;
}

static double
dot (const float *a,
     const float *b,
     gint64       n)
{
  double sum = 0;

  for (gint64 i = 0; i < n; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

/* Takes the parts along rows @first to @row - 1 out of row @row, and makes its length 1. */
static void
clear_row (float  *rows,
           gint64  length,
           gint64  first,
           gint64  row)
{
  float *own = rows + row * length;
  double norm;

  for (gint64 i = first; i < row; i++)
    {
      const float *other = rows + i * length;
      double part = dot (own, other, length);

      for (gint64 j = 0; j < length; j++)
        own[j] -= part * other[j];
    }
  norm = sqrt (dot (own, own, length));
  for (gint64 j = 0; j < length; j++)
    own[j] /= MAX (norm, G_MINFLOAT);
}

/*
 * Gram and Schmidt by blocks of rows, each done twice, as once is not exact
 * enough. What remains of each row keeps its sign, so the diagonal of R is
 * positive, which makes all orthogonal matrices as likely.
 */
static void
orthogonalize (float  *rows,
               gint64  n,
               gint64  length)
{
  g_autofree float *parts = g_new (float, n * BLOCK);

  for (gint64 first = 0; first < n; first += BLOCK)
    {
      gint64 count = MIN (BLOCK, n - first);
      float *block = rows + first * length;

      for (int pass = 0; pass < 2; pass++)
        {
          if (first > 0)
            {
              strata_gemm (FALSE, TRUE, count, first, length, block, length, rows, length, 0, parts, first, NULL);
              for (gint64 i = 0; i < count * first; i++)
                parts[i] = -parts[i];
              strata_gemm (FALSE, FALSE, count, length, first, parts, first, rows, length, 1, block, length, NULL);
            }
          for (gint64 i = 0; i < count; i++)
            clear_row (rows, length, first, first + i);
        }
    }
}

static void
orthogonal_fill (StrataInitializer *self,
                 const StrataShape *shape,
                 StrataRandom      *random,
                 float             *out)
{
  gint64 columns = shape->dims[shape->rank - 1], rows = strata_shape_get_span (shape, 0, shape->rank - 1);
  gint64 n = MIN (rows, columns), length = MAX (rows, columns);
  g_autofree float *q = g_new (float, MAX (1, n * length));
  double gain = ((Orthogonal *) self)->gain;

  strata_distribution_draw (STRATA_DISTRIBUTION_NORMAL, 0, 1, random, n * length, q);
  orthogonalize (q, n, length);
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      out[i * columns + j] = gain * (rows < columns ? q[i * length + j] : q[j * length + i]);
}

const StrataInitializerInfo strata_initializer_orthogonal = {
  .object = {
    .name = "Orthogonal",
    .aliases = (const char *const[]){ "OrthogonalInitializer", NULL },
    .title = "Orthogonal",
    .description = "Turns without stretching: rows or columns are at right angles (Saxe and others, 2014)",
    .formula = "QᵀQ = gain² · 1",
    .params = params,
    .instance_size = sizeof (Orthogonal),
    .samples = (const char *const[]){ "{}", "{\"gain\": 0.5, \"seed\": 1}", NULL },
  },
  .check = orthogonal_check,
  .fill = orthogonal_fill,
};
