/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "io/code/python-value.h"

/* Strings that values are written into: f"conv_{i}", "conv_{}".format (i), "conv_%d" % i. */

/**
 * strata_python_dup_text: (skip)
 *
 * Returns: (transfer full): what str() makes of it
 */
char *
strata_python_dup_text (StrataPythonReader *self,
                        StrataPythonData   *data)
{
  const char *text = strata_python_data_get_string (data);
  g_autoptr (JsonNode) node = NULL;
  GError *error = NULL;

  if (text != NULL)
    return g_strdup (text);
  if (data->kind != STRATA_PYTHON_PLAIN)
    return strata_python_reader_fail (self, "only numbers and strings are written into strings");
  node = strata_python_data_to_json (data, &error);
  return strata_python_literal (node);
}

/* {i:02d}: how many digits a whole number gets at least. */
static char *
apply_width (StrataPythonReader *self,
             StrataPythonData   *data,
             const char         *width)
{
  char *end = NULL;
  gboolean zeros = width[0] == '0';
  guint64 n = g_ascii_strtoull (width, &end, 10);

  if (*width == '\0')
    return strata_python_dup_text (self, data);
  if (!strata_python_data_is_whole (data) || n > 40 || end == NULL || (*end != '\0' && strcmp (end, "d") != 0))
    return strata_python_reader_fail (self, "“%s” as a form of numbers is not understood; the number of digits is",
                                      width);
  return g_strdup_printf (zeros ? "%0*" G_GINT64_FORMAT : "%*" G_GINT64_FORMAT, (int) n,
                          json_node_get_int (data->plain));
}

/* Appends text in which braces stand for themselves when there are two, up to one that does not. */
static const char *
append_plain (GString    *result,
              const char *text)
{
  while (*text != '\0' && !(*text == '{' && text[1] != '{'))
    {
      text += (*text == '{' || *text == '}') && text[1] == *text;
      g_string_append_c (result, *text++);
    }
  return text;
}

/**
 * strata_python_read_part: (skip)
 * @code: an expression that is a part of a string, or that stands for what a function does
 *
 * Returns: (transfer full): its value
 */
StrataPythonData *
strata_python_read_part (StrataPythonReader *self,
                         const char         *code)
{
  g_autoptr (GError) why = NULL;
  guint line, at = self->at, outer = strata_python_reader_peek (self)[-1].line;
  g_autoptr (GArray) tokens = NULL;
  GArray *before = self->tokens;
  StrataPythonData *data;

  if (!strata_python_reader_spend (self, strlen (code)))
    return NULL;
  tokens = strata_python_split (code, &line, &why);
  if (tokens == NULL)
    return strata_python_reader_fail (self, "in the string: %s", why->message);
  for (guint i = 0; i < tokens->len; i++)
    g_array_index (tokens, StrataPythonToken, i).line = outer;
  self->tokens = tokens;
  self->at = 0;
  data = strata_python_read_expression (self);
  if (data != NULL && strata_python_reader_peek (self)->type != STRATA_PYTHON_NEWLINE)
    {
      g_clear_pointer (&data, strata_python_data_unref);
      strata_python_reader_fail (self, "“%s” in the string is not understood", code);
    }
  self->tokens = before;
  self->at = at;
  return data;
}

/* Where the part of a string that begins with a brace ends, or the form that its value is to have begins. */
static const char *
find_part_end (const char *text,
               const char *ends)
{
  int depth = 0;
  char quote = '\0';

  for (; *text != '\0'; text++)
    {
      if (quote != '\0')
        quote = *text == quote ? '\0' : quote;
      else if (*text == '"' || *text == '\'')
        quote = *text;
      else if (depth == 0 && strchr (ends, *text) != NULL)
        return text;
      else
        depth += (strchr ("([{", *text) != NULL) - (strchr (")]}", *text) != NULL);
    }
  return NULL;
}

