/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/summary-table.h"

#include <string.h>

/* The table that Keras has drawn by the library rich: its widths, breaks and ellipses, to the character. */

/* What a terminal has room for: some letters take two cells. */
static guint
get_cells (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

static guint
measure (const char *text,
         gsize       length)
{
  guint cells = 0;

  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    cells += get_cells (g_utf8_get_char (at));
  return cells;
}

/* Half a cell is rounded to an even number, as Python does. */
static guint
divide_evenly (guint total,
               guint parts)
{
  guint quotient = total / parts, rest = 2 * (total % parts);

  return quotient + (rest > parts || (rest == parts && quotient % 2 == 1));
}

/* The columns share what bars and blanks take, or, where they end before the line does, what is left, each by its
 * width. */
static void
set_widths (const StrataSummaryColumn *columns,
            guint                      n_columns,
            guint                      line_length,
            guint                     *widths)
{
  guint at = 0, total = 0, room = line_length - MIN (line_length, n_columns + 1);

  for (guint c = 0; c < n_columns; c++)
    {
      guint stop = (guint) (columns[c].stop * line_length);

      widths[c] = MIN (stop - at + 2, room);
      total += widths[c];
      at = stop;
    }
  for (guint c = 0, excess = total - MIN (total, room); c < n_columns && total > room; c++)
    {
      guint share = MIN (divide_evenly (excess, n_columns - c), widths[c]);

      widths[c] -= share;
      excess -= share;
    }
  for (guint c = 0, left = room - MIN (total, room), parts = total; c < n_columns && total < room; c++)
    {
      guint share = (widths[c] * left + parts - 1) / parts;

      parts -= widths[c];
      widths[c] += share;
      left -= share;
    }
  for (guint c = 0; c < n_columns; c++)
    widths[c] = MAX (widths[c], 3) - 2;
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

/* Where the next word ends, with the blanks before and behind it. */
static const char *
end_word (const char *at)
{
  at += strspn (at, " ");
  at += strcspn (at, " ");
  return at + strspn (at, " ");
}

static gsize
strip (const char *text,
       gsize       length)
{
  while (length > 0 && text[length - 1] == ' ')
    length--;
  return length;
}

/* Words that do not fit begin a new line; those that fit no line have one of their own. */
static GPtrArray *
wrap (const char *text,
      guint       width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *start = text, *end;
  guint used = 0;

  for (const char *word = text; *word != '\0'; word = end)
    {
      guint needed;

      end = end_word (word);
      needed = measure (word, strip (word, end - word));
      if (needed > width - MIN (width, used) && (used > 0 || needed > width))
        {
          if (word > start)
            g_ptr_array_add (lines, g_strndup (start, word - start));
          start = word;
          used = 0;
        }
      used += measure (word, end - word);
    }
  g_ptr_array_add (lines, g_strdup (start));
  return lines;
}

/* Cuts what is too long; an ellipsis tells. */
static char *
truncate_text (const char *text,
               gsize       length,
               guint       width)
{
  GString *cut = g_string_new (NULL);
  guint used = 0;

  if (measure (text, length) <= width)
    {
      g_string_append_len (cut, text, length);
      return g_string_free (cut, FALSE);
    }
  for (const char *at = text; width > 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (used + get_cells (c) > width - 1)
        break;
      g_string_append_unichar (cut, c);
      used += get_cells (c);
    }
  append_repeated (cut, " ", width - MIN (width, used + 1));
  g_string_append (cut, "…");
  return g_string_free (cut, FALSE);
}

static void
append_cell (GString                *out,
             const char             *line,
             guint                   width,
             StrataSummaryAlignment  alignment)
{
  gsize length = strlen (line), stripped = strip (line, length);
  g_autofree char *text = NULL;
  guint rest, before = 0;

  if (alignment != STRATA_SUMMARY_LEFT || measure (line, length) > width)
    length = stripped;
  text = truncate_text (line, length, width);
  rest = width - MIN (width, measure (text, strlen (text)));
  if (alignment != STRATA_SUMMARY_LEFT)
    before = alignment == STRATA_SUMMARY_RIGHT ? rest : rest / 2;
  g_string_append_c (out, ' ');
  append_repeated (out, " ", before);
  g_string_append (out, text);
  append_repeated (out, " ", rest - before);
  g_string_append_c (out, ' ');
}

/* Titles stand at the bottom of their row, other texts at the top. */
static void
append_row (GString                   *out,
            const char                *bar,
            const char *const         *cells,
            const StrataSummaryColumn *columns,
            const guint               *widths,
            guint                      n_columns,
            gboolean                   bottom)
{
  GPtrArray *lines[STRATA_SUMMARY_MAX_COLUMNS];
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
          guint first = bottom ? height - lines[c]->len : 0;

          g_string_append (out, bar);
          append_cell (out, l >= first && l - first < lines[c]->len ? g_ptr_array_index (lines[c], l - first) : "",
                       widths[c], columns[c].alignment);
        }
      g_string_append (out, bar);
      g_string_append_c (out, '\n');
    }
  for (guint c = 0; c < n_columns; c++)
    g_ptr_array_unref (lines[c]);
}

/**
 * strata_summary_table_render: (skip)
 * @columns: at most %STRATA_SUMMARY_MAX_COLUMNS
 * @line_length: how wide the table is
 * @rows: string vectors
 */
void
strata_summary_table_render (GString                   *out,
                             const StrataSummaryColumn *columns,
                             guint                      n_columns,
                             guint                      line_length,
                             GPtrArray                 *rows)
{
  guint widths[STRATA_SUMMARY_MAX_COLUMNS];
  const char *titles[STRATA_SUMMARY_MAX_COLUMNS];

  g_return_if_fail (n_columns > 0 && n_columns <= STRATA_SUMMARY_MAX_COLUMNS);

  for (guint c = 0; c < n_columns; c++)
    titles[c] = columns[c].title;
  set_widths (columns, n_columns, line_length, widths);
  append_rule (out, "┏", "━", "┳", "┓", widths, n_columns);
  append_row (out, "┃", titles, columns, widths, n_columns, TRUE);
  append_rule (out, "┡", "━", "╇", "┩", widths, n_columns);
  for (guint r = 0; r < rows->len; r++)
    {
      if (r > 0)
        append_rule (out, "├", "─", "┼", "┤", widths, n_columns);
      append_row (out, "│", g_ptr_array_index (rows, r), columns, widths, n_columns, FALSE);
    }
  append_rule (out, "└", "─", "┴", "┘", widths, n_columns);
}
