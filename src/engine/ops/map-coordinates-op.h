/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "ops/map-coordinates.h"

G_BEGIN_DECLS

extern const StrataOp strata_op_map_coordinates;
extern const StrataOp strata_op_map_coordinates_gradient;

/* Where in one dimension a number lies: up to two places, and how much each counts. */
typedef struct
{
  int n;
  gint64 at[2]; /* -1 for outside */
  float weight[2];
} StrataSpot;

/* As TensorFlow's backend of Keras maps places that lie outside. */
static inline gint64
strata_spot_fix (StrataMapFill fill,
                 double        at,
                 gint64        size)
{
  gint64 twice = 2 * size, rest;

  if (!(fabs (at) < 1e15))
    return fill == STRATA_MAP_CONSTANT ? -1 : 0;
  switch (fill)
    {
    case STRATA_MAP_CONSTANT:
      return at >= 0 && at < size ? (gint64) at : -1;
    case STRATA_MAP_NEAREST:
      return CLAMP (at, 0, size - 1);
    case STRATA_MAP_WRAP:
      return at - size * floor (at / size);
    default:
      rest = (gint64) fabs (at) % twice;
      if (rest >= size)
        rest = twice - rest - (fill == STRATA_MAP_REFLECT);
      return MIN (rest, size - 1);
    }
}

static inline void
strata_spot_find (StrataSpot    *spot,
                  StrataMapFill  fill,
                  gboolean       nearest,
                  float          at,
                  gint64         size)
{
  float low = nearest ? rintf (at) : floorf (at);

  spot->n = nearest ? 1 : 2;
  spot->at[0] = strata_spot_fix (fill, low, size);
  spot->weight[0] = nearest ? 1 : 1 - (at - low);
  spot->at[1] = strata_spot_fix (fill, low + 1, size);
  spot->weight[1] = at - low;
}

/* Corner @corner of all that count: its place, -1 where outside; its weight into @weight. */
static inline gint64
strata_spot_corner (const StrataSpot  *spots,
                    const StrataShape *x,
                    int                corner,
                    float             *weight)
{
  gint64 index = 0;

  *weight = 1;
  for (int d = 0; d < x->rank; d++)
    {
      int side = spots[d].n == 2 ? corner >> d & 1 : 0;

      *weight *= spots[d].weight[side];
      index = index < 0 || spots[d].at[side] < 0 ? -1 : index * x->dims[d] + spots[d].at[side];
    }
  return index;
}

G_END_DECLS
