/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "terminal.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Tables are drawn with what every terminal has. */
static char *
draw_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar drawn = g_utf8_get_char (c);

      if (drawn < 0x2500 || drawn > 0x257f)
        g_string_append_unichar (plain, drawn);
      else
        g_string_append_c (plain, g_utf8_strchr ("─━═", -1, drawn) != NULL ? '-'
                                  : g_utf8_strchr ("│┃║", -1, drawn) != NULL ? '|' : '+');
    }
  return g_string_free (plain, FALSE);
}

/* What the terminal's characters lack becomes the nearest thing that they have: quotes straight ones, not "?". */
static void
put (FILE       *stream,
     const char *text)
{
  g_autofree char *plain = NULL, *converted = NULL, *target = NULL;
  const char *charset;

  if (!g_get_charset (&charset))
    {
      plain = draw_plain (text);
      target = g_strconcat (charset, "//TRANSLIT", NULL);
      converted = g_convert_with_fallback (plain, -1, target, "UTF-8", "?", NULL, NULL, NULL);
    }
  fputs (converted != NULL ? converted : text, stream);
  fflush (stream);
}

static void
put_out (const char *text)
{
  put (stdout, text);
}

static void
put_error (const char *text)
{
  put (stderr, text);
}

/**
 * strata_terminal_set_up: (skip)
 *
 * From now on what is printed is in the characters of the user's locale.
 */
void
strata_terminal_set_up (void)
{
  g_set_print_handler (put_out);
  g_set_printerr_handler (put_error);
}

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
