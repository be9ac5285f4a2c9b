/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "command.h"
#include "config.h"
#include "listing.h"
#include "terminal.h"

static void
print_usage (void (*print) (const char *format, ...))
{
  print (_("usage: %s"), "strata-cli COMMAND [ARGUMENT ...]");
  print ("\n\n");
  for (guint i = 0; strata_command_table[i] != NULL; i++)
    print ("  %-12s %s\n", strata_command_table[i]->name, _(strata_command_table[i]->summary));
  print ("\n");
  for (const StrataCommand *listing = strata_listing_table; listing->name != NULL; listing++)
    print ("  %-12s %s\n", listing->name, _(listing->summary));
  print ("\n");
  print (_("%s explains a command."), "strata-cli COMMAND --help");
  print ("\n");
}

static const StrataCommand *
find_command (const char *name)
{
  for (guint i = 0; strata_command_table[i] != NULL; i++)
    if (g_str_equal (strata_command_table[i]->name, name))
      return strata_command_table[i];
  for (const StrataCommand *listing = strata_listing_table; listing->name != NULL; listing++)
    if (g_str_equal (listing->name, name))
      return listing;
  return NULL;
}

int
main (int    argc,
      char **argv)
{
  const StrataCommand *command;

  setlocale (LC_ALL, "");
  /* Programs read what is printed, too. */
  setlocale (LC_NUMERIC, "C");
  textdomain (GETTEXT_PACKAGE);
  strata_terminal_set_up ();
  if (argc < 2)
    {
      print_usage (g_printerr);
      return STRATA_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "help") && argc > 2)
    {
      /* “help train” is “train --help”. */
      argv[1] = argv[2];
      argv[2] = (char *) "--help";
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_usage (g_print);
      return STRATA_EXIT_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("strata-cli %s\n", STRATA_VERSION);
      return STRATA_EXIT_DONE;
    }

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr ("strata-cli: ");
      g_printerr (_("there is no command “%s”; %s lists them"), argv[1], "strata-cli --help");
      g_printerr ("\n");
      return STRATA_EXIT_USAGE;
    }
  return command->run (command, argc - 1, argv + 1);
}
