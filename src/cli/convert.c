/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "command.h"
#include "io/keras/model-file.h"

/* What does not fit is told where it may be left out. */
static gboolean
load_weights (StrataModel  *model,
              const char   *path,
              gboolean      by_name,
              gboolean      skip_mismatch,
              GError      **error)
{
  g_autoptr (GPtrArray) skipped = skip_mismatch ? g_ptr_array_new_with_free_func (g_free) : NULL;
  gboolean good = strata_model_load_weights_full (model, path, by_name, skipped, error);

  for (guint i = 0; skipped != NULL && i < skipped->len; i++)
    g_printerr ("strata-cli convert: %s\n", (const char *) g_ptr_array_index (skipped, i));
  return good;
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autofree char *weights = NULL;
  gboolean by_name = FALSE, skip_mismatch = FALSE;
  gint64 shard_bytes = 0;
  const GOptionEntry entries[] = {
    { "weights", 'w', 0, G_OPTION_ARG_FILENAME, &weights, N_("Weights to load into the model first"), "FILE" },
    { "by-name", 0, 0, G_OPTION_ARG_NONE, &by_name,
      N_("Match those weights by the names of layers, not by their order"), NULL },
    { "skip-mismatch", 0, 0, G_OPTION_ARG_NONE, &skip_mismatch,
      N_("Leave layers that those weights do not fit as they are"), NULL },
    { "max-shard-size", 0, 0, G_OPTION_ARG_INT64, &shard_bytes,
      N_("Bytes that a file of weights holds at most, for .weights.json"), "N" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = NULL;

  if (!strata_command_parse (self, entries, &argc, &argv, 2, 2))
    return STRATA_EXIT_USAGE;
  model = strata_command_load ("convert", argv[1], &error);
  if (model == NULL || (weights != NULL && !load_weights (model, weights, by_name, skip_mismatch, &error)) ||
      !(shard_bytes > 0 ? strata_model_save_shards (model, argv[2], shard_bytes, &error)
                        : strata_model_save (model, argv[2], &error)))
    return strata_command_fail ("convert", error);
  strata_command_foresee ("convert", model, argv[2]);
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_convert = {
  .name = "convert",
  .arguments = "IN OUT",
  .summary = "Write a model in another format: .keras, .h5, .weights.h5, .weights.json, .json, .py or .c",
  .run = run,
};
