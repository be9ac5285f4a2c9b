/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/fourier.h"

#include <math.h>
#include <string.h>

/*
 * Powers of two by Cooley and Tukey (1965); other lengths as a convolution of
 * such a length, by Bluestein (1970). A plan holds the waves: those of the power
 * of two, then, for other lengths, the chirp and its transform.
 */

static gint64
get_power (gint64 n)
{
  gint64 power = 1;

  while (power < n)
    power *= 2;
  return power;
}

static gint64
get_size (gint64 n)
{
  return get_power (n) == n ? n : get_power (2 * n - 1);
}

/**
 * strata_fourier_count: (skip)
 *
 * Returns: how many numbers a plan has, and how many the work of a run needs
 */
gsize
strata_fourier_count (gint64 n)
{
  gint64 size = get_size (n);

  return size == n ? n : 3 * size + 2 * n;
}

static void
exchange (double *x,
          gint64  i,
          gint64  j)
{
  double kept = x[i];

  x[i] = x[j];
  x[j] = kept;
}

/* In place; @waves are cos and sin of 2πk / n for the first half of k. */
static void
transform_power (const double *waves,
                 gint64        n,
                 double       *re,
                 double       *im)
{
  for (gint64 i = 1, j = 0; i < n; i++)
    {
      gint64 bit = n >> 1;

      for (; j & bit; bit >>= 1)
        j ^= bit;
      j ^= bit;
      if (i < j)
        {
          exchange (re, i, j);
          exchange (im, i, j);
        }
    }
  for (gint64 half = 1; half < n; half *= 2)
    for (gint64 start = 0; start < n; start += 2 * half)
      for (gint64 k = 0; k < half; k++)
        {
          double c = waves[2 * (k * (n / (2 * half)))], s = -waves[2 * (k * (n / (2 * half))) + 1];
          gint64 i = start + k, j = i + half;
          double x = re[j] * c - im[j] * s, y = re[j] * s + im[j] * c;

          re[j] = re[i] - x;
          im[j] = im[i] - y;
          re[i] += x;
          im[i] += y;
        }
}

/**
 * strata_fourier_plan: (skip)
 * @plan: (out): as many numbers as strata_fourier_count() says
 */
void
strata_fourier_plan (double *plan,
                     gint64  n)
{
  gint64 size = get_size (n);
  double *chirp = plan + size, *re = chirp + 2 * n, *im = re + size;

  for (gint64 k = 0; k < size / 2; k++)
    {
      plan[2 * k] = cos (2 * G_PI * k / size);
      plan[2 * k + 1] = sin (2 * G_PI * k / size);
    }
  if (size == n)
    return;
  memset (re, 0, 2 * size * sizeof *re);
  for (gint64 k = 0; k < n; k++)
    {
      double angle = G_PI * (double) (k * k % (2 * n)) / n;

      chirp[2 * k] = cos (angle);
      chirp[2 * k + 1] = sin (angle);
      re[k] = re[k == 0 ? 0 : size - k] = chirp[2 * k];
      im[k] = im[k == 0 ? 0 : size - k] = chirp[2 * k + 1];
    }
  transform_power (plan, size, re, im);
}

static void
transform_chirp (const double *plan,
                 gint64        n,
                 double       *re,
                 double       *im,
                 double       *work)
{
  gint64 size = get_size (n);
  const double *chirp = plan + size, *filter_re = chirp + 2 * n, *filter_im = filter_re + size;
  double *x = work, *y = work + size;

  memset (work, 0, 2 * size * sizeof *work);
  for (gint64 k = 0; k < n; k++)
    {
      x[k] = re[k] * chirp[2 * k] + im[k] * chirp[2 * k + 1];
      y[k] = im[k] * chirp[2 * k] - re[k] * chirp[2 * k + 1];
    }
  transform_power (plan, size, x, y);
  /* Backwards is forwards with the parts exchanged. */
  for (gint64 k = 0; k < size; k++)
    {
      double a = x[k] * filter_re[k] - y[k] * filter_im[k], b = x[k] * filter_im[k] + y[k] * filter_re[k];

      x[k] = b;
      y[k] = a;
    }
  transform_power (plan, size, x, y);
  for (gint64 k = 0; k < n; k++)
    {
      double a = y[k] / size, b = x[k] / size;

      re[k] = a * chirp[2 * k] + b * chirp[2 * k + 1];
      im[k] = b * chirp[2 * k] - a * chirp[2 * k + 1];
    }
}

/**
 * strata_fourier_run: (skip)
 * @re: real parts; overwritten
 * @im: imaginary parts; overwritten
 * @work: as many numbers as strata_fourier_count() says
 * @inverse: whether it goes back, divided by @n
 */
void
strata_fourier_run (const double *plan,
                    gint64        n,
                    double       *re,
                    double       *im,
                    double       *work,
                    gboolean      inverse)
{
  double *first = inverse ? im : re, *second = inverse ? re : im;

  if (get_size (n) == n)
    transform_power (plan, n, first, second);
  else
    transform_chirp (plan, n, first, second, work);
  for (gint64 k = 0; k < n && inverse; k++)
    {
      re[k] /= n;
      im[k] /= n;
    }
}
