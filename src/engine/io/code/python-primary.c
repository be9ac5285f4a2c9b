/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"

/* Names, values, and what is called, taken out or looked up of them. */

void
strata_python_arguments_init (StrataPythonArguments *self)
{
  self->positional = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_python_data_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_python_data_unref);
}

void
strata_python_arguments_clear (StrataPythonArguments *self)
{
  g_clear_pointer (&self->positional, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

/**
 * strata_python_arguments_get: (skip)
 * @name: an argument
 * @position: where it stands without its name, or -1
 *
 * Returns: (transfer none) (nullable): its value, if it is given
 */
StrataPythonData *
strata_python_arguments_get (StrataPythonArguments *self,
                             const char            *name,
                             int                    position)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), name))
      return g_ptr_array_index (self->values, i);
  return position >= 0 && position < (int) self->positional->len ? g_ptr_array_index (self->positional, position)
                                                                 : NULL;
}

/* A value in brackets, or a tuple. */
static StrataPythonData *
read_brackets (StrataPythonReader *self)
{
  static const char *const ends[] = { ",", "for", NULL };
  const StrataPythonToken *token = &g_array_index (self->tokens, StrataPythonToken, strata_python_scan (self, ends));
  g_autoptr (StrataPythonData) data = NULL;

  if (g_strcmp0 (token->text, ")") != 0 || strata_python_reader_is (self, ")"))
    return strata_python_read_items (self, ")");
  data = strata_python_read_expression (self);
  return data != NULL && strata_python_reader_expect (self, ")") ? g_steal_pointer (&data) : NULL;
}

static StrataPythonData *
read_word (StrataPythonReader *self,
           const char         *name)
{
  g_autofree char *builtin = NULL;
  StrataPythonData *data;

  if (g_str_equal (name, "lambda"))
    return strata_python_read_lambda (self);
  if (g_str_equal (name, "None"))
    return strata_python_data_new_none ();
  if (g_str_equal (name, "True") || g_str_equal (name, "False"))
    return strata_python_data_new_truth (name[0] == 'T');
  data = strata_python_reader_find (self, name);
  if (data != NULL)
    return strata_python_data_ref (data);
  if (strata_python_is_builtin (name))
    return strata_python_data_new_path (builtin = g_strconcat ("builtins.", name, NULL));
  self->at--;
  return strata_python_reader_fail (self, "“%s” stands for nothing yet", name);
}

/* Strings that follow each other are one. */
static StrataPythonData *
read_literal (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  g_autoptr (StrataPythonData) whole = NULL;

  if (token->type == STRATA_PYTHON_VALUE && !strata_json_is_string (token->value))
    {
      self->at++;
      return strata_python_data_new_plain (json_node_copy (token->value));
    }
  whole = strata_python_data_new_string ("");
  for (; token->type == STRATA_PYTHON_FORMAT ||
         (token->type == STRATA_PYTHON_VALUE && strata_json_is_string (token->value));
       token++)
    {
      g_autoptr (StrataPythonData) part = NULL, before = whole;

      self->at++;
      part = token->type == STRATA_PYTHON_FORMAT ? strata_python_format (self, json_node_get_string (token->value))
                                                 : strata_python_data_new_plain (json_node_copy (token->value));
      whole = part != NULL ? strata_python_combine (self, "+", before, part) : NULL;
      if (whole == NULL)
        return NULL;
    }
  return g_steal_pointer (&whole);
}

static StrataPythonData *
read_atom (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  switch (token->type)
    {
    case STRATA_PYTHON_VALUE:
    case STRATA_PYTHON_FORMAT:
      return read_literal (self);
    case STRATA_PYTHON_NAME:
      self->at++;
      return read_word (self, token->text);
    case STRATA_PYTHON_SIGN:
      if (strata_python_reader_take (self, "("))
        return read_brackets (self);
      if (strata_python_reader_take (self, "["))
        return strata_python_read_items (self, "]");
      if (strata_python_reader_take (self, "{"))
        return strata_python_read_dict (self);
      return strata_python_reader_fail (self, "“%s” is not understood here", token->text);
    case STRATA_PYTHON_END:
    case STRATA_PYTHON_NEWLINE:
    case STRATA_PYTHON_INDENT:
    case STRATA_PYTHON_DEDENT:
      break;
    }
  return strata_python_reader_fail (self, "something is missing at the end of the line");
}

/* Takes @value over. */
static gboolean
add_named (StrataPythonReader    *self,
           StrataPythonArguments *arguments,
           const char            *name,
           StrataPythonData      *value)
{
  if (strata_python_arguments_get (arguments, name, -1) != NULL)
    {
      strata_python_data_unref (value);
      return strata_python_reader_fail (self, "the argument “%s” is given twice", name) != NULL;
    }
  g_ptr_array_add (arguments->names, g_strdup (name));
  g_ptr_array_add (arguments->values, value);
  return TRUE;
}

