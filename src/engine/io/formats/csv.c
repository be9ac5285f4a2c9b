/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/csv.h"

#include <string.h>

#include "base/error.h"
#include "io/atomic-file.h"

#define MAX_COLUMNS 100000
#define MAX_CELLS 200000000

typedef struct
{
  const char *at, *end;
  char separator;
  guint line;
  guint width;       /* of the first record; 0 before it */
  GPtrArray *cells;
} Reader;

static const char separators[] = "\t;|,";

#define N_SEPARATORS 4
/* Lines that are looked at to find out what separates cells. */
#define MOST_LINES 20

/* How many of each there are in a line, outside of quotes; returns where the next one begins. */
static const char *
count_separators (const char *at,
                  const char *end,
                  guint       counts[N_SEPARATORS])
{
  gboolean quoted = FALSE;

  memset (counts, 0, N_SEPARATORS * sizeof *counts);
  for (; at < end && (quoted || *at != '\n'); at++)
    {
      const char *found = *at != '\0' ? strchr (separators, *at) : NULL;

      if (*at == '"')
        quoted = !quoted;
      else if (!quoted && found != NULL)
        counts[found - separators]++;
    }
  return at < end ? at + 1 : end;
}

/* Every line has as many of what separates cells. Commas come last, as they may be in numbers, too; where no count is
 * the same, it is what the first line has most of. */
static char
guess_separator (const char *at,
                 const char *end)
{
  guint first[N_SEPARATORS], counts[N_SEPARATORS], best = N_SEPARATORS - 1;
  gboolean same[N_SEPARATORS];

  at = count_separators (at, end, first);
  for (guint i = 0; i < N_SEPARATORS; i++)
    {
      same[i] = first[i] > 0;
      best = first[i] > first[best] ? i : best;
    }
  for (guint line = 1; line < MOST_LINES && at < end; line++)
    {
      gboolean blank = *at == '\n' || *at == '\r';

      at = count_separators (at, end, counts);
      for (guint i = 0; i < N_SEPARATORS; i++)
        same[i] = same[i] && (blank || counts[i] == first[i]);
    }
  for (guint i = 0; i < N_SEPARATORS; i++)
    if (same[i])
      return separators[i];
  return separators[best];
}

static char *
take (GString *cell)
{
  char *text = g_utf8_make_valid (g_strstrip (cell->str), -1);

  g_string_truncate (cell, 0);
  return text;
}

/* Reads a cell in quotes, in which two of them are one; stands behind the closing one then. */
static gboolean
read_quoted (Reader   *self,
             GString  *cell,
             GError  **error)
{
  guint first = self->line;

  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '"')
        {
          if (self->at + 1 == self->end || self->at[1] != '"')
            {
              self->at++;
              return TRUE;
            }
          self->at++;
        }
      self->line += *self->at == '\n';
      g_string_append_c (cell, *self->at != '\0' ? *self->at : ' ');
    }
  strata_set_error (error, STRATA_ERROR_FORMAT, "line %u: the quotes are never closed", first);
  return FALSE;
}

static gboolean
read_cell (Reader   *self,
           GString  *cell,
           GError  **error)
{
  while (self->at < self->end && *self->at == ' ')
    self->at++;
  if (self->at < self->end && *self->at == '"' && !read_quoted (self, cell, error))
    return FALSE;
  for (; self->at < self->end && *self->at != self->separator && *self->at != '\n'; self->at++)
    if (*self->at != '\r' && *self->at != '\0')
      g_string_append_c (cell, *self->at);
  return TRUE;
}

