/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "data/data-source.h"

/* What people wait for: from the start of the program to the end of the first step of a training on real data. */

#define DIGIT_NUMBERS 784
#define BATCH_SIZE 32

/* Field of /proc/self/stat that tells when the process started, counted from the one after its name. */
#define START_FIELD 20

/* Seconds since the process started, to a hundredth; negative where the system does not tell. */
static double
get_age (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  struct timespec now;
  const char *rest;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL ||
      clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return -1;
  fields = g_strsplit (rest + 1, " ", -1);
  if (g_strv_length (fields) <= START_FIELD)
    return -1;
  return now.tv_sec + now.tv_nsec * 1e-9 - g_ascii_strtod (fields[START_FIELD], NULL) / sysconf (_SC_CLK_TCK);
}

typedef struct
{
  GCancellable *cancellable;
  double age;
} FirstStep;

static void
end_training (const StrataProgress *progress,
              gpointer              data)
{
  FirstStep *first = data;

  if (!g_cancellable_is_cancelled (first->cancellable))
    first->age = get_age ();
  g_cancellable_cancel (first->cancellable);
}

static gboolean
is_for_digits (const StrataWorkload *workload)
{
  return workload->application == NULL && workload->vocabulary == 0 &&
         strata_shape_get_size (&workload->input) == DIGIT_NUMBERS;
}

/**
 * strata_bench_start: (skip)
 * @workload: a network; others than those for handwritten digits are passed over
 *
 * Tells how long it took from the start of this process to the end of the first
 * step of a training, which is the first thing that a process should do.
 */
gboolean
strata_bench_start (const StrataWorkload  *workload,
                    gboolean               json,
                    GError               **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (StrataDataSet) data = NULL;
  StrataHistory *history;
  FirstStep first = { cancellable, -1 };
  StrataFit fit = { .batch_size = BATCH_SIZE, .epochs = 1, .shuffle = TRUE, .seed = 1, .cancellable = cancellable,
                    .progress = end_training, .user_data = &first };

  if (!is_for_digits (workload))
    return TRUE;
  model = strata_workload_build (workload, error);
  data = model != NULL ? strata_data_source_load_text ("mnist", ".", error) : NULL;
  if (data == NULL || !strata_data_set_adapt (data, &strata_model_get_input_spec (model, 0)->shape, error))
    return FALSE;
  fit.x = data->x;
  fit.y = data->y;
  history = strata_model_fit (model, &fit, error);
  if (history == NULL)
    return FALSE;
  strata_history_free (history);

  if (json)
    g_print ("{\"workload\": \"%s\", \"first_step_seconds\": %.3f}\n", workload->name, first.age);
  else
    g_print ("%-20s first step on handwritten digits %4.0f ms after the start\n", workload->name, 1e3 * first.age);
  return TRUE;
}
