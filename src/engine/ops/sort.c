/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/sorting.h"

#include <math.h>
#include <string.h>

#include "tensor/pool.h"

typedef struct
{
  gboolean descending;
} Attrs;

typedef struct
{
  float value;
  gint32 place;
} Entry;

typedef struct
{
  const StrataRun *run;
  gint64 n;
} Walk;

extern const StrataOp strata_op_sort;

static gboolean
sort_infer (StrataNode  *node,
            GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank < 1 || x->dims[x->rank - 1] > G_MAXINT32)
    return strata_op_mismatch (node, error, "float32 of at least one dimension");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  strata_node_set_output (node, 1, STRATA_INT32, x);
  return TRUE;
}

static gsize
sort_scratch (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);

  return 2 * x->dims[x->rank - 1] * sizeof (Entry) * strata_pool_get_n_threads ();
}

/* NaN is the largest of all, as in NumPy. */
static inline gboolean
comes_before (float    x,
              float    y,
              gboolean descending)
{
  if (isnan (x) || isnan (y))
    return descending ? isnan (x) && !isnan (y) : isnan (y) && !isnan (x);
  return descending ? x > y : x < y;
}

/* Merges runs of @width from @from to @to; of equals, the first stays first. */
static void
merge_runs (const Entry *from,
            Entry       *to,
            gint64       n,
            gint64       width,
            gboolean     descending)
{
  for (gint64 start = 0; start < n; start += 2 * width)
    {
      gint64 middle = MIN (start + width, n), end = MIN (start + 2 * width, n), left = start, right = middle;

      for (gint64 i = start; i < end; i++)
        if (left < middle && (right >= end || !comes_before (from[right].value, from[left].value, descending)))
          to[i] = from[left++];
        else
          to[i] = from[right++];
    }
}

static void
sort_row (gpointer data,
          guint    task,
          guint    thread)
{
  const Walk *walk = data;
  gboolean descending = STRATA_ATTRS (Attrs, walk->run->node)->descending;
  gint64 n = walk->n, first = task * n;
  Entry *from = (Entry *) walk->run->scratch + 2 * n * thread, *to = from + n;
  const float *x = (const float *) walk->run->in[0] + first;
  float *values = (float *) walk->run->out[0] + first;
  gint32 *places = (gint32 *) walk->run->out[1] + first;

  for (gint64 i = 0; i < n; i++)
    from[i] = (Entry){ x[i], i };
  for (gint64 width = 1; width < n; width *= 2)
    {
      Entry *before = from;

      merge_runs (from, to, n, width, descending);
      from = to;
      to = before;
    }
  for (gint64 i = 0; i < n; i++)
    {
      values[i] = from[i].value;
      places[i] = from[i].place;
    }
}

static void
sort_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  Walk walk = { run, x->dims[x->rank - 1] };

  strata_pool_run (strata_shape_get_span (x, 0, x->rank - 1), sort_row, &walk);
}

static void
sort_gradient (StrataBuilder       *b,
               const StrataNode    *node,
               StrataValue *const  *grads,
               StrataValue        **input_grads)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (grads[0] != NULL)
    input_grads[0] = strata_put_along (b, (StrataValue *) &node->outputs[1], grads[0], x->dims[x->rank - 1]);
}

const StrataOp strata_op_sort = {
  .name = "sort",
  .n_inputs = 1,
  .n_outputs = 2,
  .attrs_size = sizeof (Attrs),
  .infer = sort_infer,
  .scratch = sort_scratch,
  .run = sort_run,
  .gradient = sort_gradient,
};

/**
 * strata_sort:
 * @descending: whether the largest comes first
 * @places: (out) (optional): int32: where in its row each number was
 *
 * Sorts along the last dimension; equals keep their order. NaN is larger than all.
 *
 * Returns: (transfer none): the numbers in order
 */
StrataValue *
strata_sort (StrataBuilder  *b,
             StrataValue    *x,
             gboolean        descending,
             StrataValue   **places)
{
  StrataValue *values = strata_builder_emit (b, &strata_op_sort, &(Attrs){ descending }, &x, 1);

  if (places != NULL)
    *places = strata_builder_has_failed (b) ? values : &values->node->outputs[1];
  return values;
}
