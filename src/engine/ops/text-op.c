/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text-op.h"

#include "tensor/pool.h"

/* Rows that a task cuts. */
#define TASK_ROWS 32

typedef struct
{
  const StrataRun *run;
  StrataTextRow row;
  gsize row_bytes;
  gint64 rows, width;
} Walk;

gboolean
strata_text_op_check (StrataNode  *node,
                      GError     **error)
{
  int rank = strata_node_shape (node, 0)->rank;

  if (node->inputs[0]->dtype != STRATA_STRING || rank < 1 || rank > 2)
    return strata_op_mismatch (node, error, "one text a sample, or a list of them");
  return TRUE;
}

static void
run_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const Walk *walk = data;
  const StrataTextAttrs *attrs = STRATA_ATTRS (StrataTextAttrs, walk->run->node);
  gint64 end = MIN ((task + (gint64) 1) * TASK_ROWS, walk->rows);

  for (gint64 i = (gint64) task * TASK_ROWS; i < end; i++)
    {
      gsize n;
      const StrataToken *tokens = strata_tokens_split (&attrs->options, (const char *const *) walk->run->in[0] + i *
                                                       walk->width, walk->width, &n);

      walk->row (attrs, tokens, n, (char *) walk->run->out[0] + i * walk->row_bytes);
    }
}

void
strata_text_op_run (const StrataRun *run,
                    StrataTextRow    row,
                    gsize            row_bytes)
{
  const StrataShape *shape = strata_node_shape (run->node, 0);
  Walk walk = { run, row, row_bytes, shape->dims[0], shape->rank == 2 ? shape->dims[1] : 1 };

  strata_pool_run ((walk.rows + TASK_ROWS - 1) / TASK_ROWS, run_rows, &walk);
}
