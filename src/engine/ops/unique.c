/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/sorting.h"

#include <string.h>

typedef struct
{
  gint64 size;
  gboolean sorted;
  double filler;
} Attrs;

extern const StrataOp strata_op_unique;

static gboolean
unique_infer (StrataNode  *node,
              GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);
  gint64 size = STRATA_ATTRS (Attrs, node)->size;

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank != 2 || x->dims[0] > G_MAXINT32)
    return strata_op_mismatch (node, error, "rows of float32");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (size, x->dims[1]));
  strata_node_set_output (node, 1, STRATA_INT32, &STRATA_SHAPE (size));
  strata_node_set_output (node, 2, STRATA_INT32, &STRATA_SHAPE (x->dims[0]));
  strata_node_set_output (node, 3, STRATA_INT32, &STRATA_SHAPE (size));
  return TRUE;
}

static gsize
unique_scratch (const StrataNode *node)
{
  return 2 * strata_node_shape (node, 0)->dims[0] * sizeof (gint32);
}

static int
compare (const float *x,
         const float *y,
         gint64       width)
{
  for (gint64 i = 0; i < width; i++)
    if (x[i] != y[i])
      return x[i] < y[i] ? -1 : 1;
  return 0;
}

/* Rows in order, equal ones by place: by merging. */
static gint32 *
sort_rows (const float *x,
           gint64       n,
           gint64       width,
           gint32      *order,
           gint32      *other)
{
  for (gint64 i = 0; i < n; i++)
    order[i] = i;
  for (gint64 run = 1; run < n; run *= 2)
    {
      gint32 *before = order;

      for (gint64 start = 0; start < n; start += 2 * run)
        {
          gint64 middle = MIN (start + run, n), end = MIN (start + 2 * run, n), left = start, right = middle;

          for (gint64 i = start; i < end; i++)
            if (left < middle &&
                (right >= end || compare (x + order[left] * width, x + order[right] * width, width) <= 0))
              other[i] = order[left++];
            else
              other[i] = order[right++];
        }
      order = other;
      other = before;
    }
  return order;
}

/* Numbers groups of equal rows, by what they are or by where they begin: into @groups, for each row. */
static void
number_groups (const float  *x,
               gint64        n,
               gint64        width,
               gboolean      sorted,
               const gint32 *order,
               gint32       *groups)
{
  gint32 n_groups = 0;

  for (gint64 i = 0, first = 0; i < n; i++)
    {
      if (i > 0 && compare (x + order[i - 1] * width, x + order[i] * width, width) != 0)
        {
          n_groups++;
          first = i;
        }
      /* While they are unsorted, a group is called after its first row. */
      groups[order[i]] = sorted ? n_groups : -1 - order[first];
    }
  n_groups = 0;
  for (gint64 i = 0; i < n && !sorted; i++)
    groups[i] = groups[i] == -1 - i ? n_groups++ : groups[-1 - groups[i]];
}

/* What is beyond is filled up as Keras does it on TensorFlow: places with 1. */
static void
unique_run (const StrataRun *run)
{
  const StrataShape *shape = strata_node_shape (run->node, 0);
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  gint64 n = shape->dims[0], width = shape->dims[1];
  const float *x = run->in[0];
  float *values = run->out[0];
  gint32 *places = run->out[1], *groups = run->out[2], *counts = run->out[3], *order;

  order = sort_rows (x, n, width, run->scratch, (gint32 *) run->scratch + n);
  number_groups (x, n, width, attrs->sorted, order, groups);
  memset (counts, 0, attrs->size * sizeof *counts);
  for (gint64 i = 0; i < attrs->size; i++)
    places[i] = 1;
  for (gint64 i = 0; i < attrs->size * width; i++)
    values[i] = attrs->filler;
  for (gint64 i = 0; i < n; i++)
    if (groups[i] < attrs->size && counts[groups[i]]++ == 0)
      {
        places[groups[i]] = i;
        memcpy (values + groups[i] * width, x + i * width, width * sizeof *values);
      }
}

const StrataOp strata_op_unique = {
  .name = "unique",
  .n_inputs = 1,
  .n_outputs = 4,
  .attrs_size = sizeof (Attrs),
  .infer = unique_infer,
  .scratch = unique_scratch,
  .run = unique_run,
};

/**
 * strata_unique: (skip)
 * @x: of shape (rows, width)
 * @size: how many different rows are told
 * @sorted: whether in their order, rather than as they come
 * @filler: what stands where there are fewer
 * @results: (out): the rows; where each is first; for each row of @x which one it is; how many there are of each
 */
void
strata_unique (StrataBuilder  *b,
               StrataValue    *x,
               gint64          size,
               gboolean        sorted,
               double          filler,
               StrataValue   **results)
{
  StrataValue *values = strata_builder_emit (b, &strata_op_unique, &(Attrs){ size, sorted, filler }, &x, 1);

  for (int i = 0; i < 4; i++)
    results[i] = strata_builder_has_failed (b) ? values : &values->node->outputs[i];
}
