/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-token.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

#define MAX_TOKENS 500000
#define MAX_INDENTS 50
#define MAX_BRACKETS 200

typedef struct
{
  char sign;
  guint line;
} Bracket;

/* Code while it is split: a line that ends inside brackets goes on. */
typedef struct
{
  const char *at;
  GArray *tokens;
  guint line;
  Bracket brackets[MAX_BRACKETS];       /* that are open */
  guint n_brackets;
  guint indents[MAX_INDENTS];
  guint n_indents;
  GError **error;
} Splitter;

static void
token_clear (gpointer data)
{
  StrataPythonToken *self = data;

  g_clear_pointer (&self->value, json_node_unref);
  g_clear_pointer (&self->text, g_free);
}

static gboolean
fail (Splitter   *self,
      const char *message)
{
  g_set_error_literal (self->error, STRATA_ERROR, STRATA_ERROR_FORMAT, message);
  return FALSE;
}

static gboolean
add (Splitter              *self,
     StrataPythonTokenType  type,
     const char            *text,
     gsize                  length,
     JsonNode              *value)
{
  StrataPythonToken token = { .type = type, .value = value, .line = self->line };

  if (text != NULL)
    token.text = g_strndup (text, length);
  g_array_append_val (self->tokens, token);
  return self->tokens->len <= MAX_TOKENS || fail (self, _("the code is too long"));
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || (c & 0x80) != 0;
}

static gboolean split_string (Splitter *self, const char *prefix, gsize length);

static gboolean
split_name (Splitter *self)
{
  const char *start = self->at;

  while (is_name_start (*self->at) || g_ascii_isdigit (*self->at))
    self->at++;
  if ((*self->at == '"' || *self->at == '\'') && self->at - start <= 2)
    return split_string (self, start, self->at - start);
  return add (self, STRATA_PYTHON_NAME, start, self->at - start, NULL);
}

/* Python allows 1_000; hexadecimal numbers and the imaginary are not needed. */
static gboolean
split_number (Splitter *self)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean whole = TRUE;
  char *end;
  JsonNode *value;

  for (;; self->at++)
    {
      if (g_ascii_isdigit (*self->at) || *self->at == '.' || g_ascii_tolower (*self->at) == 'e' ||
          ((*self->at == '-' || *self->at == '+') && digits->len > 0 &&
           g_ascii_tolower (digits->str[digits->len - 1]) == 'e'))
        {
          whole = whole && g_ascii_isdigit (*self->at);
          g_string_append_c (digits, *self->at);
        }
      else if (*self->at != '_')
        break;
    }
  errno = 0;
  value = json_node_alloc ();
  if (whole)
    json_node_init_int (value, g_ascii_strtoll (digits->str, &end, 10));
  else
    json_node_init_double (value, g_ascii_strtod (digits->str, &end));
  if (*end != '\0' || is_name_start (*self->at) || (whole && errno == ERANGE))
    {
      json_node_unref (value);
      return fail (self, _("there is a number that is none"));
    }
  return add (self, STRATA_PYTHON_VALUE, NULL, 0, value);
}

static gboolean
unescape (Splitter *self,
          GString  *string)
{
  static const char letters[] = "nrtabfv0\\'\"", meanings[] = "\n\r\t\a\b\f\v\0\\'\"";
  const char *found;
  char *end;

  if (*self->at == '\n')
    self->line++;
  else if (*self->at == 'x' && g_ascii_isxdigit (self->at[1]) && g_ascii_isxdigit (self->at[2]))
    {
      char digits[] = { self->at[1], self->at[2], '\0' };

      g_string_append_unichar (string, (gunichar) strtoul (digits, &end, 16));
      self->at += 2;
    }
  else if (*self->at != '\0' && (found = strchr (letters, *self->at)) != NULL)
    g_string_append_c (string, meanings[found - letters]);
  else
    return fail (self, _("a string has an escape that is not understood"));
  self->at++;
  return TRUE;
}

/* @prefix is what stands before the quotes: f for values to be written in, r for backslashes that mean themselves. */
static gboolean
split_string (Splitter   *self,
              const char *prefix,
              gsize       length)
{
  g_autoptr (GString) string = g_string_new (NULL);
  gboolean raw = memchr (prefix, 'r', length) != NULL || memchr (prefix, 'R', length) != NULL;
  gboolean format = memchr (prefix, 'f', length) != NULL || memchr (prefix, 'F', length) != NULL;
  char quote = *self->at;
  gboolean triple = self->at[1] == quote && self->at[2] == quote;
  JsonNode *value;

  if (memchr (prefix, 'b', length) != NULL || memchr (prefix, 'B', length) != NULL)
    return fail (self, _("strings of bytes, such as b\"…\", are not understood"));
  self->at += triple ? 3 : 1;
  for (;;)
    {
      if (*self->at == '\0' || (*self->at == '\n' && !triple))
        return fail (self, _("a string does not end"));
      if (*self->at == quote && (!triple || (self->at[1] == quote && self->at[2] == quote)))
        break;
      if (*self->at == '\\' && raw && self->at[1] != '\0')
        g_string_append_c (string, *self->at++);
      else if (*self->at == '\\')
        {
          self->at++;
          if (!unescape (self, string))
            return FALSE;
          continue;
        }
      self->line += *self->at == '\n';
      g_string_append_c (string, *self->at++);
    }
  self->at += triple ? 3 : 1;
  if (!g_utf8_validate_len (string->str, string->len, NULL) || strlen (string->str) != string->len)
    return fail (self, _("a string holds what is no text"));
  value = json_node_init_string (json_node_alloc (), string->str);
  return add (self, format ? STRATA_PYTHON_FORMAT : STRATA_PYTHON_VALUE, NULL, 0, value);
}

