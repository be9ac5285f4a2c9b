/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/reduce-op.h"

#include <string.h>

#include "ops/narrow.h"
#include "tensor/pool.h"

/* Numbers worth a task of their own. */
#define TASK_NUMBERS 16384
/* Where the first dimension is folded: most tasks, and least of it for each, so that results of parts stay small. */
#define MAX_PARTS 32
#define MIN_PART 128

/**
 * strata_axis_bit:
 * @axis: may count from the end
 *
 * Returns: the bit of an axis of @x
 */
guint
strata_axis_bit (const StrataValue *x,
                 int                axis)
{
  int place = axis < 0 ? axis + x->shape.rank : axis;

  /* What comes of a builder that has failed has no axes. */
  return place >= 0 && place < STRATA_MAX_RANK ? STRATA_AXIS (place) : 0;
}

gboolean
strata_reduce_infer (StrataNode  *node,
                     GError     **error)
{
  const StrataReduceAttrs *attrs = STRATA_ATTRS (StrataReduceAttrs, node);
  const StrataShape *x = strata_node_shape (node, 0);
  StrataShape shape = { 0 };

  if (node->inputs[0]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "float32");
  for (int i = 0; i < x->rank; i++)
    if (!(attrs->axes & STRATA_AXIS (i)))
      strata_shape_append (&shape, x->dims[i]);
    else if (attrs->keep_dims)
      strata_shape_append (&shape, 1);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

typedef struct
{
  gint64 dims[STRATA_MAX_RANK];
  gboolean folded[STRATA_MAX_RANK];
  int rank;
} Groups;

/* Neighbouring dimensions that are both folded or both kept are one. */
static void
group_dims (const StrataShape *x,
            guint              axes,
            Groups            *groups)
{
  groups->rank = 0;
  for (int i = 0; i < x->rank; i++)
    {
      gboolean folded = (axes & STRATA_AXIS (i)) != 0;

      if (x->dims[i] == 1)
        continue;
      if (groups->rank > 0 && groups->folded[groups->rank - 1] == folded)
        groups->dims[groups->rank - 1] *= x->dims[i];
      else
        {
          groups->dims[groups->rank] = x->dims[i];
          groups->folded[groups->rank++] = folded;
        }
    }
}

static void
fold_group (const StrataFold  *fold,
            const Groups      *groups,
            int                at,
            const float      **in,
            float            **out)
{
  gint64 n = groups->dims[at];
  float *start = *out;

  if (at == groups->rank - 1)
    {
      if (groups->folded[at])
        **out = fold->row (**out, *in, n), *out += 1;
      else
        fold->columns (*in, 1, n, *out), *out += n;
      *in += n;
    }
  else if (at == groups->rank - 2 && groups->folded[at])
    {
      fold->columns (*in, n, groups->dims[at + 1], *out);
      *in += n * groups->dims[at + 1];
      *out += groups->dims[at + 1];
    }
  else
    for (gint64 i = 0; i < n; i++)
      {
        if (groups->folded[at])
          *out = start;
        fold_group (fold, groups, at + 1, in, out);
      }
}

/* A reduction split along its first dimension. Where that is kept, each task
 * makes a part of the result; where it is folded, each makes a result of its
 * part, and these are folded in order. How it is split depends on the shape alone. */
typedef struct
{
  const StrataFold *fold;
  Groups groups;
  const float *in;
  float *out;
  gint64 n_out;      /* numbers of the result */
  gint64 part;       /* of the first dimension, for a task */
  gint64 in_stride;  /* numbers of the input for one of the first dimension */
  gint64 out_stride; /* numbers written for the same, or by a task where it is folded */
  guint n_tasks;
} Split;

static void
plan_split (Split            *split,
            const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);
  gint64 size = strata_shape_get_size (x), first;

  split->n_out = strata_shape_get_size (&node->outputs[0].shape);
  split->n_tasks = 1;
  group_dims (x, STRATA_ATTRS (StrataReduceAttrs, node)->axes, &split->groups);
  if (size < 2 * TASK_NUMBERS)
    return;

  first = split->groups.dims[0];
  split->in_stride = size / first;
  split->part = MAX (1, TASK_NUMBERS / split->in_stride);
  if (split->groups.folded[0])
    split->part = MAX (MAX (split->part, (first + MAX_PARTS - 1) / MAX_PARTS), MIN_PART);
  split->out_stride = split->groups.folded[0] ? split->n_out : split->n_out / first;
  split->n_tasks = (first + split->part - 1) / split->part;
}