/* Reads a line into the cells; one without anything is skipped. */
static gboolean
read_record (Reader   *self,
             GString  *cell,
             GError  **error)
{
  guint before = self->cells->len, width, line = self->line;
  gboolean more = TRUE;

  while (more)
    {
      if (!read_cell (self, cell, error))
        return FALSE;
      g_ptr_array_add (self->cells, take (cell));
      more = self->at < self->end && *self->at == self->separator;
      if (more)
        self->at++;
      if (self->cells->len - before > MAX_COLUMNS || self->cells->len > MAX_CELLS)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "line %u: there are too many cells", line);
          return FALSE;
        }
    }
  if (self->at < self->end)
    self->at++;
  self->line++;

  width = self->cells->len - before;
  if (width == 1 && ((char *) g_ptr_array_index (self->cells, before))[0] == '\0' && self->width != 1)
    {
      g_ptr_array_set_size (self->cells, before);
      return TRUE;
    }
  if (self->width == 0)
    self->width = width;
  if (width != self->width)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "line %u has %u cells, the first line has %u", line, width,
                        self->width);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  char *end;

  g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* "1.234,5", with or without the points, becomes "1234.5"; NULL for what is not such a number. */
static char *
read_decimal_comma (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *comma = strchr (text, ','), *end = comma != NULL ? comma : text + strlen (text);

  for (const char *at = text; at < end; at++)
    if (*at != '.')
      g_string_append_c (plain, *at);
    else if (at == text || (end - at) % 4 != 0)
      return NULL;
  if (comma != NULL)
    {
      g_string_append_c (plain, '.');
      g_string_append (plain, comma + 1);
    }
  return is_number (plain->str) ? g_string_free (g_steal_pointer (&plain), FALSE) : NULL;
}

static gboolean
is_any_number (Reader     *self,
               const char *cell)
{
  g_autofree char *number = self->separator != ',' ? read_decimal_comma (cell) : NULL;

  return number != NULL || is_number (cell);
}

/* Whether there is a number right below a word of the first line. */
static gboolean
has_number_below (Reader *self)
{
  for (guint i = 0; i < self->width && i + self->width < self->cells->len; i++)
    if (!strata_table_is_missing (g_ptr_array_index (self->cells, i)) &&
        is_any_number (self, g_ptr_array_index (self->cells, i + self->width)))
      return TRUE;
  return FALSE;
}

/* The first line is a header where none of its cells is a number, however that is written. Where one is empty, it may
 * as well be a line of texts, one of which is missing; the first is that of a column of row numbers. */
static gboolean
has_header (Reader *self)
{
  gboolean has_gap = FALSE;

  for (guint i = 0; i < self->width; i++)
    {
      const char *cell = g_ptr_array_index (self->cells, i);

      if (cell[0] == '\0')
        has_gap |= i > 0;
      else if (is_any_number (self, cell))
        return FALSE;
    }
  return !has_gap || has_number_below (self);
}

/* Where commas do not separate cells, they separate digits: in columns that have nothing but such numbers. */
static void
read_decimal_commas (Reader *self)
{
  for (guint column = 0; self->separator != ',' && column < self->width; column++)
    {
      char **cells = (char **) self->cells->pdata;
      gboolean found = FALSE, all = TRUE;

      for (guint i = column; all && i < self->cells->len; i += self->width)
        {
          g_autofree char *number = strchr (cells[i], ',') != NULL ? read_decimal_comma (cells[i]) : NULL;

          found |= number != NULL;
          all = number != NULL || strata_table_is_missing (cells[i]) ||
                (is_number (cells[i]) && strchr (cells[i], ',') == NULL);
        }
      for (guint i = column; all && found && i < self->cells->len; i += self->width)
        {
          char *number = read_decimal_comma (cells[i]);

          if (number == NULL)
            continue;
          g_free (cells[i]);
          cells[i] = number;
        }
    }
}

static GPtrArray *
take_names (Reader *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gboolean header = has_header (self);

  for (guint i = 0; i < self->width; i++)
    {
      const char *cell = header ? g_ptr_array_index (self->cells, i) : "";
      char *name = cell[0] != '\0' ? g_strdup (cell) : g_strdup_printf ("column %u", i + 1);

      if (g_hash_table_contains (seen, name))
        {
          char *other = g_strdup_printf ("%s (%u)", name, i + 1);

          g_free (name);
          name = other;
        }
      g_hash_table_add (seen, name);
      g_ptr_array_add (names, name);
    }
  if (header)
    g_ptr_array_remove_range (self->cells, 0, self->width);
  return names;
}

