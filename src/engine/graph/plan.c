/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/plan.h"

static int
compare_sizes (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const StrataInterval *x = *(const StrataInterval *const *) a, *y = *(const StrataInterval *const *) b;

  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x->first < y->first ? -1 : x->first > y->first;
}

/* The lowest gap among the buffers alive at the same time. @placed has copies in the order
 * of offsets, side by side as all are looked at again and again. */
static void
place (StrataInterval *interval,
       GArray         *placed)
{
  guint i, at;

  interval->offset = 0;
  for (i = 0; i < placed->len; i++)
    {
      const StrataInterval *other = &g_array_index (placed, StrataInterval, i);

      if (other->first > interval->last || interval->first > other->last)
        continue;
      if (interval->offset + interval->bytes <= other->offset)
        break;
      interval->offset = MAX (interval->offset, other->offset + other->bytes);
    }
  for (at = i; at > 0 && g_array_index (placed, StrataInterval, at - 1).offset > interval->offset;)
    at--;
  g_array_insert_val (placed, at, *interval);
}

/**
 * strata_plan_arena: (skip)
 * @intervals: buffers with their sizes and lives
 * @n: how many
 *
 * Lays buffers out in one arena so that no two that live at the same time
 * overlap: the largest first, each as low as it fits (Pisarchyk and Lee,
 * "Efficient memory management for deep neural net inference", 2020).
 * Returns: bytes of the arena
 */
gsize
strata_plan_arena (StrataInterval *intervals,
                   guint           n)
{
  g_autofree StrataInterval **order = g_new (StrataInterval *, MAX (n, 1));
  g_autoptr (GArray) placed = g_array_sized_new (FALSE, FALSE, sizeof (StrataInterval), n);
  gsize total = 0;

  for (guint i = 0; i < n; i++)
    {
      intervals[i].bytes = (intervals[i].bytes + 63) / 64 * 64;
      order[i] = &intervals[i];
    }
  g_qsort_with_data (order, n, sizeof order[0], compare_sizes, NULL);

  for (guint i = 0; i < n; i++)
    {
      place (order[i], placed);
      total = MAX (total, order[i]->offset + order[i]->bytes);
    }
  return total;
}
