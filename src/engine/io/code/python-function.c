/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

#define MAX_DEPTH 100

/* x: type, whose type says nothing here. */
static void
skip_type (StrataPythonReader *self)
{
  static const char *const ends[] = { ",", "=", NULL };

  self->at = strata_python_scan (self, ends);
}

static gboolean
read_parameter (StrataPythonReader *self,
                StrataPythonData   *function)
{
  const char *name;

  /* What follows a star alone is given by name; it may be given by place as well here. */
  if (strata_python_reader_take (self, "*") && strata_python_reader_is (self, ","))
    return TRUE;
  if (g_array_index (self->tokens, StrataPythonToken, self->at - 1).text[0] == '*' ||
      strata_python_reader_is (self, "**"))
    {
      strata_python_reader_fail (self, "functions with any number of arguments are not understood; give each a name");
      return FALSE;
    }
  name = strata_python_reader_take_name (self);
  if (name == NULL)
    return FALSE;
  g_ptr_array_add (function->keys, g_strdup (name));
  if (strata_python_reader_take (self, ":"))
    skip_type (self);
  if (strata_python_reader_take (self, "="))
    {
      StrataPythonData *value = strata_python_read_expression (self);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (function->items, value);
    }
  else if (function->items->len > 0)
    {
      strata_python_reader_fail (self, "the argument “%s” needs a value, as one before it has one", name);
      return FALSE;
    }
  return TRUE;
}

/**
 * strata_python_read_function: (skip)
 *
 * Reads what follows “def”; the body is read where the function is called.
 */
gboolean
strata_python_read_function (StrataPythonReader *self)
{
  static const char *const colon[] = { ":", NULL };
  g_autoptr (StrataPythonData) function = strata_python_data_new_dict ();
  const char *name = strata_python_reader_take_name (self);

  function->kind = STRATA_PYTHON_FUNCTION;
  if (name == NULL || !strata_python_reader_expect (self, "("))
    return FALSE;
  while (!strata_python_reader_take (self, ")"))
    {
      if (!read_parameter (self, function))
        return FALSE;
      if (!strata_python_reader_take (self, ",") && !strata_python_reader_is (self, ")"))
        return strata_python_reader_expect (self, ")");
    }
  if (strata_python_reader_take (self, "->"))
    self->at = strata_python_scan (self, colon);
  if (!strata_python_reader_expect (self, ":"))
    return FALSE;
  function->path = g_strdup (name);
  function->at = self->at;
  function->scope = self->scope;
  ((StrataPythonScope *) g_ptr_array_index (self->scopes, self->scope))->is_kept = TRUE;
  if (strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE &&
      strata_python_reader_peek (self)[1].type != STRATA_PYTHON_INDENT)
    {
      strata_python_reader_fail (self, "the function “%s” has no body below it", name);
      return FALSE;
    }
  strata_python_skip_suite (self);
  strata_python_reader_bind (self, name, g_steal_pointer (&function));
  return TRUE;
}

/* Gives the arguments their names in the function's own scope, which is the present one. */
static gboolean
bind_arguments (StrataPythonReader    *self,
                StrataPythonData      *function,
                StrataPythonArguments *arguments)
{
  guint n = function->keys->len, n_needed = n - function->items->len;

  if (arguments->positional->len > n)
    return strata_python_reader_fail (self, "“%s” takes no more than %u arguments", function->path, n) != NULL;
  for (guint i = 0; i < arguments->names->len; i++)
    {
      const char *name = g_ptr_array_index (arguments->names, i);
      guint place;

      if (!g_ptr_array_find_with_equal_func (function->keys, name, g_str_equal, &place))
        return strata_python_reader_fail (self, "“%s” takes no argument “%s”", function->path, name) != NULL;
      if (place < arguments->positional->len)
        return strata_python_reader_fail (self, "the argument “%s” is given twice", name) != NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      const char *name = g_ptr_array_index (function->keys, i);
      StrataPythonData *value = strata_python_arguments_get (arguments, name, (int) i);

      if (value == NULL && i < n_needed)
        return strata_python_reader_fail (self, "“%s” is called without “%s”", function->path, name) != NULL;
      if (value == NULL)
        value = g_ptr_array_index (function->items, i - n_needed);
      strata_python_reader_bind (self, name, strata_python_data_ref (value));
    }
  return TRUE;
}

/**
 * strata_python_run: (skip)
 *
 * Reads a function's body with names of its own.
 * Returns: (transfer full): what it returns
 */
StrataPythonData *
strata_python_run (StrataPythonReader    *self,
                   StrataPythonData      *function,
                   StrataPythonArguments *arguments)
{
  guint back = self->at, loops = self->loops, before;
  GArray *tokens = self->tokens;
  StrataPythonData *result;
  gboolean good;

  if (self->depth > MAX_DEPTH)
    return strata_python_reader_fail (self, "functions call each other too often");
  if (!strata_python_reader_spend (self, 10))
    return NULL;
  before = strata_python_reader_enter (self, function->scope);
  good = bind_arguments (self, function, arguments);
  if (good)
    {
      self->depth++;
      self->tokens = self->code;
      self->at = function->at;
      self->loops = 0;
      good = strata_python_read_suite (self);
      self->tokens = tokens;
      self->loops = loops;
      self->depth--;
    }
  strata_python_reader_leave (self, before);
  if (!good)
    return NULL;
  self->at = back;
  self->jump = STRATA_PYTHON_GO_ON;
  result = g_steal_pointer (&self->returned);
  return result != NULL ? result : strata_python_data_new_none ();
}
