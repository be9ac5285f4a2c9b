/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/map-coordinates-op.h"

#include "tensor/pool.h"

/* Numbers a task computes. */
#define TASK_NUMBERS 4096

static gboolean
map_coordinates_infer (StrataNode  *node,
                       GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0), *coordinates = strata_node_shape (node, 1);
  StrataShape shape = *coordinates;

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32 || x->rank < 1 ||
      coordinates->rank < 1 || coordinates->dims[0] != x->rank || strata_shape_get_size (x) == 0)
    return strata_op_mismatch (node, error, "an array of float32, and a row of coordinates for each of its dimensions");
  strata_shape_remove (&shape, 0);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
map_part (gpointer data,
          guint    task,
          guint    thread)
{
  const StrataRun *run = data;
  const StrataMapOptions *options = STRATA_ATTRS (StrataMapOptions, run->node);
  const StrataShape *shape = strata_node_shape (run->node, 0);
  gint64 n = strata_shape_get_size (&run->node->outputs[0].shape), end = MIN ((task + 1) * (gint64) TASK_NUMBERS, n);
  const float *x = run->in[0], *coordinates = run->in[1];
  float *y = run->out[0];
  StrataSpot spots[STRATA_MAX_RANK];

  for (gint64 i = task * (gint64) TASK_NUMBERS; i < end; i++)
    {
      float sum = 0;

      for (int d = 0; d < shape->rank; d++)
        strata_spot_find (&spots[d], options->fill, options->nearest, coordinates[d * n + i], shape->dims[d]);
      for (int corner = 0; corner < (options->nearest ? 1 : 1 << shape->rank); corner++)
        {
          float weight;
          gint64 at = strata_spot_corner (spots, shape, corner, &weight);

          if (weight != 0)
            sum += weight * (at >= 0 ? x[at] : options->value);
        }
      y[i] = sum;
    }
}

static void
map_coordinates_run (const StrataRun *run)
{
  gint64 n = strata_shape_get_size (&run->node->outputs[0].shape);

  strata_pool_run ((n + TASK_NUMBERS - 1) / TASK_NUMBERS, map_part, (gpointer) run);
}

static void
map_coordinates_gradient (StrataBuilder       *b,
                          const StrataNode    *node,
                          StrataValue *const  *grads,
                          StrataValue        **input_grads)
{
  StrataValue *inputs[] = { grads[0], node->inputs[0], node->inputs[1] };
  StrataValue *back = strata_builder_emit (b, &strata_op_map_coordinates_gradient, node->attrs, inputs, 3);

  input_grads[0] = back;
  if (!strata_builder_has_failed (b) && !STRATA_ATTRS (StrataMapOptions, node)->nearest)
    input_grads[1] = &back->node->outputs[1];
}

const StrataOp strata_op_map_coordinates = {
  .name = "map_coordinates",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataMapOptions),
  .infer = map_coordinates_infer,
  .run = map_coordinates_run,
  .gradient = map_coordinates_gradient,
};

/**
 * strata_map_fill_from_name:
 *
 * Returns: whether there is a fill mode of that name
 */
gboolean
strata_map_fill_from_name (const char    *name,
                           StrataMapFill *fill)
{
  static const char *const names[] = { "constant", "nearest", "wrap", "mirror", "reflect" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *fill = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * strata_map_coordinates:
 * @x: an array
 * @coordinates: of shape (dimensions of @x, ...): where in @x each result is
 *
 * Returns: (transfer none): numbers between those of @x
 */
StrataValue *
strata_map_coordinates (StrataBuilder          *b,
                        StrataValue            *x,
                        StrataValue            *coordinates,
                        const StrataMapOptions *options)
{
  return strata_builder_emit (b, &strata_op_map_coordinates, options, (StrataValue *[]){ x, coordinates }, 2);
}