static void
fold_part (gpointer data,
           guint    task,
           guint    thread)
{
  const Split *split = data;
  gint64 first = task * split->part;
  Groups groups = split->groups;
  const float *in = split->in + first * split->in_stride;
  float *out = split->out + (groups.folded[0] ? task : first) * split->out_stride;

  groups.dims[0] = MIN (split->part, groups.dims[0] - first);
  for (gint64 i = 0; groups.folded[0] && i < split->n_out; i++)
    out[i] = split->fold->start;
  fold_group (split->fold, &groups, 0, &in, &out);
}

/**
 * strata_reduce_scratch: (skip)
 *
 * Returns: bytes for what the parts of a reduction come to
 */
gsize
strata_reduce_scratch (const StrataNode *node)
{
  Split split;

  plan_split (&split, node);
  return split.n_tasks > 1 && split.groups.folded[0] ? split.n_tasks * split.n_out * sizeof (float) : 0;
}

/**
 * strata_reduce_fold: (skip)
 *
 * Runs a reduction with the kernels of @fold.
 */
void
strata_reduce_fold (const StrataRun  *run,
                    const StrataFold *fold)
{
  const float *in = run->in[0];
  float *out = run->out[0];
  Split split = { .fold = fold, .in = in, .out = out };

  plan_split (&split, run->node);
  for (gint64 i = 0; i < split.n_out; i++)
    out[i] = fold->start;
  if (strata_shape_get_size (strata_node_shape (run->node, 0)) == 0)
    return;

  if (split.groups.rank == 0)
    fold->columns (in, 1, 1, out);
  else if (split.n_tasks == 1)
    fold_group (fold, &split.groups, 0, &in, &out);
  else
    {
      split.out = split.groups.folded[0] ? run->scratch : out;
      strata_pool_run (split.n_tasks, fold_part, &split);
      if (split.groups.folded[0])
        fold->columns (run->scratch, split.n_tasks, split.n_out, out);
    }
}

/**
 * strata_reduce_expand: (skip)
 * @value: of the shape of the reduction's result
 *
 * Returns: it with the folded dimensions back, as 1
 */
StrataValue *
strata_reduce_expand (StrataBuilder    *b,
                      const StrataNode *node,
                      StrataValue      *value)
{
  StrataShape shape = *strata_node_shape (node, 0);

  for (int i = 0; i < shape.rank; i++)
    if (STRATA_ATTRS (StrataReduceAttrs, node)->axes & STRATA_AXIS (i))
      shape.dims[i] = 1;
  return strata_reshape (b, value, &shape);
}

/**
 * strata_reduce_pick_gradient: (skip)
 *
 * The gradient of the largest or smallest: where several are, they share it, as in TensorFlow.
 */
void
strata_reduce_pick_gradient (StrataBuilder       *b,
                             const StrataNode    *node,
                             StrataValue *const  *grads,
                             StrataValue        **input_grads)
{
  guint axes = STRATA_ATTRS (StrataReduceAttrs, node)->axes;
  StrataValue *best = strata_reduce_expand (b, node, strata_node_get_result (node));
  StrataValue *chosen = strata_equal (b, node->inputs[0], best);
  StrataValue *share = strata_divide (b, chosen, strata_reduce_sum (b, chosen, axes, TRUE));

  input_grads[0] = strata_multiply (b, share, strata_reduce_expand (b, node, grads[0]));
}

StrataValue *
strata_reduce_emit (StrataBuilder  *b,
                    const StrataOp *op,
                    StrataValue    *x,
                    guint           axes,
                    gboolean        keep_dims)
{
  if (x->dtype != STRATA_FLOAT32)
    x = strata_cast (b, x, STRATA_FLOAT32);
  axes &= (1u << x->shape.rank) - 1;
  if (axes == 0)
    return x;
  return strata_builder_emit (b, op, &(StrataReduceAttrs){ axes, keep_dims }, &x, 1);
}

/**
 * strata_reduce_mean:
 *
 * Returns: (transfer none): the mean along @axes
 */
StrataValue *
strata_reduce_mean (StrataBuilder *b,
                    StrataValue   *x,
                    guint          axes,
                    gboolean       keep_dims)
{
  StrataDType precision = strata_builder_set_precision (b, STRATA_FLOAT32);
  gint64 n = 1;

  for (int i = 0; i < x->shape.rank; i++)
    if (axes & STRATA_AXIS (i))
      n *= x->shape.dims[i];
  x = strata_scale (b, strata_reduce_sum (b, x, axes, keep_dims), 1.0 / n);
  strata_builder_set_precision (b, precision);
  return strata_narrow (b, x, precision);
}
