/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-kind.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/registry.h"
#include "charts/figures.h"

/* In the order of the list in meson.build: the first that takes a log has it. */
extern const StrataChartKind *const strata_chart_kinds[];
extern const guint strata_n_chart_kinds;

/**
 * strata_chart_kinds_list: (skip)
 * @n: (out): how many
 *
 * Returns: all kinds of charts
 */
const StrataChartKind *const *
strata_chart_kinds_list (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = strata_n_chart_kinds;
  return strata_chart_kinds;
}

/**
 * strata_chart_kinds_lookup: (skip)
 * @name: how code and files call it
 *
 * Returns: (nullable): the kind
 */
const StrataChartKind *
strata_chart_kinds_lookup (const char *name)
{
  for (guint i = 0; i < strata_n_chart_kinds; i++)
    if (g_strcmp0 (strata_chart_kinds[i]->name, name) == 0)
      return strata_chart_kinds[i];
  return NULL;
}

/**
 * strata_chart_kinds_find_for_log: (skip)
 * @log: a name in Keras's logs, with or without "val_"
 *
 * Returns: the kind that shows it
 */
const StrataChartKind *
strata_chart_kinds_find_for_log (const char *log)
{
  g_return_val_if_fail (log != NULL, NULL);

  if (g_str_has_prefix (log, "val_"))
    log += strlen ("val_");
  for (guint i = 0; i < strata_n_chart_kinds; i++)
    if (strata_chart_kinds[i]->takes (log))
      return strata_chart_kinds[i];
  return NULL;
}

/**
 * strata_chart_kind_get_best: (skip)
 * @self: a kind
 * @log: (nullable): what is shown
 *
 * Returns: which values are best
 */
StrataBest
strata_chart_kind_get_best (const StrataChartKind *self,
                            const char            *log)
{
  return self->get_best != NULL ? self->get_best (log) : STRATA_BEST_NONE;
}

/* Words that are read letter by letter. */
static gboolean
is_initials (const char *word)
{
  static const char *const initials[] = { "auc", "mae", "mse", "mape", "msle", "rmse", "kl", "iou", "r2", "pr", "roc" };

  for (guint i = 0; i < G_N_ELEMENTS (initials); i++)
    if (g_str_equal (word, initials[i]))
      return TRUE;
  return FALSE;
}

/**
 * strata_chart_log_title:
 * @log: a name in Keras's logs
 *
 * Returns: (transfer full): @log in words: "Binary accuracy", "AUC"; validation comes first where it is
 */
char *
strata_chart_log_title (const char *log)
{
  const StrataObjectInfo *metric;
  g_auto (GStrv) words = NULL;
  g_autofree char *joined = NULL;

  g_return_val_if_fail (log != NULL, NULL);

  if (g_str_has_prefix (log, "val_"))
    {
      g_autofree char *rest = strata_chart_log_title (log + strlen ("val_"));

      if (!g_ascii_isupper (rest[0]) || !g_ascii_isupper (rest[1]))
        rest[0] = g_ascii_tolower (rest[0]);
      /* Translators: a measure on held-out samples, as "Validation accuracy". */
      return g_strdup_printf (_("Validation %s"), rest);
    }
  if (g_str_equal (log, "loss"))
    return g_strdup (_("Loss"));
  if (g_str_equal (log, "accuracy") || g_str_equal (log, "acc"))
    return g_strdup (_("Accuracy"));
  metric = is_initials (log) ? NULL : strata_registry_lookup (STRATA_KIND_METRIC, log);
  if (metric != NULL && metric->title != NULL)
    return g_strdup (_(metric->title));
  words = g_strsplit (log, "_", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (is_initials (words[i]))
      {
        char *upper = g_ascii_strup (words[i], -1);

        g_free (words[i]);
        words[i] = upper;
      }
  joined = g_strjoinv (" ", words);
  joined[0] = g_ascii_toupper (joined[0]);
  return g_steal_pointer (&joined);
}

/**
 * strata_chart_kind_dup_title: (skip)
 * @self: a kind
 * @log: (nullable): what is shown
 *
 * Returns: (transfer full): what a chart of it is called
 */
char *
strata_chart_kind_dup_title (const StrataChartKind *self,
                             const char            *log)
{
  if (self->title != NULL || log == NULL)
    return g_strdup (self->title != NULL ? _(self->title) : self->name);
  return strata_chart_log_title (log);
}

/**
 * strata_chart_kind_format: (skip)
 * @self: a kind
 * @value: a number
 *
 * Returns: (transfer full): @value as people read it, with its unit
 */
char *
strata_chart_kind_format (const StrataChartKind *self,
                          double                 value)
{
  g_autofree char *number = NULL;

  if (self->factor == 100)
    {
      /* Translators: a percentage. */
      number = strata_figures_fixed (value * 100, 2);
      return g_strdup_printf (_("%s\u00a0%%"), number);
    }
  number = strata_figures_short (value * self->factor);
  return self->unit != NULL ? g_strdup_printf ("%s %s", number, _(self->unit)) : g_steal_pointer (&number);
}
