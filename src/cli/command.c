/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "command.h"

#include <glib/gi18n.h>

#include "io/keras/model-file.h"

static gint64
get_number (const GOptionEntry *entry)
{
  return entry->arg == G_OPTION_ARG_INT64 ? *(gint64 *) entry->arg_data
         : entry->arg == G_OPTION_ARG_INT ? *(int *) entry->arg_data
                                          : 0;
}

/* Nothing is counted below zero, but a default may be, which then stands for an option that was not given. */
static gboolean
check_numbers (const StrataCommand *self,
               const GOptionEntry  *entries,
               const gint64        *defaults)
{
  for (guint i = 0; entries != NULL && entries[i].long_name != NULL; i++)
    if (get_number (&entries[i]) < 0 && get_number (&entries[i]) != defaults[i])
      {
        strata_command_warn (self->name, "--%s cannot be negative", entries[i].long_name);
        return FALSE;
      }
  return TRUE;
}

/**
 * strata_command_parse: (skip)
 * @entries: its options
 * @least: fewest arguments besides options
 * @most: most of them
 *
 * Reads the options; what remains in @argv are the arguments, from 1.
 * Returns: %FALSE where the usage was wrong and has been explained
 */
gboolean
strata_command_parse (const StrataCommand   *self,
                      const GOptionEntry    *entries,
                      int                   *argc,
                      char                ***argv,
                      guint                  least,
                      guint                  most)
{
  g_autoptr (GOptionContext) context = g_option_context_new (self->arguments);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("strata-cli %s", self->name);
  g_autoptr (GArray) defaults = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; entries != NULL && entries[i].long_name != NULL; i++)
    {
      gint64 number = get_number (&entries[i]);

      g_array_append_val (defaults, number);
    }
  g_set_prgname (program);
  g_option_context_set_summary (context, self->summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("strata-cli %s: %s\n", self->name, error->message);
      return FALSE;
    }
  if (!check_numbers (self, entries, (const gint64 *) (gpointer) defaults->data))
    return FALSE;
  if ((guint) *argc - 1 >= least && (guint) *argc - 1 <= most)
    return TRUE;
  g_printerr (_("usage: %s"), program);
  g_printerr (" %s\n", self->arguments);
  return FALSE;
}

/**
 * strata_command_warn: (skip)
 * @name: the command's
 * @format: a sentence for people, in English
 *
 * Says something in a line on standard error, in the user's language: the template that translations are made from gets
 * @format by the name of this function.
 */
void
strata_command_warn (const char *name,
                     const char *format,
                     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (_(format), args);
  va_end (args);
  g_printerr ("strata-cli %s: %s\n", name, text);
}

/**
 * strata_command_fail: (skip)
 *
 * Says what went wrong, in one line.
 * Returns: the exit status
 */
int
strata_command_fail (const char *name,
                     GError     *error)
{
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  g_autofree char *line = g_strjoinv (" ", lines);

  g_printerr ("strata-cli %s: %s\n", name, line);
  return STRATA_EXIT_FAILED;
}

/**
 * strata_command_tell: (skip)
 * @warnings: (element-type utf8): what is different from what a file says
 */
void
strata_command_tell (const char *name,
                     GPtrArray  *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    g_printerr ("strata-cli %s: %s\n", name, (const char *) g_ptr_array_index (warnings, i));
}

/**
 * strata_command_load: (skip)
 *
 * Returns: (transfer full): the model of a file; what the file lost is told
 */
StrataModel *
strata_command_load (const char  *name,
                     const char  *path,
                     GError     **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  StrataModel *model = strata_model_load_full (path, warnings, error);

  strata_command_tell (name, warnings);
  return model;
}

/**
 * strata_command_foresee: (skip)
 *
 * Tells what a file that is about to be written will not be good for.
 */
void
strata_command_foresee (const char  *name,
                        StrataModel *model,
                        const char  *path)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  strata_model_foresee (model, path, warnings);
  strata_command_tell (name, warnings);
}
