/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/answers.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/ticks.h"
#include "runner/preview.h"
#include "widgets/words.h"

#define CHUNK 4096
/* About as many ranges of round numbers, and never more than twice as many. */
#define N_RANGES 8
/* Of more classes, the rest is one bar. */
#define MOST_CLASSES 20

/* The answers to train with, in their own unit; NULL without @error where an answer is not one number. */
static double *
read_answers (StrataDataSet  *set,
              gint64         *n,
              GError        **error)
{
  g_autofree double *answers = NULL;
  g_autofree gint64 *indices = g_new (gint64, CHUNK);
  g_autofree float *values = g_new (float, CHUNK);
  StrataShape shape;
  StrataDType dtype;

  if (set->y == NULL)
    return NULL;
  strata_source_get_spec (set->y, 0, &dtype, &shape);
  if (strata_shape_get_size (&shape) != 1 || dtype == STRATA_STRING)
    return NULL;
  *n = strata_source_get_size (set->y);
  answers = g_new (double, MAX (*n, 1));
  for (gint64 first = 0; first < *n; first += CHUNK)
    {
      gint64 many = MIN (CHUNK, *n - first);

      for (gint64 i = 0; i < many; i++)
        indices[i] = first + i;
      if (!strata_source_fill (set->y, 0, indices, many, STRATA_FLOAT32, values, error))
        return NULL;
      for (gint64 i = 0; i < many; i++)
        answers[first + i] = set->n_classes > 0 ? values[i] : strata_data_set_restore_target (set, values[i]);
    }
  return g_steal_pointer (&answers);
}

static void
add (StrataBars *bars,
     const char *name,
     gint64      count)
{
  g_autofree char *text = strata_words_count (count);

  strata_bars_add (bars, name, count, text, 0);
}

static void
show_classes (StrataBars    *bars,
              StrataDataSet *set,
              const double  *answers,
              gint64         n)
{
  g_autofree gint64 *counts = g_new0 (gint64, set->n_classes);
  gint64 rest = 0;

  for (gint64 i = 0; i < n; i++)
    if (answers[i] >= 0 && answers[i] < set->n_classes)
      counts[(gint64) answers[i]]++;
  for (gint64 i = 0; i < set->n_classes; i++)
    if (i < MOST_CLASSES)
      {
        g_autofree char *name = strata_data_set_dup_answer (set, i);

        add (bars, name, counts[i]);
      }
    else
      rest += counts[i];
  if (set->n_classes > MOST_CLASSES)
    add (bars, _("all others"), rest);
}

static void
show_ranges (StrataBars   *bars,
             const double *answers,
             gint64        n)
{
  double low = INFINITY, high = -INFINITY, step;
  gint64 counts[2 * N_RANGES] = { 0 };
  int n_ranges;

  for (gint64 i = 0; i < n; i++)
    {
      low = fmin (low, answers[i]);
      high = fmax (high, answers[i]);
    }
  if (!(high > low))
    high = low + 1;
  step = strata_ticks_step (high - low, N_RANGES);
  low = floor (low / step) * step;
  n_ranges = (int) CLAMP (ceil ((high - low) / step), 1, 2 * N_RANGES);
  for (gint64 i = 0; i < n; i++)
    counts[(int) CLAMP ((answers[i] - low) / step, 0, n_ranges - 1)]++;
  for (int i = 0; i < n_ranges; i++)
    {
      /* Translators: a range of numbers */
      g_autofree char *name = g_strdup_printf (_("%.4g to %.4g"), low + i * step, low + (i + 1) * step);

      add (bars, name, counts[i]);
    }
}

/**
 * strata_answers_show: (skip)
 *
 * Returns: whether there is anything to show
 */
gboolean
strata_answers_show (StrataBars     *bars,
                     StrataDataSet  *set,
                     GError        **error)
{
  gint64 n = 0;
  g_autofree double *answers = read_answers (set, &n, error);

  if (answers == NULL || n == 0)
    return FALSE;
  if (set->n_classes > 0)
    show_classes (bars, set, answers, n);
  else
    show_ranges (bars, answers, n);
  return TRUE;
}
