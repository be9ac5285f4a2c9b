/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/op.h"

G_BEGIN_DECLS

/*
 * How ops that sum over all but the last dimension share the rows out: into
 * parts that do not depend on the number of threads, so neither do the sums.
 */
#define STRATA_MAX_PARTS 64

typedef struct
{
  gint64 rows, width;
  gint64 part_rows;
  guint n_parts;
} StrataParts;

static inline StrataParts
strata_parts_of (const StrataShape *x)
{
  StrataParts parts = { .rows = strata_shape_get_span (x, 0, x->rank - 1), .width = x->dims[x->rank - 1] };
  gint64 least = MAX (16384 / MAX (parts.width, 1), 16);

  parts.part_rows = MAX ((parts.rows + STRATA_MAX_PARTS - 1) / STRATA_MAX_PARTS, least);
  parts.n_parts = (parts.rows + parts.part_rows - 1) / parts.part_rows;
  return parts;
}

/* Rows of part @part. */
static inline gint64
strata_parts_get_rows (const StrataParts *parts,
                       guint              part)
{
  return MIN (parts->part_rows, parts->rows - part * parts->part_rows);
}

G_END_DECLS
