/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/draw-op.h"

#include "tensor/pool.h"
#include "tensor/random.h"

/* Numbers a task draws. */
#define TASK_NUMBERS 4096

typedef struct
{
  StrataDrawFill fill;
  guint64 key, stream;
  float *out;
  gint64 n;
} Draw;

gboolean
strata_draw_infer (StrataNode  *node,
                   GError     **error)
{
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_ATTRS (StrataDrawAttrs, node)->shape);
  return TRUE;
}

static void
draw_part (gpointer data,
           guint    task,
           guint    thread)
{
  const Draw *draw = data;
  gint64 start = (gint64) task * TASK_NUMBERS;

  draw->fill (draw->key, draw->stream, start, draw->out + start, MIN (TASK_NUMBERS, draw->n - start));
}

/**
 * strata_draw_run: (skip)
 * @fill: writes elements of a stream
 *
 * Fills a node's output; each step of a run has a key of its own.
 */
void
strata_draw_run (const StrataRun *run,
                 StrataDrawFill   fill)
{
  const StrataDrawAttrs *attrs = STRATA_ATTRS (StrataDrawAttrs, run->node);
  guint64 seed = attrs->seed == STRATA_NONE_INT ? run->seed : (guint64) attrs->seed;
  Draw draw = { fill, strata_random_mix (seed, run->step), attrs->stream, run->out[0],
                strata_shape_get_size (&run->node->outputs[0].shape) };

  strata_pool_run ((draw.n + TASK_NUMBERS - 1) / TASK_NUMBERS, draw_part, &draw);
}

StrataValue *
strata_draw_emit (StrataBuilder     *b,
                  const StrataOp    *op,
                  const StrataShape *shape,
                  gint64             seed)
{
  /* Layers that were given the same seed draw the same; all others draw from streams of their own. */
  StrataDrawAttrs attrs = { *shape, seed, seed == STRATA_NONE_INT ? strata_builder_next_stream (b) : 0 };

  return strata_builder_emit (b, op, &attrs, NULL, 0);
}
