/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include "kernels/peak.h"

/* Batches trained on: enough for the means to be steady. */
#define N_BATCHES 64
#define N_BIG_BATCHES 2
#define N_EPOCHS 5

/* Steps that the table shows as one. */
typedef struct
{
  char *name;
  double seconds, fastest, flops;
  guint calls;
} Row;

typedef struct
{
  GArray *steps;  /* Row: each step of the program */
  GArray *ops;    /* Row: by op */
  GArray *layers; /* Row: by layer */
  GArray *phases; /* Row: by what it is for */
  double total;
} Profile;

static void
row_clear (gpointer data)
{
  g_free (((Row *) data)->name);
}

static GArray *
new_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  return rows;
}

static void
add_row (GArray     *rows,
         gboolean    merge,
         const char *name,
         double      seconds,
         double      fastest,
         double      flops)
{
  Row row = { NULL, seconds, fastest, flops, 1 };

  for (guint i = 0; merge && i < rows->len; i++)
    {
      Row *other = &g_array_index (rows, Row, i);

      if (!g_str_equal (other->name, name))
        continue;
      other->seconds += seconds;
      other->fastest += fastest;
      other->flops += flops;
      other->calls++;
      return;
    }
  row.name = g_strdup (name);
  g_array_append_val (rows, row);
}

static void
add_step (const StrataProfileEntry *entry,
          gpointer                  data)
{
  Profile *self = data;
  static const char *const phases[STRATA_N_PHASES] = { "forward", "backward", "update", "metrics",
                                                       "validation", "samples" };
  const char *layer = entry->scope != NULL ? entry->scope->name
                                           : entry->phase == STRATA_PHASE_DATA ? "samples" : "loss and metrics";
  g_autofree char *shape = strata_shape_to_string (entry->shape);
  g_autofree char *name = g_strdup_printf ("%s  %s  %s", layer, entry->op, shape);
  double seconds;

  if (entry->runs == 0)
    return;
  seconds = entry->seconds / entry->runs;
  add_row (self->steps, FALSE, name, seconds, entry->fastest, entry->flops);
  add_row (self->ops, TRUE, strchr (entry->op, '+') != NULL ? "elementwise chains" : entry->op, seconds, entry->fastest,
           entry->flops);
  add_row (self->layers, TRUE, layer, seconds, entry->fastest, entry->flops);
  add_row (self->phases, TRUE, phases[entry->phase], seconds, entry->fastest, entry->flops);
  self->total += seconds;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a, *y = b;

  return x->seconds < y->seconds ? 1 : x->seconds > y->seconds ? -1 : 0;
}

static void
print_rows (const char *title,
            GArray     *rows,
            double      step,
            double      peak)
{
  g_array_sort (rows, compare_rows);
  g_print ("\n%9s  %9s  %6s  %8s  %6s  %5s  %s\n", "us", "at best", "share", "GFLOP/s", "peak", "calls", title);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      g_print ("%9.1f  %9.1f  %4.1f %%", row->seconds * 1e6, row->fastest * 1e6, 100 * row->seconds / step);
      if (row->flops > 0)
        g_print ("  %8.1f  %4.1f %%", row->flops / row->seconds * 1e-9, 100 * row->flops / row->seconds / peak);
      else
        g_print ("  %8s  %6s", "", "");
      g_print ("  %5u  %s\n", row->calls, row->name);
    }
}

/* Trains, or predicts where the workload only does that. */
static gboolean
run_epochs (const StrataWorkload  *workload,
            StrataModel           *model,
            StrataSource          *x,
            StrataSource          *y,
            gint64                 batch_size,
            gint64                 epochs,
            double                *seconds,
            GError               **error)
{
  gint64 start = g_get_monotonic_time ();

  if (workload->optimizer != NULL)
    return strata_bench_train (model, x, y, batch_size, epochs, seconds, error);
  for (gint64 i = 0; i < epochs; i++)
    {
      g_autoptr (GPtrArray) results = strata_model_predict (model, x, batch_size, NULL, error);

      if (results == NULL)
        return FALSE;
    }
  *seconds = (g_get_monotonic_time () - start) / 1e6;
  return TRUE;
}

/**
 * strata_bench_profile: (skip)
 *
 * Prints where the time of a training step goes: by what it is for, by layer, by op and step by step.
 */
gboolean
strata_bench_profile (const StrataWorkload  *workload,
                      gint64                 batch_size,
                      GError               **error)
{
  g_autoptr (StrataModel) model = strata_workload_build (workload, error);
  g_autoptr (StrataSource) x = NULL, y = NULL;
  Profile profile = { new_rows (), new_rows (), new_rows (), new_rows (), 0 };
  gint64 n_batches = workload->application != NULL ? N_BIG_BATCHES : N_BATCHES;
  double seconds, step, peak;
  gboolean ok;

  ok = model != NULL && strata_workload_draw (workload, batch_size * n_batches, &x, &y, error) &&
       run_epochs (workload, model, x, y, batch_size, 1, &seconds, error);
  if (ok)
    {
      strata_model_set_profiling (model, 1);
      ok = run_epochs (workload, model, x, y, batch_size, N_EPOCHS, &seconds, error);
    }
  if (ok)
    {
      peak = strata_peak_measure ();
      step = seconds / (n_batches * N_EPOCHS);
      strata_model_profile (model, add_step, &profile);
      add_row (profile.layers, FALSE, "(outside the program: logs)", MAX (0, step - profile.total), 0, 0);
      g_print ("%s, batch %" G_GINT64_FORMAT ": %.1f us a step, of %.1f GFLOP/s at most\n", workload->name,
               batch_size, step * 1e6, peak * 1e-9);
      print_rows ("phase", profile.phases, step, peak);
      print_rows ("layer", profile.layers, step, peak);
      print_rows ("op", profile.ops, step, peak);
      print_rows ("step", profile.steps, step, peak);
      g_print ("\n");
    }
  g_array_unref (profile.steps);
  g_array_unref (profile.ops);
  g_array_unref (profile.layers);
  g_array_unref (profile.phases);
  return ok;
}
