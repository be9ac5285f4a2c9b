/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "arrays.h"
#include "command.h"
#include "io/keras/model-file.h"

typedef struct
{
  char **inputs, **outputs;
  gint64 batch_size;
} Options;

static gboolean
predict (const char     *path,
         const Options  *options,
         GError        **error)
{
  g_autoptr (StrataModel) model = strata_command_load ("predict", path, error);
  g_autoptr (StrataSource) x = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (model == NULL || !strata_arrays_check_outputs (model, options->outputs, error))
    return FALSE;
  x = strata_arrays_open_inputs (model, options->inputs, error);
  if (x == NULL)
    return FALSE;
  results = strata_model_predict (model, x, options->batch_size, NULL, error);
  return results != NULL && strata_arrays_write_outputs (model, options->outputs, results, error);
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_STRING_ARRAY, &options.inputs, N_("An array for an input (.npy, .npz, .csv, -)"),
      "[NAME=]FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.outputs,
      N_("Where an output goes (.npy, .csv, -)"), "[NAME=]FILE" },
    { "batch-size", 'b', 0, G_OPTION_ARG_INT64, &options.batch_size, N_("Samples at a time (32)"), "N" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  int status = STRATA_EXIT_DONE;

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    status = STRATA_EXIT_USAGE;
  else if (options.inputs == NULL || options.outputs == NULL)
    {
      strata_command_warn ("predict", "--input and --output must be given");
      status = STRATA_EXIT_USAGE;
    }
  else if (!predict (argv[1], &options, &error))
    status = strata_command_fail ("predict", error);

  g_strfreev (options.inputs);
  g_strfreev (options.outputs);
  return status;
}

const StrataCommand strata_command_predict = {
  .name = "predict",
  .arguments = "MODEL --input [NAME=]FILE ... --output [NAME=]FILE ...",
  .summary = "Run a model on arrays",
  .run = run,
};
