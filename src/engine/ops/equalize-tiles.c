/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/equalize.h"

#include <math.h>
#include <string.h>

#include "tensor/pool.h"

#define SHADES 256

typedef struct
{
  gint64 rows, columns; /* of tiles */
  double limit;
} Attrs;

typedef struct
{
  const StrataRun *run;
  gint64 rows, columns, channels; /* of the images */
  gint64 height, width;           /* of a tile */
} Walk;

extern const StrataOp strata_op_equalize_tiles;

static gboolean
equalize_tiles_infer (StrataNode  *node,
                      GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank != 4 || x->dims[1] == 0 || x->dims[2] == 0)
    return strata_op_mismatch (node, error, "images (batch, rows, columns, channels) of float32");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  return TRUE;
}

static gsize
count_floats (const StrataNode *node)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);

  return attrs->rows * attrs->columns * SHADES;
}

static gsize
equalize_tiles_scratch (const StrataNode *node)
{
  return count_floats (node) * sizeof (float) * strata_pool_get_n_threads ();
}

/* A place behind the edge is one before it: the image is mirrored. */
static gint64
mirror (gint64 at,
        gint64 n)
{
  at %= 2 * n;
  return at < n ? at : 2 * n - 1 - at;
}

static int
get_shade (float value)
{
  return value > 0 ? MIN ((int) MIN (value, 255.0f), SHADES - 1) : 0;
}

/* Counts become what each shade turns into: none is more common than the limit says. */
static void
finish_table (float  *table,
              float   limit,
              gint64  n)
{
  float excess = 0, sum = 0, least, rest;

  for (int i = 0; i < SHADES && limit > 0; i++)
    {
      excess += MAX (table[i] - limit, 0);
      table[i] = MIN (table[i], limit);
    }
  for (int i = 0; i < SHADES; i++)
    table[i] = sum += table[i] + excess / SHADES;
  least = table[0];
  rest = n - least;
  for (int i = 0; i < SHADES; i++)
    table[i] = CLAMP ((table[i] - least) * 255 / (rest == 0 ? 1 : rest), 0, 255);
}

static void
count_tile (const Walk  *walk,
            const float *x,
            gint64       row,
            gint64       column,
            float       *table)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, walk->run->node);

  memset (table, 0, SHADES * sizeof *table);
  for (gint64 i = row * walk->height; i < (row + 1) * walk->height; i++)
    for (gint64 j = column * walk->width; j < (column + 1) * walk->width; j++)
      table[get_shade (x[(mirror (i, walk->rows) * walk->columns + mirror (j, walk->columns)) * walk->channels])]++;
  finish_table (table, attrs->limit * walk->height * walk->width / SHADES, walk->height * walk->width);
}

/* The two tiles whose middles a pixel lies between, and how far it is on the way. */
static float
find_tiles (gint64  at,
            gint64  size,
            gint64  n,
            gint64 *first,
            gint64 *second)
{
  float place = (at - size / 2.0f) / size, low = floorf (place);

  *first = CLAMP (low, 0, n - 1);
  *second = CLAMP (low + 1, 0, n - 1);
  return place - low;
}

static void
equalize_channel (gpointer data,
                  guint    task,
                  guint    thread)
{
  const Walk *walk = data;
  const Attrs *attrs = STRATA_ATTRS (Attrs, walk->run->node);
  gint64 start = task / walk->channels * walk->rows * walk->columns * walk->channels + task % walk->channels;
  const float *x = (const float *) walk->run->in[0] + start;
  float *y = (float *) walk->run->out[0] + start;
  float *tables = (float *) walk->run->scratch + thread * count_floats (walk->run->node);

  for (gint64 tile = 0; tile < attrs->rows * attrs->columns; tile++)
    count_tile (walk, x, tile / attrs->columns, tile % attrs->columns, tables + tile * SHADES);
  for (gint64 i = 0; i < walk->rows; i++)
    for (gint64 j = 0; j < walk->columns; j++)
      {
        gint64 top, bottom, left, right, at = (i * walk->columns + j) * walk->channels;
        float down = find_tiles (i, walk->height, attrs->rows, &top, &bottom);
        float along = find_tiles (j, walk->width, attrs->columns, &left, &right);
        const float *table = tables + get_shade (x[at]);

#define TABLE(row, column) table[((row) * attrs->columns + (column)) * SHADES]
        y[at] = (TABLE (top, left) * (1 - along) + TABLE (top, right) * along) * (1 - down) +
                (TABLE (bottom, left) * (1 - along) + TABLE (bottom, right) * along) * down;
#undef TABLE
      }
}

static void
equalize_tiles_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  Walk walk = { run, x->dims[1], x->dims[2], x->dims[3], (x->dims[1] + attrs->rows - 1) / attrs->rows,
                (x->dims[2] + attrs->columns - 1) / attrs->columns };

  strata_pool_run (x->dims[0] * x->dims[3], equalize_channel, &walk);
}

const StrataOp strata_op_equalize_tiles = {
  .name = "equalize_tiles",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = equalize_tiles_infer,
  .scratch = equalize_tiles_scratch,
  .run = equalize_tiles_run,
};

/**
 * strata_equalize_tiles:
 * @x: of shape (batch, rows, columns, channels): numbers from 0 to 255
 * @rows: how many tiles there are from top to bottom
 * @columns: how many there are from left to right
 * @limit: how many times as common as on the average a shade may be, or 0
 *
 * Returns: (transfer none): numbers of each channel spread evenly from 0 to 255, by what
 *   the tiles around a pixel have; no gradient flows
 */
StrataValue *
strata_equalize_tiles (StrataBuilder *b,
                       StrataValue   *x,
                       gint64         rows,
                       gint64         columns,
                       double         limit)
{
  return strata_builder_emit (b, &strata_op_equalize_tiles, &(Attrs){ rows, columns, limit }, &x, 1);
}
