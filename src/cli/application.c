/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <unistd.h>

#include "applications/application.h"
#include "command.h"
#include "io/keras/model-file.h"

/* A percentage that counts up in place, for people only. */
static void
show_progress (const char *url,
               guint64     done,
               guint64     total,
               gpointer    user_data)
{
  int *shown = user_data, percent = total > 0 ? (int) (100 * done / total) : 0;

  if (percent == *shown || total == 0)
    return;
  *shown = percent;
  g_autofree char *text = g_strdup_printf (_("Fetching %s: %d %% of %.1f MB"), url, percent, total / 1e6);

  g_printerr ("\r%s%s", text, done == total ? "\n" : "");
}

/* "ResNet50" and "include_top=false" and so on become one call. */
static StrataApplication *
read_application (char   **words,
                  int      n_words,
                  GError **error)
{
  g_autoptr (GString) text = g_string_new (words[0]);

  for (int i = 1; i < n_words; i++)
    g_string_append_printf (text, "%s%s%s", i == 1 ? "(" : ", ", words[i], i == n_words - 1 ? ")" : "");
  return (StrataApplication *) strata_object_new_from_text (STRATA_KIND_APPLICATION, text->str, error);
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataApplication) application = NULL;
  g_autoptr (StrataModel) model = NULL;
  const char *path;
  int shown = -1;

  if (!strata_command_parse (self, NULL, &argc, &argv, 2, 32))
    return STRATA_EXIT_USAGE;
  path = argv[argc - 1];
  application = read_application (argv + 1, argc - 2, &error);
  if (application != NULL)
    model = strata_application_build (application, isatty (STDERR_FILENO) ? show_progress : NULL, &shown, NULL, &error);
  if (model == NULL || !strata_model_save (model, path, &error))
    return strata_command_fail ("application", error);
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_application = {
  .name = "application",
  .arguments = "NAME [PARAMETER=VALUE...] OUT",
  .summary = "Write a published network to a file: .keras, .h5, .json or .py",
  .run = run,
};
