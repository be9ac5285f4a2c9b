/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/arrange.h"

#include <math.h>

/*
 * A network that is much longer than wide is laid out as text is: in lines beside each other, each begun where few
 * wires have to go from one to the next.
 */

/* What fits a screen without wrapping, along the flow. */
#define LONGEST 3600
/* How much wider than high a picture of all should be, which is what screens are beside two panes. */
#define ASPECT 1.1
/* How far from where lines would be equally long one may end, in parts of that length. */
#define SLACK 0.3
/* How many wires more are worth a line that is shorter or longer by all of the slack. */
#define WIRES 3

/* How many lines show all in the largest scale. */
static guint
choose_n_lines (double length,
                double breadth)
{
  guint best = 1;
  double largest = 0;

  for (guint n = 1; n <= length / LONGEST * 4 + 1; n++)
    {
      double scale = MIN (ASPECT / (n * breadth), n / length);

      if (scale <= largest)
        break;
      largest = scale;
      best = n;
    }
  return best;
}

/* The layer near @ideal that the fewest wires have to be led to from another line. */
static guint
choose_break (const double *begins,
              const guint  *crossings,
              guint         first,
              guint         n_layers,
              double        ideal,
              double        slack)
{
  double least = INFINITY;
  guint best = 0;

  for (guint i = first; i < n_layers && begins[i] <= ideal + slack; i++)
    {
      double cost = crossings[i] + WIRES * fabs (begins[i] - ideal) / slack;

      if (begins[i] < ideal - slack || cost >= least)
        continue;
      least = cost;
      best = i;
    }
  return best;
}

/**
 * strata_arrange_wrap: (skip)
 * @begins: where each layer begins along the flow, and where all end
 * @crossings: how many wires lead to each layer or past it from what is before
 * @n_layers: how many layers there are
 * @breadth: how far one line is from the next
 *
 * Returns: (transfer full) (element-type guint): the first layer of each line
 */
GArray *
strata_arrange_wrap (const double *begins,
                     const guint  *crossings,
                     guint         n_layers,
                     double        breadth)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (guint));
  double length = begins[n_layers];
  guint n_lines = length > LONGEST ? choose_n_lines (length, breadth) : 1, first = 0;

  g_array_append_val (lines, first);
  for (guint i = 1; i < n_lines; i++)
    {
      guint next = choose_break (begins, crossings, first + 1, n_layers, i * length / n_lines,
                                 SLACK * length / n_lines);

      if (next == 0)
        continue;
      g_array_append_val (lines, next);
      first = next;
    }
  return lines;
}
