/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "command.h"
#include "kernels/isa.h"
#include "kernels/peak.h"
#include "tensor/pool.h"

/* How long one measurement should take, and how many there are: the median is told. */
#define ROUND_SECONDS 0.5
#define N_ROUNDS 5
#define SCALING_SECONDS 0.1
/* So few that the memory told is the network's rather than theirs. */
#define MAX_SAMPLES 8192
/* Single predictions are too short for the clock. */
#define N_WARM_PREDICTIONS 5
#define N_PREDICTIONS 100
#define PREDICTIONS_A_TIME 10
/* Batches an epoch: many for small networks, as few as can be for published ones. */
#define N_BATCHES 16
#define N_BIG_BATCHES 2

typedef struct
{
  gint64 batch_size, threads;
  gboolean json, predict, profile, start, scaling;
  char *curves;
} Options;

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/**
 * strata_bench_train: (skip)
 * @seconds: (out): how long it took
 */
gboolean
strata_bench_train (StrataModel   *model,
                    StrataSource  *x,
                    StrataSource  *y,
                    gint64         batch_size,
                    gint64         epochs,
                    double        *seconds,
                    GError       **error)
{
  StrataFit fit = { .x = x, .y = y, .batch_size = batch_size, .epochs = epochs, .shuffle = TRUE, .seed = 1 };
  gint64 start = g_get_monotonic_time ();
  StrataHistory *history = strata_model_fit (model, &fit, error);

  *seconds = (g_get_monotonic_time () - start) / 1e6;
  if (history == NULL)
    return FALSE;
  strata_history_free (history);
  return TRUE;
}

static void
add_flops (const StrataProfileEntry *entry,
           gpointer                  data)
{
  *(double *) data += entry->flops;
}

/**
 * strata_bench_measure: (skip)
 * @round_seconds: how long a round should take; the median of a few counts
 * @rate: (out): how fast @workload trains
 */
gboolean
strata_bench_measure (const StrataWorkload  *workload,
                      gint64                 batch_size,
                      double                 round_seconds,
                      StrataBenchRate       *rate,
                      GError               **error)
{
  g_autoptr (StrataModel) model = strata_workload_build (workload, error);
  g_autoptr (StrataSource) x = NULL, y = NULL;
  gint64 least = batch_size * (workload->application != NULL ? N_BIG_BATCHES : N_BATCHES), n = least, epochs;
  double rates[N_ROUNDS], seconds, flops = 0;

  if (model == NULL)
    return FALSE;
  for (int attempt = 0; attempt < 2; attempt++)
    {
      g_clear_object (&x);
      g_clear_object (&y);
      if (!strata_workload_draw (workload, n, &x, &y, error) ||
          !strata_bench_train (model, x, y, batch_size, 1, &seconds, error) ||
          !strata_bench_train (model, x, y, batch_size, 1, &seconds, error))
        return FALSE;
      n = CLAMP ((gint64) (n * round_seconds / seconds), least, MAX (MAX_SAMPLES, least)) / batch_size * batch_size;
    }
  if (!strata_bench_train (model, x, y, batch_size, 1, &seconds, error))
    return FALSE;
  epochs = MAX (1, (gint64) (round_seconds / seconds));
  for (int i = 0; i < N_ROUNDS; i++)
    {
      if (!strata_bench_train (model, x, y, batch_size, epochs, &seconds, error))
        return FALSE;
      rates[i] = epochs * strata_source_get_size (x) / seconds;
    }
  qsort (rates, N_ROUNDS, sizeof rates[0], compare_doubles);
  strata_model_profile (model, add_flops, &flops);
  rate->samples_per_second = rates[N_ROUNDS / 2];
  rate->seconds_per_step = batch_size / rate->samples_per_second;
  rate->flops_per_second = flops / rate->seconds_per_step;
  return TRUE;
}

/* Samples a second that a network predicts, and how long the first batch took more than others: what it takes to
 * prepare. */
