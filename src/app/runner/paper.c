/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/paper.h"

/* Samples of the data that are looked at to find out how pictures are written. */
#define N_LOOKED_AT 16

/**
 * strata_paper_look: (skip)
 * @set: whose samples are pictures
 *
 * Looks at a few of them, which are read for that.
 */
gboolean
strata_paper_look (StrataPaper    *self,
                   StrataDataSet  *set,
                   GError        **error)
{
  gint64 n = MIN (strata_source_get_size (set->x), N_LOOKED_AT), indices[N_LOOKED_AT];
  StrataShape shape;
  StrataDType dtype;
  g_autofree float *numbers = NULL;
  double sum = 0;
  gsize size;
  float most = 0;

  strata_source_get_spec (set->x, 0, &dtype, &shape);
  size = n * strata_shape_get_size (&shape);
  numbers = g_new (float, size + 1);
  for (gint64 i = 0; i < n; i++)
    indices[i] = i;
  if (!strata_source_fill (set->x, 0, indices, n, STRATA_FLOAT32, numbers, error))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      most = MAX (most, numbers[i]);
      sum += numbers[i];
    }
  most = most > 1 ? 255 : 1;
  self->paper = sum > 0.5 * most * size ? most : 0;
  self->ink = most - self->paper;
  return TRUE;
}
