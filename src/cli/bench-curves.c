/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include "curve-svg.h"
#include "tensor/pool.h"

/* A curve has many points: each is measured for a shorter time than a workload. */
#define ROUND_SECONDS 0.1
#define BATCH 128

/* What a curve varies. */
typedef struct
{
  const char *title, *unit;
  double expected;
  gint64 first, last, factor;
  StrataShape input;
  gint64 batch;
  /* What differs at a size: the shape of a sample, the batch or the threads, and the layers. */
  void (*vary) (gint64 size, StrataWorkload *workload, gint64 *batch, GStrvBuilder *layers);
} Family;

static void
add_dense (GStrvBuilder *layers,
           gint64        n,
           gint64        units)
{
  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *layer = g_strdup_printf ("Dense(units=%" G_GINT64_FORMAT ", activation=relu)", units);

      g_strv_builder_add (layers, layer);
    }
}

static void
vary_batch (gint64          size,
            StrataWorkload *workload,
            gint64         *batch,
            GStrvBuilder   *layers)
{
  *batch = size;
  add_dense (layers, 2, 256);
}

static void
vary_width (gint64          size,
            StrataWorkload *workload,
            gint64         *batch,
            GStrvBuilder   *layers)
{
  workload->input.dims[0] = size;
  add_dense (layers, 3, size);
}

static void
vary_depth (gint64          size,
            StrataWorkload *workload,
            gint64         *batch,
            GStrvBuilder   *layers)
{
  add_dense (layers, size, 256);
}

static void
vary_length (gint64          size,
             StrataWorkload *workload,
             gint64         *batch,
             GStrvBuilder   *layers)
{
  workload->input.dims[0] = size;
  g_strv_builder_add (layers, "LSTM(units=32)");
}

static void
vary_threads (gint64          size,
              StrataWorkload *workload,
              gint64         *batch,
              GStrvBuilder   *layers)
{
  strata_pool_set_n_threads (size);
  g_strv_builder_add (layers, "Conv2D(filters=32, kernel_size=3, activation=relu)");
  g_strv_builder_add (layers, "Conv2D(filters=32, kernel_size=3, activation=relu)");
  g_strv_builder_add (layers, "Flatten");
}

static const Family families[] = {
  { "Batch, two dense layers of 256", "samples a step", 1, 16, 2048, 2, { 1, { 256 } }, BATCH, vary_batch },
  { "Width, three dense layers", "units a layer", 2, 32, 1024, 2, { 1, { 0 } }, BATCH, vary_width },
  { "Depth, dense layers of 256", "layers", 1, 1, 32, 2, { 1, { 256 } }, BATCH, vary_depth },
  { "Length, an LSTM of 32", "steps of a sequence", 1, 8, 256, 2, { 2, { 0, 8 } }, 32, vary_length },
  { "Threads, two convolutions", "threads", -1, 1, 0, 2, { 3, { 28, 28, 1 } }, 64, vary_threads },
};

static gboolean
measure_point (const Family  *family,
               gint64         size,
               double        *seconds,
               GError       **error)
{
  StrataWorkload workload = { .name = "curve", .input = family->input, .n_classes = 10, .optimizer = "Adam" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) layers = NULL;
  gint64 batch = family->batch;
  StrataBenchRate rate;

  family->vary (size, &workload, &batch, builder);
  g_strv_builder_add (builder, "Dense(units=10, activation=softmax)");
  layers = g_strv_builder_end (builder);
  workload.layers = (const char *const *) layers;
  if (!strata_bench_measure (&workload, batch, ROUND_SECONDS, &rate, error))
    return FALSE;
  *seconds = rate.seconds_per_step;
  return TRUE;
}

/* Sizes from the first on; for threads up to as many as there are. */
static gboolean
measure_curve (const Family  *family,
               guint          n_threads,
               StrataCurve   *curve,
               GError       **error)
{
  gint64 last = family->last > 0 ? family->last : n_threads;

  *curve = (StrataCurve){ .title = family->title, .unit = family->unit, .expected = family->expected };
  g_print ("%s\n", family->title);
  for (gint64 size = family->first; size <= last && curve->n < STRATA_CURVE_MAX_POINTS; size *= family->factor)
    {
      curve->x[curve->n] = size;
      if (!measure_point (family, size, &curve->seconds[curve->n], error))
        return FALSE;
      g_print ("%6" G_GINT64_FORMAT " %-20s %10.3f ms/step\n", size, family->unit, curve->seconds[curve->n] * 1e3);
      curve->n++;
    }
  strata_curve_fit (curve);
  g_print ("  grows with power %.2f; expected %g\n\n", curve->fitted, curve->expected);
  return TRUE;
}

/**
 * strata_bench_curves: (skip)
 * @path: an SVG file to write
 *
 * Measures how the time of a training step grows with the size of each thing
 * that it depends on, prints the powers and draws the curves.
 */
gboolean
strata_bench_curves (const char  *path,
                     GError     **error)
{
  StrataCurve curves[G_N_ELEMENTS (families)];
  guint n_threads = strata_pool_get_n_threads (), n = 0;
  g_autofree char *svg = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (!measure_curve (&families[i], n_threads, &curves[n], error))
        return FALSE;
      /* One thread is no curve. */
      n += curves[n].n > 1;
    }
  strata_pool_set_n_threads (n_threads);
  svg = strata_curves_to_svg (curves, n);
  return g_file_set_contents (path, svg, -1, error);
}