static gboolean
measure_prediction (const StrataWorkload  *workload,
                    gint64                 batch_size,
                    StrataBenchRate       *rate,
                    GError               **error)
{
  g_autoptr (StrataModel) model = strata_workload_build (workload, error);
  g_autoptr (StrataSource) x = NULL, y = NULL;
  double times[N_ROUNDS], first = 0, flops = 0;
  gint64 runs = 1;

  if (model == NULL || !strata_workload_draw (workload, batch_size, &x, &y, error))
    return FALSE;
  for (int i = -2; i < N_ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double seconds;

      for (gint64 k = 0; k < runs; k++)
        {
          g_autoptr (GPtrArray) results = strata_model_predict (model, x, batch_size, NULL, error);

          if (results == NULL)
            return FALSE;
        }
      seconds = (g_get_monotonic_time () - start) / 1e6 / runs;
      if (i == -2)
        first = seconds;
      else if (i == -1)
        runs = MAX (1, (gint64) (ROUND_SECONDS / seconds));
      else
        times[i] = seconds;
    }
  qsort (times, N_ROUNDS, sizeof times[0], compare_doubles);
  strata_model_profile (model, add_flops, &flops);
  rate->seconds_per_step = times[N_ROUNDS / 2];
  rate->samples_per_second = batch_size / rate->seconds_per_step;
  rate->flops_per_second = flops / rate->seconds_per_step;
  rate->preparation_seconds = MAX (0, first - rate->seconds_per_step);
  return TRUE;
}

/* The most memory this process has held. */
static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

static gboolean
report (const StrataWorkload  *workload,
        gint64                 batch_size,
        gboolean               json,
        GError               **error)
{
  StrataBenchRate rate = { 0 };
  double peak;

  if (workload->optimizer == NULL ? !measure_prediction (workload, batch_size, &rate, error)
                                  : !strata_bench_measure (workload, batch_size, ROUND_SECONDS, &rate, error))
    return FALSE;
  peak = strata_peak_measure ();
  if (json)
    g_print ("{\"workload\": \"%s\", \"batch_size\": %" G_GINT64_FORMAT
             ", \"samples_per_second\": %.1f, \"gflops\": %.2f, "
             "\"peak_share\": %.4f, \"peak_bytes\": %" G_GINT64_FORMAT "}\n",
             workload->name, batch_size, rate.samples_per_second, rate.flops_per_second * 1e-9,
             rate.flops_per_second / peak,
             get_peak_bytes ());
  else
    g_print ("%-20s batch %4" G_GINT64_FORMAT "  %9.*f samples/s  %8.3f ms/step  %6.1f GFLOP/s  %3.0f %% of the peak",
             workload->name,
             batch_size, rate.samples_per_second < 100 ? 2 : 0, rate.samples_per_second, rate.seconds_per_step * 1e3,
             rate.flops_per_second * 1e-9, 100 * rate.flops_per_second / peak);
  if (!json && rate.preparation_seconds > 0)
    g_print ("  ready in %.0f ms", 1e3 * rate.preparation_seconds);
  if (!json)
    g_print ("\n");
  return TRUE;
}

/* The median time that one sample takes from its numbers to the prediction. */
static gboolean
report_prediction (const StrataWorkload  *workload,
                   gboolean               json,
                   GError               **error)
{
  g_autoptr (StrataModel) model = strata_workload_build (workload, error);
  g_autoptr (StrataSource) x = NULL, y = NULL;
  g_autofree double *times = g_new (double, N_PREDICTIONS);

  if (model == NULL || !strata_workload_draw (workload, 1, &x, &y, error))
    return FALSE;
  for (int i = -N_WARM_PREDICTIONS; i < N_PREDICTIONS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      for (int k = 0; k < PREDICTIONS_A_TIME; k++)
        {
          g_autoptr (GPtrArray) results = strata_model_predict (model, x, 1, NULL, error);

          if (results == NULL)
            return FALSE;
        }
      if (i >= 0)
        times[i] = (double) (g_get_monotonic_time () - start) / PREDICTIONS_A_TIME;
    }
  qsort (times, N_PREDICTIONS, sizeof times[0], compare_doubles);
  if (json)
    g_print ("{\"workload\": \"%s\", \"predict_microseconds\": %.2f}\n", workload->name, times[N_PREDICTIONS / 2]);
  else
    g_print ("%-20s one sample predicted in %9.1f us\n", workload->name, times[N_PREDICTIONS / 2]);
  return TRUE;
}

/* How many times as fast as one thread all of them train. They take turns, so what else the machine does falls on
 * both. */
