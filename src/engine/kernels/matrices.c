/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/matrices.h"

#include <math.h>
#include <string.h>

#define MOST_SWEEPS 60

/**
 * strata_matrix_lu: (skip)
 * @a: n rows of n; becomes L without its diagonal of ones, and U
 * @pivots: (out): for each step, the row that was exchanged with its own
 *
 * Returns: 1 or -1, the sign of the rows' exchange; 0 where the matrix is singular
 */
double
strata_matrix_lu (double *a,
                  gint64  n,
                  gint64 *pivots)
{
  double sign = 1;
  gboolean singular = FALSE;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 best = k;

      for (gint64 i = k + 1; i < n; i++)
        if (fabs (a[i * n + k]) > fabs (a[best * n + k]))
          best = i;
      pivots[k] = best;
      if (a[best * n + k] == 0)
        {
          singular = TRUE;
          continue;
        }
      for (gint64 j = 0; j < n && best != k; j++)
        {
          double kept = a[k * n + j];

          a[k * n + j] = a[best * n + j];
          a[best * n + j] = kept;
        }
      sign = best != k ? -sign : sign;
      for (gint64 i = k + 1; i < n; i++)
        {
          double factor = a[i * n + k] /= a[k * n + k];

          for (gint64 j = k + 1; j < n && factor != 0; j++)
            a[i * n + j] -= factor * a[k * n + j];
        }
    }
  return singular ? 0 : sign;
}

/**
 * strata_matrix_lu_solve: (skip)
 * @b: n rows of @columns numbers; becomes what, multiplied by the matrix, gives it
 */
void
strata_matrix_lu_solve (const double *lu,
                        const gint64 *pivots,
                        gint64        n,
                        double       *b,
                        gint64        columns)
{
  for (gint64 k = 0; k < n; k++)
    for (gint64 j = 0; j < columns && pivots[k] != k; j++)
      {
        double kept = b[k * columns + j];

        b[k * columns + j] = b[pivots[k] * columns + j];
        b[pivots[k] * columns + j] = kept;
      }
  for (gint64 i = 0; i < n; i++)
    for (gint64 k = 0; k < i; k++)
      for (gint64 j = 0; j < columns; j++)
        b[i * columns + j] -= lu[i * n + k] * b[k * columns + j];
  for (gint64 i = n - 1; i >= 0; i--)
    {
      for (gint64 k = i + 1; k < n; k++)
        for (gint64 j = 0; j < columns; j++)
          b[i * columns + j] -= lu[i * n + k] * b[k * columns + j];
      for (gint64 j = 0; j < columns; j++)
        b[i * columns + j] /= lu[i * n + i];
    }
}

/**
 * strata_matrix_cholesky: (skip)
 * @a: symmetric, of which the lower half is read; becomes L, zero above the diagonal
 *
 * Returns: whether it is positive definite
 */
gboolean
strata_matrix_cholesky (double *a,
                        gint64  n)
{
  for (gint64 j = 0; j < n; j++)
    {
      double sum = a[j * n + j];

      for (gint64 k = 0; k < j; k++)
        sum -= a[j * n + k] * a[j * n + k];
      if (!(sum > 0))
        return FALSE;
      a[j * n + j] = sqrt (sum);
      for (gint64 i = j + 1; i < n; i++)
        {
          double rest = a[i * n + j];

          for (gint64 k = 0; k < j; k++)
            rest -= a[i * n + k] * a[j * n + k];
          a[i * n + j] = rest / a[j * n + j];
        }
      for (gint64 i = 0; i < j; i++)
        a[i * n + j] = 0;
    }
  return TRUE;
}

/* Column @k of the m rows of n becomes (beta, v below), with H = 1 - tau v v'. */
static double
make_reflection (double *a,
                 gint64  m,
                 gint64  n,
                 gint64  k)
{
  double head = a[k * n + k], rest = 0, beta, tau;

  for (gint64 i = k + 1; i < m; i++)
    rest += a[i * n + k] * a[i * n + k];
  if (rest == 0)
    return 0;
  beta = head >= 0 ? -sqrt (head * head + rest) : sqrt (head * head + rest);
  tau = (beta - head) / beta;
  for (gint64 i = k + 1; i < m; i++)
    a[i * n + k] /= head - beta;
  a[k * n + k] = beta;
  return tau;
}

