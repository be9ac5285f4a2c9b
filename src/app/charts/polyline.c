/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/polyline.h"

#include <math.h>

/**
 * strata_polyline_clear: (skip)
 * @self: a polyline, of zeros at first
 *
 * Frees its points.
 */
void
strata_polyline_clear (StrataPolyline *self)
{
  g_clear_pointer (&self->points, g_free);
  self->n = self->capacity = 0;
}

static void
add (StrataPolyline *self,
     double          x,
     double          y)
{
  if (self->n == self->capacity)
    {
      self->capacity = MAX (64, self->capacity * 2);
      self->points = g_renew (StrataPoint, self->points, self->capacity);
    }
  self->points[self->n++] = (StrataPoint) { x, y };
}

static void
add_gap (StrataPolyline *self)
{
  if (self->n > 0 && !isnan (self->points[self->n - 1].y))
    add (self, self->points[self->n - 1].x, NAN);
}

/* What is seen of the points that share a column of pixels: the first, the lowest, the highest and the last. */
typedef struct
{
  double column;
  gsize n;
  gsize index[4]; /* of first, low, high, last */
  StrataPoint point[4];
} Column;

static void
column_flush (Column         *column,
              StrataPolyline *target)
{
  gsize order[4] = { 0, 1, 2, 3 };

  if (column->n == 0)
    return;
  if (column->index[1] > column->index[2])
    {
      order[1] = 2;
      order[2] = 1;
    }
  for (gsize i = 0; i < 4; i++)
    if (i == 0 || column->index[order[i]] != column->index[order[i - 1]])
      add (target, column->point[order[i]].x, column->point[order[i]].y);
  column->n = 0;
}

static void
column_add (Column      *column,
            gsize        index,
            StrataPoint  point)
{
  if (column->n++ == 0)
    {
      for (gsize i = 0; i < 4; i++)
        {
          column->index[i] = index;
          column->point[i] = point;
        }
      return;
    }
  if (point.y < column->point[1].y)
    {
      column->index[1] = index;
      column->point[1] = point;
    }
  if (point.y > column->point[2].y)
    {
      column->index[2] = index;
      column->point[2] = point;
    }
  column->index[3] = index;
  column->point[3] = point;
}

/**
 * strata_polyline_set: (skip)
 * @self: a polyline
 * @x: where the points are, in rising order
 * @y: how high they are
 * @n: how many
 * @across: scale of @x
 * @up: scale of @y
 *
 * Makes the line through the points. Of those in one column of pixels the
 * first, the lowest, the highest and the last are kept: at most four a column,
 * and no spike is lost. Points that have no place leave a gap.
 */
void
strata_polyline_set (StrataPolyline    *self,
                     const double      *x,
                     const double      *y,
                     gsize              n,
                     const StrataScale *across,
                     const StrataScale *up)
{
  Column column = { 0 };

  g_return_if_fail (self != NULL && across != NULL && up != NULL);

  self->n = 0;
  for (gsize i = 0; i < n; i++)
    {
      StrataPoint point = { strata_scale_map (across, x[i]), strata_scale_map (up, y[i]) };

      if (isnan (point.x) || isnan (point.y))
        {
          column_flush (&column, self);
          add_gap (self);
          continue;
        }
      if (column.n > 0 && floor (point.x) != column.column)
        column_flush (&column, self);
      column.column = floor (point.x);
      column_add (&column, i, point);
    }
  column_flush (&column, self);
}
