/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/number-strip.h"

#include <math.h>

#include "charts/chart-kind.h"
#include "widgets/number.h"
#include "widgets/wrap-layout.h"

/**
 * StrataNumberStrip:
 *
 * The numbers of a run as they are now: loss and metrics, of training and of held-out samples.
 */
struct _StrataNumberStrip
{
  GtkWidget parent_instance;

  GtkWidget *flow;
  StrataRun *run;
  GHashTable *numbers; /* log -> StrataNumber */
};

G_DEFINE_FINAL_TYPE (StrataNumberStrip, strata_number_strip, GTK_TYPE_WIDGET)

static void
strata_number_strip_dispose (GObject *object)
{
  StrataNumberStrip *self = STRATA_NUMBER_STRIP (object);

  g_clear_pointer (&self->flow, gtk_widget_unparent);
  g_clear_object (&self->run);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  G_OBJECT_CLASS (strata_number_strip_parent_class)->dispose (object);
}

static void
strata_number_strip_class_init (StrataNumberStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_number_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_number_strip_init (StrataNumberStrip *self)
{
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->flow = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->flow, strata_wrap_layout_new (24, 6));
  gtk_widget_set_margin_bottom (self->flow, 12);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
}

/**
 * strata_number_strip_new:
 *
 * Returns: a strip without numbers
 */
GtkWidget *
strata_number_strip_new (void)
{
  return g_object_new (STRATA_TYPE_NUMBER_STRIP, NULL);
}

static void
clear (StrataNumberStrip *self)
{
  GtkWidget *child;

  g_hash_table_remove_all (self->numbers);
  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_box_remove (GTK_BOX (self->flow), child);
}

static StrataNumber *
ensure_number (StrataNumberStrip *self,
               const char        *log)
{
  GtkWidget *number = g_hash_table_lookup (self->numbers, log);
  g_autofree char *title = NULL;

  if (number != NULL)
    return STRATA_NUMBER (number);
  title = strata_chart_log_title (log);
  number = strata_number_new (title);
  gtk_box_append (GTK_BOX (self->flow), number);
  g_hash_table_insert (self->numbers, g_strdup (log), number);
  return STRATA_NUMBER (number);
}

static StrataChange
compare (StrataBest best,
         double     now,
         double     before)
{
  if (best == STRATA_BEST_NONE || !isfinite (now) || !isfinite (before) || now == before)
    return STRATA_CHANGE_NONE;
  return (now < before) == (best == STRATA_BEST_LOWEST) ? STRATA_CHANGE_BETTER : STRATA_CHANGE_WORSE;
}

static void
update_number (StrataNumberStrip *self,
               const char        *log,
               StrataRunner      *runner)
{
  const StrataChartKind *kind = strata_chart_kinds_find_for_log (log);
  StrataNumber *number = ensure_number (self, log);
  g_autofree char *text = NULL;
  const StrataRunPoint *points;
  double now = NAN, before = NAN;
  gboolean within;
  guint n;

  points = strata_run_get_epoch_points (self->run, log, &n);
  within = runner != NULL && !g_str_has_prefix (log, "val_") && strata_runner_get_value (runner, log, &now) &&
           strata_runner_get_batch (runner) < strata_runner_get_n_batches (runner);
  if (!within && n > 0)
    now = points[n - 1].value;
  if (n > (within ? 0 : 1))
    before = points[n - (within ? 1 : 2)].value;
  text = isnan (now) && n == 0 && !within ? g_strdup ("–") : strata_chart_kind_format (kind, now);
  strata_number_set_value (number, text);
  strata_number_set_change (number, compare (strata_chart_kind_get_best (kind, log), now, before), now > before);
}

/* The loss comes first, and training before held-out samples; logs are sorted by name. */
static guint
get_rank (const char *log)
{
  return g_str_equal (log, "loss") ? 0 : g_str_equal (log, "val_loss") ? 2 : g_str_has_prefix (log, "val_") ? 3 : 1;
}

/**
 * strata_number_strip_update:
 * @self: a strip
 * @run: (nullable): whose numbers are shown
 * @runner: (nullable): who trains it now, and knows the values within the epoch
 *
 * Shows what the numbers are now.
 */
void
strata_number_strip_update (StrataNumberStrip *self,
                            StrataRun         *run,
                            StrataRunner      *runner)
{
  g_return_if_fail (STRATA_IS_NUMBER_STRIP (self));

  if (g_set_object (&self->run, run))
    clear (self);
  if (run == NULL)
    return;
  for (guint rank = 0; rank <= 3; rank++)
    for (guint i = 0; i < strata_run_get_n_series (run); i++)
      if (get_rank (strata_run_get_series_name (run, i)) == rank)
        update_number (self, strata_run_get_series_name (run, i), runner);
}
