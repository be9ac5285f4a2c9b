/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "io/code/python-reader-private.h"

/* Looking ahead in code, and going past what is not for now. */

static int
get_depth_change (const StrataPythonToken *token)
{
  if (token->type != STRATA_PYTHON_SIGN || token->text[1] != '\0')
    return 0;
  return (strchr ("([{", token->text[0]) != NULL) - (strchr (")]}", token->text[0]) != NULL);
}

/**
 * strata_python_scan: (skip)
 * @words: signs and words, with %NULL at the end
 *
 * Looks for the first of @words that is in no bracket; where the statement ends, or a bracket around it, the search
 * does, too.
 * Returns: the place of the token that it ends at
 */
guint
strata_python_scan (StrataPythonReader *self,
                    const char *const  *words)
{
  int depth = 0;

  for (guint i = self->at;; i++)
    {
      const StrataPythonToken *token = &g_array_index (self->tokens, StrataPythonToken, i);

      if (token->type == STRATA_PYTHON_NEWLINE || token->type == STRATA_PYTHON_END)
        return i;
      if (depth == 0 && g_strcmp0 (token->text, ";") == 0)
        return i;
      if (depth == 0 && token->text != NULL && g_strv_contains (words, token->text))
        return i;
      depth += get_depth_change (token);
      if (depth < 0)
        return i;
    }
}

/* Goes past a value that does not count. */
void
strata_python_skip_value (StrataPythonReader *self)
{
  static const char *const ends[] = { ",", ":", "for", NULL };

  self->at = strata_python_scan (self, ends);
}

/* Goes past what is in brackets whose opening sign was taken, and the closing one. */
void
strata_python_skip_brackets (StrataPythonReader *self)
{
  static const char *const nothing[] = { NULL };

  self->at = strata_python_scan (self, nothing);
  self->at += strata_python_reader_peek (self)->type == STRATA_PYTHON_SIGN;
}

/* Goes past a block, or the rest of a line. */
void
strata_python_skip_suite (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  guint depth = 0;

  if (token->type != STRATA_PYTHON_NEWLINE || token[1].type != STRATA_PYTHON_INDENT)
    {
      static const char *const nothing[] = { NULL };

      self->at = strata_python_scan (self, nothing);
      self->at += strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE;
      return;
    }
  self->at++;
  do
    {
      StrataPythonTokenType type = strata_python_reader_peek (self)->type;

      depth += type == STRATA_PYTHON_INDENT;
      depth -= type == STRATA_PYTHON_DEDENT;
      self->at++;
    }
  while (depth > 0);
}
