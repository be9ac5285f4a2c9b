/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "base/json.h"
#include "command.h"
#include "io/keras/model-file.h"
#include "terminal.h"

static gboolean
read_positions (const char *text,
                double     *positions)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 5);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n && n <= 4; i++)
    {
      char *end;

      positions[i] = g_ascii_strtod (parts[i], &end);
      if (end == parts[i] || *end != '\0' || !(positions[i] > (i > 0 ? positions[i - 1] : 0)) || positions[i] > 1)
        return FALSE;
    }
  return n == 3 || n == 4;
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  gboolean json = FALSE;
  StrataSummaryOptions options = { 0 };
  g_autofree char *positions = NULL, *first = NULL, *last = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("For programs to read"), NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.line_length,
      N_("Characters a line (as many as fit the terminal)"), "N" },
    { "expand-nested", 0, 0, G_OPTION_ARG_NONE, &options.expand_nested,
      N_("Show the layers of models inside, too"), NULL },
    { "show-trainable", 0, 0, G_OPTION_ARG_NONE, &options.show_trainable, N_("Show which layers learn"), NULL },
    { "positions", 0, 0, G_OPTION_ARG_STRING, &positions, N_("Where columns end, as shares of the line"), "A,B,C[,D]" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &first, N_("The layer to begin with, or a regular expression"), "NAME" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &last, N_("The layer to end with"), "NAME" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = NULL;
  g_autofree char *text = NULL;

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    return STRATA_EXIT_USAGE;
  if (positions != NULL && !read_positions (positions, options.positions))
    {
      strata_command_warn ("summary", "--positions takes three or four rising numbers up to 1");
      return STRATA_EXIT_USAGE;
    }
  model = strata_command_load ("summary", argv[1], &error);
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
      options.first_layer = first;
      options.last_layer = last;
      text = strata_model_summary_full (model, &options, &error);
      if (text == NULL)
        return strata_command_fail ("summary", error);
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