/* Reflects columns from @first of @c by the vector in column @k of @a. */
static void
reflect (const double *a,
         gint64        m,
         gint64        n,
         gint64        k,
         double        tau,
         double       *c,
         gint64        columns,
         gint64        first)
{
  for (gint64 j = first; j < columns && tau != 0; j++)
    {
      double sum = c[k * columns + j];

      for (gint64 i = k + 1; i < m; i++)
        sum += a[i * n + k] * c[i * columns + j];
      c[k * columns + j] -= tau * sum;
      for (gint64 i = k + 1; i < m; i++)
        c[i * columns + j] -= tau * sum * a[i * n + k];
    }
}

/**
 * strata_matrix_qr: (skip)
 * @a: m rows of n; its upper part becomes R
 * @q: (out): m rows of @q_columns: the first columns of Q
 * @tau: (out): room for as many numbers as there are columns
 *
 * By Householder's reflections, with the signs that LAPACK has.
 */
void
strata_matrix_qr (double *a,
                  gint64  m,
                  gint64  n,
                  double *q,
                  gint64  q_columns,
                  double *tau)
{
  gint64 steps = MIN (m, n);

  for (gint64 k = 0; k < steps; k++)
    {
      tau[k] = make_reflection (a, m, n, k);
      reflect (a, m, n, k, tau[k], a, n, k + 1);
    }
  memset (q, 0, m * q_columns * sizeof *q);
  for (gint64 i = 0; i < MIN (m, q_columns); i++)
    q[i * q_columns + i] = 1;
  for (gint64 k = steps - 1; k >= 0; k--)
    reflect (a, m, n, k, tau[k], q, q_columns, 0);
}

/* Turns columns @p and @q of the n columns of @rows rows. */
static void
rotate_columns (double *a,
                gint64  rows,
                gint64  n,
                gint64  p,
                gint64  q,
                double  c,
                double  s)
{
  for (gint64 i = 0; i < rows; i++)
    {
      double x = a[i * n + p], y = a[i * n + q];

      a[i * n + p] = c * x - s * y;
      a[i * n + q] = s * x + c * y;
    }
}

/* The rotation that makes @between zero. */
static void
find_rotation (double  first,
               double  second,
               double  between,
               double *c,
               double *s)
{
  double theta = (second - first) / (2 * between);
  double t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));

  *c = 1 / sqrt (t * t + 1);
  *s = t * *c;
}

static void
set_identity (double *a,
              gint64  n)
{
  for (gint64 i = 0; i < n * n; i++)
    a[i] = i % n == i / n;
}

/* Exchanges what belongs to two values. */
static void
swap_columns (double *a,
              gint64  rows,
              gint64  n,
              gint64  p,
              gint64  q)
{
  for (gint64 i = 0; i < rows && p != q; i++)
    {
      double kept = a[i * n + p];

      a[i * n + p] = a[i * n + q];
      a[i * n + q] = kept;
    }
}

/**
 * strata_matrix_eigh: (skip)
 * @a: symmetric, of which the lower half is read; is overwritten
 * @values: (out): eigenvalues, the smallest first
 * @vectors: (out): eigenvectors, a column each
 *
 * By Jacobi's rotations.
 */
