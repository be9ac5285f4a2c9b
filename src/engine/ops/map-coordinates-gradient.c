/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/map-coordinates-op.h"

#include <string.h>

static gboolean
map_coordinates_gradient_infer (StrataNode  *node,
                                GError     **error)
{
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 1));
  strata_node_set_output (node, 1, STRATA_FLOAT32, strata_node_shape (node, 2));
  return TRUE;
}

/* How much the weight of @corner grows with coordinate @d. */
static float
get_slope (const StrataSpot *spots,
           int               rank,
           int               corner,
           int               d)
{
  float slope = corner >> d & 1 ? 1 : -1;

  for (int k = 0; k < rank; k++)
    slope *= k == d ? 1 : spots[k].weight[corner >> k & 1];
  return slope;
}

static void
map_coordinates_gradient_run (const StrataRun *run)
{
  const StrataMapOptions *options = STRATA_ATTRS (StrataMapOptions, run->node);
  const StrataShape *shape = strata_node_shape (run->node, 1);
  gint64 n = strata_shape_get_size (strata_node_shape (run->node, 0));
  const float *grad = run->in[0], *x = run->in[1], *coordinates = run->in[2];
  float *of_x = run->out[0], *of_coordinates = run->out[1];
  StrataSpot spots[STRATA_MAX_RANK];

  memset (of_x, 0, strata_shape_get_size (shape) * sizeof *of_x);
  memset (of_coordinates, 0, n * shape->rank * sizeof *of_coordinates);
  for (gint64 i = 0; i < n; i++)
    {
      for (int d = 0; d < shape->rank; d++)
        strata_spot_find (&spots[d], options->fill, options->nearest, coordinates[d * n + i], shape->dims[d]);
      for (int corner = 0; corner < (options->nearest ? 1 : 1 << shape->rank); corner++)
        {
          float weight;
          gint64 at = strata_spot_corner (spots, shape, corner, &weight);

          if (at >= 0)
            of_x[at] += weight * grad[i];
          for (int d = 0; d < shape->rank && !options->nearest; d++)
            of_coordinates[d * n + i] += grad[i] * get_slope (spots, shape->rank, corner,
                                                              d) * (at >= 0 ? x[at] : options->value);
        }
    }
}

const StrataOp strata_op_map_coordinates_gradient = {
  .name = "map_coordinates_gradient",
  .n_inputs = 3,
  .n_outputs = 2,
  .attrs_size = sizeof (StrataMapOptions),
  .infer = map_coordinates_gradient_infer,
  .run = map_coordinates_gradient_run,
};