static gboolean
open_bracket (Splitter *self)
{
  if (self->n_brackets == MAX_BRACKETS)
    return fail (self, _("brackets are nested too deeply"));
  self->brackets[self->n_brackets++] = (Bracket){ *self->at, self->line };
  return TRUE;
}

static gboolean
close_bracket (Splitter *self)
{
  static const char opening[] = "([{", closing[] = ")]}";
  const Bracket *last = NULL;

  /* What closes nothing is not understood where it stands. */
  if (self->n_brackets == 0)
    return TRUE;
  last = &self->brackets[self->n_brackets - 1];
  if (last->sign != opening[strchr (closing, *self->at) - closing])
    {
      strata_set_error (self->error, STRATA_ERROR_FORMAT, "“%c” does not close the “%c” of line %u",
                        *self->at, last->sign, last->line);
      return FALSE;
    }
  self->n_brackets--;
  return TRUE;
}

/* At the end: the line to look at is the one where the bracket is. */
static gboolean
has_closed_all (Splitter *self)
{
  if (self->n_brackets == 0)
    return TRUE;
  self->line = self->brackets[self->n_brackets - 1].line;
  return fail (self, _("a bracket is not closed"));
}

static gboolean
split_sign (Splitter *self)
{
  static const char *const signs[] = { "**", "//", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=" };
  gsize length = 1;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (self->at, signs[i]))
      length = 2;
  if (strchr ("()[]{},:.=+-*/%@<>!|&^~;", *self->at) == NULL)
    return fail (self, _("there is a sign that Python does not know"));
  if (strchr ("([{", *self->at) != NULL && !open_bracket (self))
    return FALSE;
  if (strchr (")]}", *self->at) != NULL && !close_bracket (self))
    return FALSE;
  self->at += length;
  return add (self, STRATA_PYTHON_SIGN, self->at - length, length, NULL);
}

/* At the beginning of a line that has something in it. */
static gboolean
split_indent (Splitter *self,
              guint     width)
{
  if (width > self->indents[self->n_indents - 1])
    {
      if (self->n_indents == MAX_INDENTS)
        return fail (self, _("blocks are nested too deeply"));
      self->indents[self->n_indents++] = width;
      return add (self, STRATA_PYTHON_INDENT, NULL, 0, NULL);
    }
  while (width < self->indents[self->n_indents - 1])
    {
      self->n_indents--;
      if (!add (self, STRATA_PYTHON_DEDENT, NULL, 0, NULL))
        return FALSE;
    }
  return width == self->indents[self->n_indents - 1] || fail (self, _("the line is indented unlike those before it"));
}

static void
skip_comment (Splitter *self)
{
  if (*self->at == '#')
    self->at += strcspn (self->at, "\n");
}

static gboolean
split_line_start (Splitter *self)
{
  guint width = 0;

  for (; *self->at == ' ' || *self->at == '\t'; self->at++)
    width = *self->at == '\t' ? (width / 8 + 1) * 8 : width + 1;
  skip_comment (self);
  if (*self->at == '\n' || *self->at == '\r' || *self->at == '\0')
    return TRUE;
  return split_indent (self, width);
}

static gboolean
split_next (Splitter *self)
{
  if (*self->at == ' ' || *self->at == '\t' || *self->at == '\r')
    self->at++;
  else if (*self->at == '#')
    skip_comment (self);
  else if (*self->at == '\\' && (self->at[1] == '\n' || (self->at[1] == '\r' && self->at[2] == '\n')))
    {
      self->at = strchr (self->at, '\n') + 1;
      self->line++;
    }
  else if (is_name_start (*self->at))
    return split_name (self);
  else if (g_ascii_isdigit (*self->at) || (*self->at == '.' && g_ascii_isdigit (self->at[1])))
    return split_number (self);
  else if (*self->at == '"' || *self->at == '\'')
    return split_string (self, "", 0);
  else
    return split_sign (self);
  return TRUE;
}

static gboolean
split_all (Splitter *self)
{
  if (!split_line_start (self))
    return FALSE;
  while (*self->at != '\0')
    {
      if (*self->at != '\n')
        {
          if (!split_next (self))
            return FALSE;
          continue;
        }
      if (self->n_brackets == 0 && self->tokens->len > 0 &&
          g_array_index (self->tokens, StrataPythonToken, self->tokens->len - 1).type != STRATA_PYTHON_NEWLINE &&
          !add (self, STRATA_PYTHON_NEWLINE, NULL, 0, NULL))
        return FALSE;
      self->at++;
      self->line++;
      if (self->n_brackets == 0 && !split_line_start (self))
        return FALSE;
    }
  return has_closed_all (self);
}

/**
 * strata_python_split: (skip)
 * @code: Python code in UTF-8
 * @line: (out): where it cannot be read
 *
 * Returns: (transfer full) (element-type StrataPythonToken): its words, the last of them the end
 */
GArray *
strata_python_split (const char  *code,
                     guint       *line,
                     GError     **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (StrataPythonToken));
  Splitter self = { .at = code, .tokens = tokens, .line = 1, .n_indents = 1, .error = error };

  g_array_set_clear_func (tokens, token_clear);
  if (!split_all (&self))
    {
      *line = self.line;
      return NULL;
    }
  add (&self, STRATA_PYTHON_NEWLINE, NULL, 0, NULL);
  while (self.n_indents-- > 1)
    add (&self, STRATA_PYTHON_DEDENT, NULL, 0, NULL);
  add (&self, STRATA_PYTHON_END, NULL, 0, NULL);
  return g_steal_pointer (&tokens);
}
