/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/expression.h"

#include <string.h>

/* An expression as a function of Python's that Keras runs. */

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

/* "x1", the second input of several */
static gboolean
is_input (const char *word)
{
  return word[0] == 'x' && word[1] != '\0' && strspn (word + 1, "0123456789") == strlen (word + 1);
}

/* Takes one word over, and returns what is behind it. */
static const char *
convert_word (const char *at,
              GString    *code)
{
  const char *end = at, *next;
  g_autofree char *word = NULL, *path = NULL;

  while (is_word (*end))
    end++;
  next = end + strspn (end, " ");
  word = g_strndup (at, end - at);
  path = *next == '(' ? strata_expression_dup_path (word) : NULL;
  if (path != NULL)
    g_string_append (code, path);
  else if (is_input (word))
    g_string_append_printf (code, "x[%s]", word + 1);
  else
    g_string_append (code, word);
  return end;
}

/**
 * strata_expression_to_python: (skip)
 * @text: an expression, or the name of a function
 *
 * Returns: (transfer full): a function of Python's: "lambda x: x * 2 + keras.ops.sin(x)", "keras.ops.abs"
 */
char *
strata_expression_to_python (const char *text)
{
  GString *code;
  char *path = strata_expression_dup_path (text);

  if (path != NULL)
    return path;
  code = g_string_new ("lambda x: ");
  for (const char *at = text; *at != '\0';)
    {
      const char *end = *at == '"' || *at == '\'' ? strchr (at + 1, *at) : NULL;

      if (end != NULL)
        {
          g_string_append_len (code, at, end + 1 - at);
          at = end + 1;
        }
      else if (g_ascii_isalpha (*at) || *at == '_')
        at = convert_word (at, code);
      else if (g_ascii_isdigit (*at))
        for (; is_word (*at); at++)
          g_string_append_c (code, *at);
      else
        g_string_append_c (code, *at++);
    }
  return g_string_free (code, FALSE);
}