void
strata_matrix_eigh (double *a,
                    gint64  n,
                    double *values,
                    double *vectors)
{
  set_identity (vectors, n);
  for (gint64 i = 0; i < n; i++)
    for (gint64 j = i + 1; j < n; j++)
      a[i * n + j] = a[j * n + i];
  for (int sweep = 0; sweep < MOST_SWEEPS; sweep++)
    {
      gboolean turned = FALSE;

      for (gint64 p = 0; p < n; p++)
        for (gint64 q = p + 1; q < n; q++)
          {
            double between = a[p * n + q], c, s;

            if (!(fabs (between) > 1e-16 * (fabs (a[p * n + p]) + fabs (a[q * n + q]))) || !isfinite (between))
              continue;
            turned = TRUE;
            find_rotation (a[p * n + p], a[q * n + q], between, &c, &s);
            rotate_columns (a, n, n, p, q, c, s);
            for (gint64 j = 0; j < n; j++)
              {
                double x = a[p * n + j], y = a[q * n + j];

                a[p * n + j] = c * x - s * y;
                a[q * n + j] = s * x + c * y;
              }
            rotate_columns (vectors, n, n, p, q, c, s);
          }
      if (!turned)
        break;
    }
  for (gint64 i = 0; i < n; i++)
    values[i] = a[i * n + i];
  for (gint64 i = 0; i < n; i++)
    {
      gint64 least = i;
      double kept = values[i];

      for (gint64 j = i + 1; j < n; j++)
        if (values[j] < values[least])
          least = j;
      values[i] = values[least];
      values[least] = kept;
      swap_columns (vectors, n, n, i, least);
    }
}

/* Columns of length one; where a value is zero, any that is square to those before. */
static void
complete_column (double       *a,
                 gint64        m,
                 gint64        n,
                 gint64        j)
{
  for (gint64 axis = 0; axis < m; axis++)
    {
      double length = 0;

      for (gint64 i = 0; i < m; i++)
        a[i * n + j] = i == axis;
      for (int again = 0; again < 2; again++)
        for (gint64 k = 0; k < j; k++)
          {
            double sum = 0;

            for (gint64 i = 0; i < m; i++)
              sum += a[i * n + k] * a[i * n + j];
            for (gint64 i = 0; i < m; i++)
              a[i * n + j] -= sum * a[i * n + k];
          }
      for (gint64 i = 0; i < m; i++)
        length += a[i * n + j] * a[i * n + j];
      if (length < 0.25 / m)
        continue;
      for (gint64 i = 0; i < m; i++)
        a[i * n + j] /= sqrt (length);
      return;
    }
}

/**
 * strata_matrix_svd: (skip)
 * @a: m rows of n, where m >= n; becomes U, whose columns are of length one
 * @values: (out): n singular values, the largest first
 * @v: (out): n rows of n
 *
 * By Jacobi's rotations from one side (Hestenes, 1958): a = U diag (values) V'.
 */
void
strata_matrix_svd (double *a,
                   gint64  m,
                   gint64  n,
                   double *values,
                   double *v)
{
  set_identity (v, n);
  for (int sweep = 0; sweep < MOST_SWEEPS; sweep++)
    {
      gboolean turned = FALSE;

      for (gint64 p = 0; p < n; p++)
        for (gint64 q = p + 1; q < n; q++)
          {
            double first = 0, second = 0, between = 0, c, s;

            for (gint64 i = 0; i < m; i++)
              {
                first += a[i * n + p] * a[i * n + p];
                second += a[i * n + q] * a[i * n + q];
                between += a[i * n + p] * a[i * n + q];
              }
            if (!(fabs (between) > 1e-15 * sqrt (first * second)) || !isfinite (between))
              continue;
            turned = TRUE;
            find_rotation (first, second, between, &c, &s);
            rotate_columns (a, m, n, p, q, c, s);
            rotate_columns (v, n, n, p, q, c, s);
          }
      if (!turned)
        break;
    }
  for (gint64 j = 0; j < n; j++)
    {
      double sum = 0;

      for (gint64 i = 0; i < m; i++)
        sum += a[i * n + j] * a[i * n + j];
      values[j] = sqrt (sum);
    }
  for (gint64 j = 0; j < n; j++)
    {
      gint64 most = j;
      double kept = values[j];

      for (gint64 k = j + 1; k < n; k++)
        if (values[k] > values[most])
          most = k;
      values[j] = values[most];
      values[most] = kept;
      swap_columns (a, m, n, j, most);
      swap_columns (v, n, n, j, most);
    }
  for (gint64 j = 0; j < n; j++)
    if (values[j] > 1e-14 * values[0] && values[j] > 0)
      for (gint64 i = 0; i < m; i++)
        a[i * n + j] /= values[j];
    else
      complete_column (a, m, n, j);
}