static gboolean
report_scaling (const StrataWorkload  *workload,
                gint64                 batch_size,
                gboolean               json,
                GError               **error)
{
  guint n_threads = strata_pool_get_n_threads ();
  double ratios[N_ROUNDS];

  for (int i = 0; i < N_ROUNDS; i++)
    {
      StrataBenchRate rates[2] = { 0 };

      for (int k = 0; k < 2; k++)
        {
          strata_pool_set_n_threads (k == 0 ? 1 : n_threads);
          if (!strata_bench_measure (workload, batch_size, SCALING_SECONDS, &rates[k], error))
            return FALSE;
        }
      ratios[i] = rates[1].samples_per_second / rates[0].samples_per_second;
    }
  qsort (ratios, N_ROUNDS, sizeof ratios[0], compare_doubles);
  if (json)
    g_print ("{\"workload\": \"%s\", \"batch_size\": %" G_GINT64_FORMAT ", \"threads\": %u, \"speedup\": %.3f}\n",
             workload->name, batch_size, n_threads, ratios[N_ROUNDS / 2]);
  else
    g_print ("%-20s batch %4" G_GINT64_FORMAT "  %u threads %.2f times as fast as one\n", workload->name, batch_size,
             n_threads, ratios[N_ROUNDS / 2]);
  return TRUE;
}

static gboolean
run_workload (const StrataWorkload  *workload,
              const Options         *options,
              GError               **error)
{
  static const gint64 usual[] = { 32, 128 };
  gint64 given = options->batch_size > 0 ? options->batch_size : workload->batch_size;

  if (options->predict)
    return report_prediction (workload, options->json, error);
  if (options->start)
    return strata_bench_start (workload, options->json, error);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      gint64 batch_size = given > 0 ? given : usual[i];

      if (options->profile   ? !strata_bench_profile (workload, batch_size, error)
          : options->scaling ? !report_scaling (workload, batch_size, options->json, error)
                             : !report (workload, batch_size, options->json, error))
        return FALSE;
      if (given > 0)
        break;
    }
  return TRUE;
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "batch-size", 'b', 0, G_OPTION_ARG_INT64, &options.batch_size, N_("Samples a step (32, then 128)"), "N" },
    { "threads", 't', 0, G_OPTION_ARG_INT64, &options.threads, N_("Threads (one a core)"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("A line of JSON a measurement"), NULL },
    { "predict", 0, 0, G_OPTION_ARG_NONE, &options.predict, N_("How long one sample takes to predict"), NULL },
    { "start", 0, 0, G_OPTION_ARG_NONE, &options.start,
      N_("How long the first step of a training takes to come"), NULL },
    { "scaling", 0, 0, G_OPTION_ARG_NONE, &options.scaling, N_("What all threads gain over one"), NULL },
    { "profile", 'p', 0, G_OPTION_ARG_NONE, &options.profile,
      N_("Tell where the time goes, by layer and by op"), NULL },
    { "curves", 0, 0, G_OPTION_ARG_FILENAME, &options.curves,
      N_("Draw how the time of a step grows with batch, width, depth, length and threads"),
      "FILE.svg" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *curves = NULL;
  gboolean found = FALSE;

  if (!strata_command_parse (self, entries, &argc, &argv, 0, 1))
    return STRATA_EXIT_USAGE;
  curves = options.curves;
  if (options.threads > 0)
    strata_pool_set_n_threads (options.threads);
  if (!options.json)
    g_print ("%u threads, %s kernels\n", strata_pool_get_n_threads (), strata_isa_get_name (strata_isa_get ()));

  if (curves != NULL)
    return strata_bench_curves (curves, &error) ? STRATA_EXIT_DONE : strata_command_fail ("bench", error);
  for (guint i = 0; i < strata_n_workloads; i++)
    {
      if (argc > 1 && !g_str_equal (argv[1], strata_workloads[i].name))
        continue;
      found = TRUE;
      if (!run_workload (&strata_workloads[i], &options, &error))
        return strata_command_fail ("bench", error);
    }
  if (found)
    return STRATA_EXIT_DONE;
  strata_command_warn ("bench", "there is no workload called “%s”", argv[1]);
  return STRATA_EXIT_USAGE;
}

const StrataCommand strata_command_bench = {
  .name = "bench",
  .arguments = "[WORKLOAD]",
  .summary = "Measure how fast networks train here",
  .run = run,
};
