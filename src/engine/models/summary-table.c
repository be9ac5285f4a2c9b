/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/summary-table.h"

#include <string.h>

#define NUMBER_COLUMN 2

static guint
text_width (const char *text)
{
  return g_utf8_strlen (text, -1);
}

static void
append_repeated (GString    *out,
                 const char *text,
                 guint       n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (out, text);
}

static void
append_rule (GString     *out,
             const char  *left,
             const char  *line,
             const char  *middle,
             const char  *right,
             const guint *widths,
             guint        n_columns)
{
  for (guint c = 0; c < n_columns; c++)
    {
      g_string_append (out, c == 0 ? left : middle);
      append_repeated (out, line, widths[c] + 2);
    }
  g_string_append (out, right);
  g_string_append_c (out, '\n');
}

static void
take_line (GPtrArray *lines,
           GString   *line)
{
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  g_ptr_array_add (lines, g_strdup (line->str));
  g_string_truncate (line, 0);
}

/* Words that are longer than a line are cut. */
static void
append_word (GPtrArray  *lines,
             GString    *line,
             const char *word,
             guint       width)
{
  guint length = text_width (word);

  if (line->len > 0 && text_width (line->str) + length > width)
    take_line (lines, line);
  while (length > width)
    {
      const char *cut = g_utf8_offset_to_pointer (word, width);

      g_string_append_len (line, word, cut - word);
      take_line (lines, line);
      word = cut;
      length -= width;
    }
  g_string_append (line, word);
  if (text_width (line->str) < width)
    g_string_append_c (line, ' ');
}

static GPtrArray *
wrap (const char *text,
      guint       width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    append_word (lines, line, words[i], width);
  if (line->len > 0 || lines->len == 0)
    take_line (lines, line);
  return lines;
}

static void
append_cell (GString    *out,
             const char *text,
             guint       width,
             gboolean    right)
{
  guint padding = width - MIN (width, text_width (text));

  g_string_append_c (out, ' ');
  append_repeated (out, " ", right ? padding : 0);
  g_string_append (out, text);
  append_repeated (out, " ", right ? 0 : padding);
  g_string_append_c (out, ' ');
}

static void
append_row (GString           *out,
            const char        *bar,
            const char *const *cells,
            const guint       *widths,
            guint              n_columns)
{
  GPtrArray *lines[8];
  guint height = 0;

  for (guint c = 0; c < n_columns; c++)
    {
      lines[c] = wrap (cells[c], widths[c]);
      height = MAX (height, lines[c]->len);
    }
  for (guint l = 0; l < height; l++)
    {
      for (guint c = 0; c < n_columns; c++)
        {
          g_string_append (out, bar);
          append_cell (out, l < lines[c]->len ? g_ptr_array_index (lines[c], l) : "", widths[c], c == NUMBER_COLUMN);
        }
      g_string_append (out, bar);
      g_string_append_c (out, '\n');
    }
  for (guint c = 0; c < n_columns; c++)
    g_ptr_array_unref (lines[c]);
}

/**
 * strata_summary_table_render: (skip)
 * @header: titles of the columns
 * @widths: widths of the texts in them
 * @rows: string vectors
 */
void
strata_summary_table_render (GString           *out,
                             const char *const *header,
                             guint              n_columns,
                             const guint       *widths,
                             GPtrArray         *rows)
{
  g_return_if_fail (n_columns <= 8);

  append_rule (out, "┏", "━", "┳", "┓", widths, n_columns);
  append_row (out, "┃", header, widths, n_columns);
  append_rule (out, "┡", "━", "╇", "┩", widths, n_columns);
  for (guint r = 0; r < rows->len; r++)
    {
      if (r > 0)
        append_rule (out, "├", "─", "┼", "┤", widths, n_columns);
      append_row (out, "│", g_ptr_array_index (rows, r), widths, n_columns);
    }
  append_rule (out, "└", "─", "┴", "┘", widths, n_columns);
}