/* Spreadsheets of some systems still write the alphabet of old Windows. */
static char *
to_utf8 (const char *data,
         gsize      *size)
{
  const char *at = data, *end = data + *size;
  gsize written;
  char *text;

  while (!g_utf8_validate_len (at, end - at, &at) && *at == '\0')
    at++;
  if (at == end)
    return NULL;
  text = g_convert (data, (gssize) *size, "UTF-8", "WINDOWS-1252", NULL, &written, NULL);
  if (text != NULL)
    *size = written;
  return text;
}

static StrataTable *
parse (const char  *data,
       gsize        size,
       GError     **error)
{
  g_autofree char *converted = to_utf8 (data, &size);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GString) cell = g_string_new (NULL);
  Reader reader = { .separator = ',', .line = 1, .cells = cells };

  data = converted != NULL ? converted : data;
  reader.at = data;
  reader.end = data + size;
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  reader.separator = guess_separator (reader.at, reader.end);
  while (reader.at < reader.end)
    if (!read_record (&reader, cell, error))
      return NULL;
  names = take_names (&reader);
  read_decimal_commas (&reader);
  return strata_table_new (names, cells, error);
}

/**
 * strata_csv_parse:
 * @bytes: a table as text, its cells separated by commas, semicolons, tabs or bars
 * @name: what to call it in errors
 *
 * Cells may be in quotes. The first line is taken for names unless it has a
 * number in it. Where commas do not separate cells, numbers may have decimal
 * commas. Text that is not UTF-8 is taken for Windows-1252.
 * Returns: (transfer full): the table
 */
StrataTable *
strata_csv_parse (GBytes      *bytes,
                  const char  *name,
                  GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  StrataTable *table = parse (size > 0 ? data : "", size, error);

  if (table == NULL)
    g_prefix_error (error, "“%s”: ", name);
  return table;
}

/**
 * strata_csv_read:
 * @path: a CSV file
 *
 * Returns: (transfer full): the table
 */
StrataTable *
strata_csv_read (const char  *path,
                 GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);

  return bytes != NULL ? strata_csv_parse (bytes, path, error) : NULL;
}

static void
append_quoted (GString    *text,
               const char *cell)
{
  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (; *cell != '\0'; cell++)
    g_string_append (text, *cell == '"' ? "\"\"" : (const char[]){ *cell, '\0' });
  g_string_append_c (text, '"');
}

/**
 * strata_csv_to_text:
 * @names: (nullable): names of the columns
 * @tensor: numbers or texts; what follows the first dimension is a line
 *
 * Returns: (transfer full): what strata_csv_write() writes
 */
char *
strata_csv_to_text (const char *const *names,
                    StrataTensor      *tensor)
{
  const StrataShape *shape = strata_tensor_get_shape (tensor);
  gint64 width = shape->rank > 1 ? strata_shape_get_span (shape, 1, shape->rank) : 1;
  gboolean texts = strata_tensor_get_dtype (tensor) == STRATA_STRING;
  gboolean whole = !strata_dtype_is_float (strata_tensor_get_dtype (tensor));
  g_autoptr (GString) text = g_string_new (NULL);

  for (gint64 i = 0; names != NULL && i < width && names[i] != NULL; i++)
    {
      append_quoted (text, names[i]);
      g_string_append_c (text, i + 1 < width ? ',' : '\n');
    }
  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      if (texts)
        append_quoted (text, ((char **) strata_tensor_get_data (tensor))[i]);
      else
        g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, whole ? "%.0f" : "%.9g",
                                                strata_tensor_get_number (tensor, i)));
      g_string_append_c (text, (i + 1) % width == 0 ? '\n' : ',');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * strata_csv_write:
 * @path: the file to write or replace
 * @names: (nullable): names of the columns
 * @tensor: numbers or texts; what follows the first dimension is a line
 */
gboolean
strata_csv_write (const char         *path,
                  const char *const  *names,
                  StrataTensor       *tensor,
                  GError            **error)
{
  g_autofree char *text = strata_csv_to_text (names, tensor);

  return strata_file_write (path, text, strlen (text), error);
}