static gboolean
append_part (StrataPythonReader *self,
             GString            *result,
             StrataPythonData   *data,
             const char         *form,
             gsize               length)
{
  g_autofree char *width = g_strndup (form, length), *text = NULL;

  if (strata_python_data_get_unknown (data) != NULL)
    return strata_python_reader_not_known (self, strata_python_data_get_unknown (data)) != NULL;
  text = apply_width (self, data, width);
  if (text == NULL)
    return FALSE;
  g_string_append (result, text);
  return strata_python_reader_spend (self, strlen (text));
}

/**
 * strata_python_format: (skip)
 * @text: what is between the quotes of an f-string
 *
 * Returns: (transfer full): the string, with the values of what is in braces
 */
StrataPythonData *
strata_python_format (StrataPythonReader *self,
                      const char         *text)
{
  g_autoptr (GString) result = g_string_new (NULL);

  for (text = append_plain (result, text); *text == '{'; text = append_plain (result, text + 1))
    {
      const char *code_end = find_part_end (++text, ":}"),
                 *end = code_end != NULL ? find_part_end (code_end, "}") : NULL;
      g_autofree char *code = NULL;
      g_autoptr (StrataPythonData) data = NULL;

      if (end == NULL)
        return strata_python_reader_fail (self, "a brace in the string is not closed");
      code = g_strstrip (g_strndup (text, code_end - text));
      data = strata_python_read_part (self, code);
      if (data == NULL ||
          !append_part (self, result, data, code_end + (*code_end == ':'), end - code_end - (*code_end == ':')))
        return NULL;
      text = end;
    }
  return strata_python_data_new_string (result->str);
}

/**
 * strata_python_fill_in: (skip)
 * @text: a string with braces in it
 * @arguments: what comes there, by place, number or name
 *
 * Returns: (transfer full): what format() makes of it
 */
StrataPythonData *
strata_python_fill_in (StrataPythonReader    *self,
                       const char            *text,
                       StrataPythonArguments *arguments)
{
  g_autoptr (GString) result = g_string_new (NULL);
  int next = 0;

  for (text = append_plain (result, text); *text == '{'; text = append_plain (result, text + 1))
    {
      const char *name_end = find_part_end (++text, ":}"),
                 *end = name_end != NULL ? find_part_end (name_end, "}") : NULL;
      g_autofree char *name = NULL;
      StrataPythonData *data;

      if (end == NULL)
        return strata_python_reader_fail (self, "a brace in the string is not closed");
      name = g_strndup (text, name_end - text);
      data =
          strata_python_arguments_get (arguments, name,
                                       name[0] == '\0'             ? next++
                                       : g_ascii_isdigit (name[0]) ? (int) MIN (g_ascii_strtoull (name, NULL, 10), 1000)
                                                                   : -1);
      if (data == NULL)
        return strata_python_reader_fail (self, "there is nothing for “{%s}” in the string", name);
      if (!append_part (self, result, data, name_end + (*name_end == ':'), end - name_end - (*name_end == ':')))
        return NULL;
      text = end;
    }
  return strata_python_data_new_string (result->str);
}

/**
 * strata_python_percent: (skip)
 * @text: a string with %d and %s in it
 * @values: a value, or a tuple of several
 *
 * Returns: (transfer full): the string with the values
 */
StrataPythonData *
strata_python_percent (StrataPythonReader *self,
                       const char         *text,
                       StrataPythonData   *values)
{
  g_autoptr (GString) result = g_string_new (NULL);
  guint n = values->kind == STRATA_PYTHON_LIST ? values->items->len : 1, next = 0;

  for (; *text != '\0'; text++)
    {
      StrataPythonData *data;

      if (*text != '%' || text[1] == '%')
        {
          g_string_append_c (result, *text);
          text += *text == '%';
          continue;
        }
      if (strchr ("ds", text[1]) == NULL || text[1] == '\0' || next == n)
        return strata_python_reader_fail (
            self, "of “%%” in strings, only as many %%d and %%s as there are values are understood");
      data = values->kind == STRATA_PYTHON_LIST ? g_ptr_array_index (values->items, next) : values;
      next++;
      if (!append_part (self, result, data, "", 0))
        return NULL;
      text++;
    }
  return next == n ? strata_python_data_new_string (result->str)
                   : strata_python_reader_fail (self, "there are more values than places in the string");
}
