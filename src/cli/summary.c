/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "command.h"
#include "io/model-file.h"
#include "terminal.h"

static int
run (int    argc,
     char **argv)
{
  extern const StrataCommand strata_command_summary;
  gboolean json = FALSE;
  StrataSummaryOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "For programs to read", NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.line_length, "Characters a line (as many as fit the terminal)", "N" },
    { "expand-nested", 0, 0, G_OPTION_ARG_NONE, &options.expand_nested, "Show the layers of models inside, too", NULL },
    { "show-trainable", 0, 0, G_OPTION_ARG_NONE, &options.show_trainable, "Show which layers learn", NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = NULL;
  g_autofree char *text = NULL;

  if (!strata_command_parse (&strata_command_summary, entries, &argc, &argv, 1, 1))
    return STRATA_EXIT_USAGE;
  model = strata_model_load (argv[1], &error);
  if (model == NULL)
    return strata_command_fail ("summary", error);

  if (json)
    {
      g_autoptr (JsonNode) node = strata_model_summary_json (model);

      text = strata_json_to_text (node, TRUE);
      g_print ("%s\n", text);
    }
  else
    {
      options.width = strata_terminal_get_width ();
      text = strata_model_summary_full (model, &options);
      g_print ("%s", text);
    }
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_summary = {
  .name = "summary",
  .arguments = "MODEL",
  .summary = "Show the layers of a model, their shapes and parameters",
  .run = run,
};
