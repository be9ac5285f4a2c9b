/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "io/code/python-reader-private.h"

static char *
read_path (StrataPythonReader *self)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *name = strata_python_reader_take_name (self);

  if (name == NULL)
    return NULL;
  g_string_append (path, name);
  while (strata_python_reader_take (self, "."))
    {
      name = strata_python_reader_take_name (self);
      if (name == NULL)
        return NULL;
      g_string_append_printf (path, ".%s", name);
    }
  return g_strdup (path->str);
}

/* import keras, import tensorflow.keras as keras */
static gboolean
read_import (StrataPythonReader *self)
{
  do
    {
      g_autofree char *path = read_path (self);
      const char *alias = NULL;

      if (path == NULL)
        return FALSE;
      if (strata_python_reader_take (self, "as") && (alias = strata_python_reader_take_name (self)) == NULL)
        return FALSE;
      if (alias != NULL)
        strata_python_reader_bind (self, alias, strata_python_data_new_path (path));
      else
        {
          g_autofree char *first = g_strndup (path, strcspn (path, "."));

          strata_python_reader_bind (self, first, strata_python_data_new_path (first));
        }
    }
  while (strata_python_reader_take (self, ","));
  return TRUE;
}

/* from keras import layers, models as m */
static gboolean
read_from (StrataPythonReader *self)
{
  g_autofree char *module = read_path (self);
  gboolean bracket;

  if (module == NULL || !strata_python_reader_expect (self, "import"))
    return FALSE;
  bracket = strata_python_reader_take (self, "(");
  do
    {
      const char *name, *alias;
      g_autofree char *path = NULL;

      if (bracket && strata_python_reader_is (self, ")"))
        break;
      name = alias = strata_python_reader_take_name (self);
      if (name == NULL ||
          (strata_python_reader_take (self, "as") && (alias = strata_python_reader_take_name (self)) == NULL))
        return FALSE;
      path = g_strdup_printf ("%s.%s", module, name);
      strata_python_reader_bind (self, alias, strata_python_data_new_path (path));
    }
  while (strata_python_reader_take (self, ","));
  return !bracket || strata_python_reader_expect (self, ")");
}

/* What cannot be read without running it, and what to write instead. */
static const char *
get_advice (const char *word)
{
  static const struct
  {
    const char *word, *advice;
  } advice[] = {
    { "class", N_("a class computes with code of its own; write the network as keras.Sequential or keras.Model") },
    { "while", N_("the code is not run; write a “for” over a range or a list") },
    { "with", N_("the code is not run; leave it out and write what is in it without an indent") },
    { "try", N_("the code is not run; write what is to hold") },
    { "@", N_("the code is not run; leave what goes round a function out") },
  };
  static const char *const others[] = { "del",   "global", "nonlocal", "async",  "await",   "raise",
                                        "yield", "elif",   "else",     "except", "finally", "match" };

  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    if (g_strcmp0 (word, advice[i].word) == 0)
      return _(advice[i].advice);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_strcmp0 (word, others[i]) == 0)
      return _("the code is not run, it only says what the network is");
  return NULL;
}

/* Whether the line says what something stands for from now on. */
static gboolean
is_assignment (StrataPythonReader *self)
{
  static const char *const signs[] = { "=", "+=", "-=", "*=", "/=", NULL };
  guint i = strata_python_scan (self, signs);
  const char *text = g_array_index (self->tokens, StrataPythonToken, i).text;

  return text != NULL && g_strv_contains (signs, text);
}

static gboolean
read_value (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) value = strata_python_read_tuple (self);

  return value != NULL;
}

static gboolean
read_return (StrataPythonReader *self)
{
  self->returned = strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE ? strata_python_data_new_none ()
                                                                                   : strata_python_read_tuple (self);
  self->jump = STRATA_PYTHON_RETURN;
  return self->returned != NULL;
}

/* What has no block below it. */
static gboolean
read_simple (StrataPythonReader *self)
{
  static const char *const nothing[] = { NULL };

  if (strata_python_reader_take (self, "import"))
    return read_import (self);
  if (strata_python_reader_take (self, "from"))
    return read_from (self);
  if (strata_python_reader_take (self, "pass"))
    return TRUE;
  /* What is asserted is not said anew. */
  if (strata_python_reader_take (self, "assert"))
    {
      self->at = strata_python_scan (self, nothing);
      return TRUE;
    }
  if (self->loops > 0 && strata_python_reader_take (self, "break"))
    self->jump = STRATA_PYTHON_BREAK;
  else if (self->loops > 0 && strata_python_reader_take (self, "continue"))
    self->jump = STRATA_PYTHON_CONTINUE;
  else if (self->scope > 0 && strata_python_reader_take (self, "return"))
    return read_return (self);
  else if (is_assignment (self))
    return strata_python_read_assignment (self);
  else
    return read_value (self);
  return TRUE;
}

static gboolean
read_statement (StrataPythonReader *self)
{
  const char *word = strata_python_reader_peek (self)->text, *advice = get_advice (word);

  if (!strata_python_reader_spend (self, 1))
    return FALSE;
  if (advice != NULL)
    {
      strata_python_reader_fail (self, "“%s” is not understood: %s", word, advice);
      return FALSE;
    }
  if (strata_python_reader_take (self, "def"))
    return strata_python_read_function (self);
  if (strata_python_reader_take (self, "if"))
    return strata_python_read_if (self);
  if (strata_python_reader_take (self, "for"))
    return strata_python_read_for (self);
  if (!read_simple (self))
    return FALSE;
  if (strata_python_reader_take (self, ";"))
    return TRUE;
  if (strata_python_reader_peek (self)->type != STRATA_PYTHON_NEWLINE)
    {
      word = strata_python_reader_peek (self)->text;
      strata_python_reader_fail (self, "“%s” is not understood here", word != NULL ? word : "…");
      return FALSE;
    }
  self->at++;
  return TRUE;
}

/**
 * strata_python_read_block: (skip)
 *
 * Reads lines up to the end of the block that they are in, or up to where it is left.
 */
gboolean
strata_python_read_block (StrataPythonReader *self)
{
  while (self->jump == STRATA_PYTHON_GO_ON)
    {
      StrataPythonTokenType type = strata_python_reader_peek (self)->type;

      if (type == STRATA_PYTHON_END || type == STRATA_PYTHON_DEDENT)
        return TRUE;
      if (type == STRATA_PYTHON_NEWLINE)
        self->at++;
      else if (type == STRATA_PYTHON_INDENT)
        {
          strata_python_reader_fail (self, "the line is indented without a reason");
          return FALSE;
        }
      else if (!read_statement (self))
        return FALSE;
    }
  return TRUE;
}

/**
 * strata_python_read_suite: (skip)
 *
 * Reads what follows a colon: a block below, or the rest of the line.
 */
gboolean
strata_python_read_suite (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (token->type == STRATA_PYTHON_NEWLINE && token[1].type == STRATA_PYTHON_INDENT)
    {
      self->at += 2;
      if (!strata_python_read_block (self))
        return FALSE;
      self->at += self->jump == STRATA_PYTHON_GO_ON;
      return TRUE;
    }
  do
    {
      if (!read_statement (self))
        return FALSE;
    }
  while (self->jump == STRATA_PYTHON_GO_ON &&
         g_array_index (self->tokens, StrataPythonToken, self->at - 1).type != STRATA_PYTHON_NEWLINE);
  return TRUE;
}
