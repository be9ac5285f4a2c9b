/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <locale.h>
#include <string.h>

#include "command.h"
#include "config.h"
#include "listing.h"

static void
print_usage (void (*print) (const char *format, ...))
{
  print ("usage: strata-cli COMMAND [ARGUMENT ...]\n\n");
  for (guint i = 0; strata_command_table[i] != NULL; i++)
    print ("  %-12s %s\n", strata_command_table[i]->name, strata_command_table[i]->summary);
  print ("\n");
  for (const StrataCommand *listing = strata_listing_table; listing->name != NULL; listing++)
    print ("  %-12s %s\n", listing->name, listing->summary);
  print ("\nstrata-cli COMMAND --help explains a command.\n");
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
      g_printerr ("strata-cli: there is no command “%s”; strata-cli --help lists them\n", argv[1]);
      return STRATA_EXIT_USAGE;
    }
  return command->run (command, argc - 1, argv + 1);
}
