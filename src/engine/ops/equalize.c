/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/equalize.h"

#include <math.h>
#include <string.h>

typedef struct
{
  gint64 bins;
} Attrs;

extern const StrataOp strata_op_equalize;

static gboolean
equalize_infer (StrataNode  *node,
                GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 0)->rank < 1)
    return strata_op_mismatch (node, error, "images of float32");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

static gsize
equalize_scratch (const StrataNode *node)
{
  return STRATA_ATTRS (Attrs, node)->bins * sizeof (double);
}

static gint64
find_bin (float  value,
          gint64 bins)
{
  return CLAMP ((double) value * (bins - 1) / 255, 0, bins - 1);
}

/* Counts become what each bin's pixels are turned into; returns whether there is more than one shade. */
static gboolean
make_table (double *table,
            gint64  bins)
{
  double first = -1, sum = 0;
  gint64 n_used = 0;

  for (gint64 i = 0; i < bins; i++)
    {
      n_used += table[i] > 0;
      sum += table[i];
      first = first < 0 && sum > 0 ? sum : first;
      table[i] = sum;
    }
  for (gint64 i = 0; i < bins; i++)
    table[i] = CLAMP (rint ((table[i] - first) * 255 / (sum > first ? sum - first : 1)), 0, 255);
  return n_used > 1;
}

static void
equalize_run (const StrataRun *run)
{
  const StrataShape *shape = strata_node_shape (run->node, 0);
  gint64 bins = STRATA_ATTRS (Attrs, run->node)->bins, channels = shape->dims[shape->rank - 1];
  gint64 n = strata_shape_get_size (shape);
  const float *x = run->in[0];
  float *y = run->out[0];
  double *table = run->scratch;

  for (gint64 c = 0; c < channels; c++)
    {
      gboolean several;

      memset (table, 0, bins * sizeof *table);
      for (gint64 i = c; i < n; i += channels)
        table[find_bin (x[i], bins)]++;
      several = make_table (table, bins);
      for (gint64 i = c; i < n; i += channels)
        y[i] = several ? (float) table[find_bin (x[i], bins)] : x[i];
    }
}

const StrataOp strata_op_equalize = {
  .name = "equalize",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = equalize_infer,
  .scratch = equalize_scratch,
  .run = equalize_run,
};

/**
 * strata_equalize:
 * @x: of shape (..., channels): numbers from 0 to 255
 * @bins: into how many shades they are sorted
 *
 * Returns: (transfer none): numbers of each channel spread evenly from 0 to 255; no gradient flows
 */
StrataValue *
strata_equalize (StrataBuilder *b,
                 StrataValue   *x,
                 gint64         bins)
{
  return strata_builder_emit (b, &strata_op_equalize, &(Attrs){ bins }, &x, 1);
}
