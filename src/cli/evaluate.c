/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "arrays.h"
#include "command.h"
#include "io/keras/model-file.h"
#include "progress.h"

typedef struct
{
  char **x, **y, **sample_weight;
  char *loss, *metrics;
  gint64 batch_size;
  gboolean json;
} Options;

static void
print_number (double      value,
              const char *before)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  if (isfinite (value))
    g_ascii_dtostr (number, sizeof number, value);
  g_print ("%s%s", before, number);
}

static void
print_logs (const char *path,
            StrataLogs *logs,
            gboolean    json)
{
  if (!json)
    {
      g_print ("%s", path);
      strata_progress_print_logs (logs);
      return;
    }

  g_print ("{");
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      guint n;
      const char *name = strata_logs_get_entry (logs, i, &value);
      const float *list = strata_logs_get_list (logs, name, &n);

      g_print ("%s\"%s\": %s", i > 0 ? ", " : "", name, list != NULL ? "[" : "");
      for (guint k = 0; k < n; k++)
        print_number (list[k], k > 0 ? ", " : "");
      if (list == NULL)
        print_number (value, "");
      g_print ("%s", list != NULL ? "]" : "");
    }
  g_print ("}\n");
}

static gboolean
evaluate (const char     *path,
          const Options  *options,
          GError        **error)
{
  g_autoptr (StrataModel) model = strata_command_load ("evaluate", path, error);
  g_autoptr (StrataSource) x = NULL, y = NULL, weights = NULL;
  g_autoptr (StrataLogs) logs = NULL;
  StrataOptimizer *optimizer;
  const char *name;

  if (model == NULL)
    return FALSE;
  optimizer = strata_model_get_optimizer (model);
  name = optimizer != NULL ? strata_object_get_class_name (STRATA_OBJECT (optimizer)) : "rmsprop";
  if (options->loss != NULL &&
      !strata_model_compile_with (model, name, options->loss, options->metrics, error))
    return FALSE;

  x = strata_arrays_open_inputs (model, options->x, error);
  y = x != NULL ? strata_arrays_open_outputs (model, options->y, error) : NULL;
  if (y == NULL)
    return FALSE;
  if (!strata_arrays_open_weights (model, options->sample_weight, &weights, error))
    return FALSE;
  logs = strata_model_evaluate (model, x, y, weights, options->batch_size, error);
  if (logs == NULL)
    return FALSE;
  print_logs (path, logs, options->json);
  return TRUE;
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "x", 'x', 0, G_OPTION_ARG_STRING_ARRAY, &options.x, N_("Inputs (.npy, .csv)"), "[NAME=]FILE" },
    { "y", 'y', 0, G_OPTION_ARG_STRING_ARRAY, &options.y, N_("Targets"), "[NAME=]FILE" },
    { "sample-weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sample_weight, N_("A weight a sample"),
      "[NAME=]FILE" },
    { "loss", 0, 0, G_OPTION_ARG_STRING, &options.loss, N_("A loss, instead of the model's own"), "NAME" },
    { "metrics", 0, 0, G_OPTION_ARG_STRING, &options.metrics, N_("Metrics, with --loss"), "A,B" },
    { "batch-size", 'b', 0, G_OPTION_ARG_INT64, &options.batch_size, N_("Samples at a time (32)"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("For programs to read"), NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  int status = STRATA_EXIT_DONE;

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    status = STRATA_EXIT_USAGE;
  else if (options.x == NULL || options.y == NULL)
    {
      strata_command_warn ("evaluate", "--x and --y must be given");
      status = STRATA_EXIT_USAGE;
    }
  else if (!evaluate (argv[1], &options, &error))
    status = strata_command_fail ("evaluate", error);

  g_strfreev (options.x);
  g_strfreev (options.y);
  g_strfreev (options.sample_weight);
  g_free (options.loss);
  g_free (options.metrics);
  return status;
}

const StrataCommand strata_command_evaluate = {
  .name = "evaluate",
  .arguments = "MODEL --x [NAME=]FILE ... --y [NAME=]FILE ...",
  .summary = "Measure loss and metrics of a model on arrays",
  .run = run,
};