/* f(*list) and f(**dict) */
static gboolean
read_unpacked (StrataPythonReader    *self,
               StrataPythonArguments *arguments,
               gboolean               named)
{
  g_autoptr (StrataPythonData) data = strata_python_read_expression (self), items = NULL;

  if (data == NULL)
    return FALSE;
  if (!named)
    {
      items = strata_python_list (self, data);
      if (items == NULL)
        return FALSE;
      g_ptr_array_extend (arguments->positional, items->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref,
                          NULL);
      return TRUE;
    }
  if (data->kind != STRATA_PYTHON_DICT)
    return strata_python_reader_fail (self, "after “**”, a dict should come") != NULL;
  for (guint i = 0; i < data->items->len; i++)
    if (!add_named (self, arguments, g_ptr_array_index (data->keys, i),
                    strata_python_data_ref (g_ptr_array_index (data->items, i))))
      return FALSE;
  return TRUE;
}

static gboolean
read_argument (StrataPythonReader    *self,
               StrataPythonArguments *arguments)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  const char *name = NULL;
  StrataPythonData *value;

  if (strata_python_reader_take (self, "**"))
    return read_unpacked (self, arguments, TRUE);
  if (token->type == STRATA_PYTHON_NAME && g_strcmp0 (token[1].text, "=") == 0)
    {
      name = token->text;
      self->at += 2;
    }
  else if (arguments->names->len > 0)
    return strata_python_reader_fail (self, "an argument without a name follows one with a name") != NULL;
  else if (strata_python_reader_take (self, "*"))
    return read_unpacked (self, arguments, FALSE);
  value = strata_python_read_expression (self);
  if (value == NULL)
    return FALSE;
  if (name != NULL)
    return add_named (self, arguments, name, value);
  g_ptr_array_add (arguments->positional, value);
  return TRUE;
}

static gboolean
read_arguments (StrataPythonReader    *self,
                StrataPythonArguments *arguments)
{
  static const char *const ends[] = { ",", "for", NULL };
  guint at = strata_python_scan (self, ends);

  /* sum(x for x in list) */
  if (g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, at).text, "for") == 0)
    {
      StrataPythonData *list = strata_python_read_items (self, ")");

      if (list != NULL)
        g_ptr_array_add (arguments->positional, list);
      return list != NULL;
    }
  while (!strata_python_reader_take (self, ")"))
    {
      if (!read_argument (self, arguments))
        return FALSE;
      if (!strata_python_reader_take (self, ","))
        return strata_python_reader_expect (self, ")");
    }
  return TRUE;
}

static StrataPythonData *call (StrataPythonReader *self, StrataPythonData *callee, StrataPythonArguments *arguments);

/* functools.partial (callee, argument, name=argument) */
static StrataPythonData *
make_partial (StrataPythonReader    *self,
              StrataPythonArguments *arguments)
{
  StrataPythonData *partial;

  if (arguments->positional->len == 0)
    return strata_python_reader_fail (self, "what is to be called is missing");
  partial = strata_python_data_new_dict ();
  partial->kind = STRATA_PYTHON_PARTIAL;
  partial->owner = strata_python_data_ref (g_ptr_array_index (arguments->positional, 0));
  for (guint i = 1; i < arguments->positional->len; i++)
    g_ptr_array_add (partial->items, strata_python_data_ref (g_ptr_array_index (arguments->positional, i)));
  for (guint i = 0; i < arguments->names->len; i++)
    {
      g_ptr_array_add (partial->keys, g_strdup (g_ptr_array_index (arguments->names, i)));
      g_ptr_array_add (partial->items, strata_python_data_ref (g_ptr_array_index (arguments->values, i)));
    }
  return partial;
}

static StrataPythonData *
call_partial (StrataPythonReader    *self,
              StrataPythonData      *partial,
              StrataPythonArguments *arguments)
{
  guint first = partial->items->len - partial->keys->len;

  for (guint i = 0; i < first; i++)
    g_ptr_array_insert (arguments->positional, (int) i, strata_python_data_ref (g_ptr_array_index (partial->items, i)));
  for (guint i = 0; i < partial->keys->len; i++)
    if (strata_python_arguments_get (arguments, g_ptr_array_index (partial->keys, i), -1) == NULL &&
        !add_named (self, arguments, g_ptr_array_index (partial->keys, i),
                    strata_python_data_ref (g_ptr_array_index (partial->items, first + i))))
      return NULL;
  return call (self, partial->owner, arguments);
}

static StrataPythonData *
call_path (StrataPythonReader    *self,
           const char            *path,
           StrataPythonArguments *arguments)
{
  if (g_str_has_prefix (path, "builtins."))
    return strata_python_call_builtin (self, path + strlen ("builtins."), arguments);
  if (g_str_equal (path, "functools.partial"))
    return make_partial (self, arguments);
  return strata_python_make (self, path, arguments);
}

