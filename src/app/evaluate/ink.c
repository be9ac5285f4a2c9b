/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/ink.h"

#include <math.h>
#include <string.h>

/* The digits of MNIST fit into 20 of their 28 pixels, and have their centre of mass in the middle. */
#define FILLED (20.0 / 28.0)
#define LEAST_INK 0.1f

typedef struct
{
  int left, right, top, bottom; /* where there is ink, all included */
  double x, y;                  /* the centre of mass */
} Extent;

static gboolean
find_extent (const float *ink,
             int          width,
             int          height,
             Extent      *extent)
{
  double mass = 0, x = 0, y = 0;

  *extent = (Extent){ width, -1, height, -1, 0, 0 };
  for (int j = 0; j < height; j++)
    for (int i = 0; i < width; i++)
      {
        float amount = ink[j * width + i];

        mass += amount;
        x += amount * (i + 0.5);
        y += amount * (j + 0.5);
        if (amount < LEAST_INK)
          continue;
        extent->left = MIN (extent->left, i);
        extent->right = MAX (extent->right, i);
        extent->top = MIN (extent->top, j);
        extent->bottom = MAX (extent->bottom, j);
      }
  if (extent->right < 0)
    return FALSE;
  extent->x = x / mass;
  extent->y = y / mass;
  return TRUE;
}

static double
get_ink (const float *ink,
         int          width,
         int          height,
         double       x,
         double       y)
{
  int i = (int) floor (x), j = (int) floor (y);

  return i >= 0 && j >= 0 && i < width && j < height ? ink[j * width + i] : 0;
}

/**
 * strata_ink_center: (skip)
 * @ink: a drawing, from 0 to 1
 * @pixels: (out caller-allocates): what becomes of it, from 0 to 1
 *
 * Makes a drawing as large as the digits of MNIST are, and puts it in the middle by its centre of mass, as was done
 * with those (LeCun et al., 1998).
 *
 * Returns: whether there is any ink
 */
gboolean
strata_ink_center (const float *ink,
                   int          width,
                   int          height,
                   float       *pixels,
                   int          columns,
                   int          rows)
{
  Extent extent;
  double side, step;
  int n;

  memset (pixels, 0, sizeof pixels[0] * columns * rows);
  if (!find_extent (ink, width, height, &extent))
    return FALSE;
  side = MAX (extent.right - extent.left, extent.bottom - extent.top) + 1;
  /* How much of the drawing goes into a pixel, and points to look at in it a side. */
  step = side / (FILLED * MIN (columns, rows));
  n = (int) ceil (MAX (step, 1));
  for (int j = 0; j < rows; j++)
    for (int i = 0; i < columns; i++)
      {
        double sum = 0;

        for (int v = 0; v < n; v++)
          for (int u = 0; u < n; u++)
            sum += get_ink (ink, width, height, extent.x + (i + (u + 0.5) / n - columns / 2.0) * step,
                            extent.y + (j + (v + 0.5) / n - rows / 2.0) * step);
        pixels[j * columns + i] = (float) (sum / (n * n));
      }
  return TRUE;
}
