/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

/**
 * strata_terminal_get_width: (skip)
 *
 * Returns: how many characters fit a line, or 0 where standard output is no terminal
 */
int
strata_terminal_get_width (void)
{
  struct winsize size;

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/**
 * strata_terminal_wrap: (skip)
 * @indent: blanks before each line but the first
 * @width: characters of a line with its indent; 0 leaves all on one line
 *
 * Breaks text between words. A word that is longer than a line has one of its own.
 * Returns: (transfer full): the lines
 */
char *
strata_terminal_wrap (const char *text,
                      int         indent,
                      int         width)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) lines = g_string_new (NULL);
  int used = indent;

  for (guint i = 0; words[i] != NULL; i++)
    {
      int n = g_utf8_strlen (words[i], -1);

      if (i > 0 && width > 0 && used + 1 + n > width)
        {
          g_string_append_printf (lines, "\n%*s", indent, "");
          used = indent;
        }
      else if (i > 0)
        {
          g_string_append_c (lines, ' ');
          used++;
        }
      g_string_append (lines, words[i]);
      used += n;
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