static StrataPythonData *
call (StrataPythonReader    *self,
      StrataPythonData      *callee,
      StrataPythonArguments *arguments)
{
  switch (callee->kind)
    {
    case STRATA_PYTHON_PATH:
      return call_path (self, callee->path, arguments);
    case STRATA_PYTHON_METHOD:
      return callee->object != NULL ? strata_python_call_method (self, callee, arguments)
                                    : strata_python_call_collection (self, callee, arguments);
    case STRATA_PYTHON_FUNCTION:
      return strata_python_run (self, callee, arguments);
    case STRATA_PYTHON_PARTIAL:
      return call_partial (self, callee, arguments);
    case STRATA_PYTHON_OBJECT:
      if (STRATA_IS_LAYER (callee->object))
        return strata_python_call_layer (self, STRATA_LAYER (callee->object), arguments);
      return strata_python_reader_fail (self, "%s cannot be called", strata_object_get_class_name (callee->object));
    case STRATA_PYTHON_LAMBDA:
    case STRATA_PYTHON_PLAIN:
    case STRATA_PYTHON_LIST:
    case STRATA_PYTHON_DICT:
    case STRATA_PYTHON_TENSOR:
    case STRATA_PYTHON_OPAQUE:
      break;
    }
  return strata_python_reader_fail (self, "this cannot be called");
}

/* What a call is passed over as: it says nothing of the network, only what is done with it or with data. */
static const char *
get_passed_over (StrataPythonData *callee)
{
  static const char *const methods[] = {
    "fit",    "evaluate", "predict",     "predict_on_batch", "train_on_batch", "save",       "save_weights",
    "export", "summary",  "get_weights", "count_params",     "to_json",        "get_config", NULL
  };

  if (strata_python_data_get_unknown (callee) != NULL)
    return strata_python_data_get_unknown (callee);
  if (callee->kind == STRATA_PYTHON_PATH && g_str_equal (callee->path, "builtins.print"))
    return "print";
  return callee->kind == STRATA_PYTHON_METHOD && callee->object != NULL && STRATA_IS_MODEL (callee->object) &&
                 g_strv_contains (methods, callee->path)
             ? callee->path
             : NULL;
}

/* An array of numbers that the code writes out; NULL, and nothing is taken, where it is not known. */
static StrataPythonData *
read_array (StrataPythonReader *self,
            StrataPythonData   *callee,
            guint               line)
{
  g_auto (StrataPythonArguments) arguments = { .line = line };
  guint at = self->at;
  StrataPythonData *array;

  if (!strata_python_may_be_array (self, callee))
    return NULL;
  strata_python_arguments_init (&arguments);
  array = read_arguments (self, &arguments) ? strata_python_make_array (callee->path, &arguments) : NULL;
  if (array != NULL)
    return array;
  if (self->line != 0)
    g_clear_error (self->error);
  self->line = 0;
  self->at = at;
  return NULL;
}

/**
 * strata_python_read_step: (skip)
 * @owner: a value
 * @line: where it begins
 *
 * Returns: (transfer full) (nullable): what the brackets or the dot behind it make of it; %NULL without an error where
 *   none follows
 */
StrataPythonData *
strata_python_read_step (StrataPythonReader *self,
                         StrataPythonData   *owner,
                         guint               line)
{
  g_auto (StrataPythonArguments) arguments = { .line = line };
  StrataPythonData *array;

  if (strata_python_reader_take (self, "."))
    return strata_python_read_attribute (self, owner);
  if (strata_python_reader_take (self, "["))
    return strata_python_read_subscript (self, owner);
  if (!strata_python_reader_take (self, "("))
    return NULL;
  array = read_array (self, owner, line);
  if (array != NULL)
    return array;
  if (get_passed_over (owner) != NULL)
    {
      if (owner->object != NULL && g_str_equal (owner->path, "fit"))
        strata_python_reader_use (self, STRATA_MODEL (owner->object));
      strata_python_skip_brackets (self);
      return strata_python_data_new_opaque (get_passed_over (owner));
    }
  strata_python_arguments_init (&arguments);
  return read_arguments (self, &arguments) ? call (self, owner, &arguments) : NULL;
}

/**
 * strata_python_read_primary: (skip)
 *
 * Returns: (transfer full): a value with all that is called, taken out or looked up of it
 */
StrataPythonData *
strata_python_read_primary (StrataPythonReader *self)
{
  guint line = strata_python_reader_peek (self)->line;
  g_autoptr (StrataPythonData) data = read_atom (self);

  while (data != NULL && (strata_python_reader_is (self, "(") || strata_python_reader_is (self, ".") ||
                          strata_python_reader_is (self, "[")))
    {
      g_autoptr (StrataPythonData) before = g_steal_pointer (&data);

      data = strata_python_read_step (self, before, line);
    }
  return g_steal_pointer (&data);
}
