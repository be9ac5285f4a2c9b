/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

#include <string.h>

#include "base/error.h"
#include "io/code/python-value.h"

#define MAX_DEPTH 100
#define MAX_FUNCTIONS 100000

static gboolean read_block (StrataPythonReader *self);

const StrataPythonToken *
strata_python_reader_peek (StrataPythonReader *self)
{
  return &g_array_index (self->tokens, StrataPythonToken, self->at);
}

static gboolean
is_text (StrataPythonReader *self,
         guint               at,
         const char         *text)
{
  return g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, at).text, text) == 0;
}

/* Goes past a sign or word, if that comes next. */
gboolean
strata_python_reader_take (StrataPythonReader *self,
                           const char         *sign)
{
  if (!is_text (self, self->at, sign))
    return FALSE;
  self->at++;
  return TRUE;
}

/**
 * strata_python_reader_fail: (skip)
 *
 * Notes the first thing that went wrong, and where.
 * Returns: %NULL
 */
gpointer
strata_python_reader_fail (StrataPythonReader *self,
                           const char         *format,
                           ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (self->line != 0)
    return NULL;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  self->line = strata_python_reader_peek (self)->line;
  g_clear_error (self->error);
  g_set_error_literal (self->error, STRATA_ERROR, STRATA_ERROR_FORMAT, message);
  return NULL;
}

/**
 * strata_python_reader_give_up: (skip)
 * @line: where what went wrong begins
 * @error: (transfer full): why
 *
 * Returns: %NULL
 */
gpointer
strata_python_reader_give_up (StrataPythonReader *self,
                              guint               line,
                              GError             *error)
{
  if (self->line == 0)
    {
      strata_python_reader_fail (self, "%s", error->message);
      self->line = line;
    }
  g_error_free (error);
  return NULL;
}

gboolean
strata_python_reader_expect (StrataPythonReader *self,
                             const char         *sign)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (strata_python_reader_take (self, sign))
    return TRUE;
  if (token->text != NULL)
    strata_python_reader_fail (self, "“%s” is not understood here; “%s” should come", token->text, sign);
  else
    strata_python_reader_fail (self, "“%s” is missing", sign);
  return FALSE;
}

StrataPythonData *
strata_python_reader_find (StrataPythonReader *self,
                           const char         *name)
{
  for (guint i = self->scopes->len; i > 0; i--)
    {
      StrataPythonData *data = g_hash_table_lookup (g_ptr_array_index (self->scopes, i - 1), name);

      if (data != NULL)
        return data;
    }
  return NULL;
}

/* Takes @data over. */
static void
bind_name (StrataPythonReader *self,
           const char         *name,
           StrataPythonData   *data)
{
  g_hash_table_replace (g_ptr_array_index (self->scopes, self->scopes->len - 1), g_strdup (name), data);
  if (self->scopes->len == 1 && data->kind == STRATA_PYTHON_OBJECT && STRATA_IS_MODEL (data->object))
    g_set_object (&self->model, STRATA_MODEL (data->object));
}

/* As Keras in a program that has just begun: "dense", then "dense_1". */
char *
strata_python_reader_next_name (StrataPythonReader *self,
                                const char         *class_name)
{
  return strata_python_next_name (self->counts, class_name);
}

void
strata_python_reader_note (StrataPythonReader *self,
                           StrataLayer        *layer,
                           int                 call,
                           guint               line,
                           gboolean            is_named)
{
  StrataPythonOrigin origin = { g_object_ref (layer), call, line, line, is_named };

  if (self->at > 0)
    origin.last_line = MAX (line, g_array_index (self->tokens, StrataPythonToken, self->at - 1).line);
  g_array_append_val (self->origins, origin);
}

static const char *
read_name (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (token->type != STRATA_PYTHON_NAME)
    return strata_python_reader_fail (self, "a name is missing");
  self->at++;
  return token->text;
}

static char *
read_path (StrataPythonReader *self)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *name = read_name (self);

  if (name == NULL)
    return NULL;
  g_string_append (path, name);
  while (strata_python_reader_take (self, "."))
    {
      name = read_name (self);
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
      if (strata_python_reader_take (self, "as") && (alias = read_name (self)) == NULL)
        return FALSE;
      if (alias != NULL)
        bind_name (self, alias, strata_python_data_new_path (path));
      else
        {
          g_autofree char *first = g_strndup (path, strcspn (path, "."));

          bind_name (self, first, strata_python_data_new_path (first));
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

      if (bracket && is_text (self, self->at, ")"))
        break;
      name = alias = read_name (self);
      if (name == NULL || (strata_python_reader_take (self, "as") && (alias = read_name (self)) == NULL))
        return FALSE;
      path = g_strdup_printf ("%s.%s", module, name);
      bind_name (self, alias, strata_python_data_new_path (path));
    }
  while (strata_python_reader_take (self, ","));
  return !bracket || strata_python_reader_expect (self, ")");
}

/* Goes past a block, whose end is told by the indents in it. */
static void
skip_block (StrataPythonReader *self)
{
  guint depth = 0;

  do
    {
      StrataPythonTokenType type = strata_python_reader_peek (self)->type;

      depth += type == STRATA_PYTHON_INDENT;
      depth -= type == STRATA_PYTHON_DEDENT;
      self->at++;
    }
  while (depth > 0);
}

static gboolean
read_function (StrataPythonReader *self)
{
  const char *name = read_name (self);
  StrataPythonData *function;

  if (name == NULL || !strata_python_reader_expect (self, "("))
    return FALSE;
  if (!strata_python_reader_take (self, ")"))
    {
      strata_python_reader_fail (self, "functions with arguments are not understood; write the values into the function");
      return FALSE;
    }
  if (strata_python_reader_take (self, "->"))
    {
      g_autofree char *type = read_path (self);

      if (type == NULL)
        return FALSE;
    }
  if (!strata_python_reader_expect (self, ":"))
    return FALSE;
  if (strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE)
    self->at++;
  if (strata_python_reader_peek (self)->type != STRATA_PYTHON_INDENT)
    {
      strata_python_reader_fail (self, "the function “%s” has no body below it", name);
      return FALSE;
    }
  function = strata_python_data_new (STRATA_PYTHON_FUNCTION);
  function->path = g_strdup (name);
  function->at = self->at + 1;
  bind_name (self, name, function);
  skip_block (self);
  return TRUE;
}

/**
 * strata_python_reader_run: (skip)
 *
 * Reads a function's body with names of its own.
 * Returns: (transfer full): what it returns
 */
StrataPythonData *
strata_python_reader_run (StrataPythonReader *self,
                          StrataPythonData   *function)
{
  guint back = self->at;
  StrataPythonData *result;
  gboolean good;

  if (self->depth > MAX_DEPTH || ++self->n_calls > MAX_FUNCTIONS)
    return strata_python_reader_fail (self, "functions call each other too often");
  self->depth++;
  g_ptr_array_add (self->scopes, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_python_data_unref));
  self->at = function->at;
  good = read_block (self);
  g_ptr_array_remove_index (self->scopes, self->scopes->len - 1);
  self->depth--;
  if (!good)
    return NULL;
  self->at = back;
  result = g_steal_pointer (&self->returned);
  return result != NULL ? result : strata_python_data_new_plain (json_node_init_null (json_node_alloc ()));
}

/* Whether the statement has that sign outside of brackets. */
static gboolean
has_sign (StrataPythonReader *self,
          const char         *sign)
{
  int brackets = 0;

  for (guint i = self->at; i < self->tokens->len; i++)
    {
      const StrataPythonToken *token = &g_array_index (self->tokens, StrataPythonToken, i);

      if (token->type == STRATA_PYTHON_NEWLINE || token->type == STRATA_PYTHON_END)
        return FALSE;
      if (token->type != STRATA_PYTHON_SIGN)
        continue;
      if (brackets == 0 && g_str_equal (token->text, sign))
        return TRUE;
      brackets += strchr ("([{", token->text[0]) != NULL;
      brackets -= strchr (")]}", token->text[0]) != NULL;
    }
  return FALSE;
}

/* model.trainable = False */
static gboolean
assign_attribute (StrataPythonReader *self,
                  const char         *owner,
                  const char         *attribute,
                  StrataPythonData   *value)
{
  StrataPythonData *data = strata_python_reader_find (self, owner);

  if (data != NULL && data->kind == STRATA_PYTHON_OBJECT && STRATA_IS_LAYER (data->object) && g_str_equal (attribute, "trainable") &&
      value->kind == STRATA_PYTHON_PLAIN && json_node_get_value_type (value->plain) == G_TYPE_BOOLEAN)
    {
      strata_layer_set_trainable (STRATA_LAYER (data->object), json_node_get_boolean (value->plain));
      return TRUE;
    }
  strata_python_reader_fail (self, "of what can be set, only “trainable” of layers and models is understood");
  return FALSE;
}

static gboolean
assign_several (StrataPythonReader *self,
                GPtrArray          *names,
                StrataPythonData   *value)
{
  if (value->kind != STRATA_PYTHON_LIST || value->items->len != names->len)
    {
      strata_python_reader_fail (self, "there are %u names for another number of values", names->len);
      return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    bind_name (self, g_ptr_array_index (names, i), strata_python_data_ref (g_ptr_array_index (value->items, i)));
  return TRUE;
}

static gboolean
read_assignment (StrataPythonReader *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (StrataPythonData) value = NULL;
  const char *attribute = NULL, *name;

  do
    {
      name = read_name (self);
      if (name == NULL)
        return FALSE;
      g_ptr_array_add (names, (gpointer) name);
    }
  while (strata_python_reader_take (self, ","));
  if (names->len == 1 && strata_python_reader_take (self, ".") && (attribute = read_name (self)) == NULL)
    return FALSE;
  if (!strata_python_reader_expect (self, "="))
    return FALSE;
  value = strata_python_read_tuple (self);
  if (value == NULL)
    return FALSE;
  if (attribute != NULL)
    return assign_attribute (self, name, attribute, value);
  if (names->len > 1)
    return assign_several (self, names, value);
  bind_name (self, name, g_steal_pointer (&value));
  return TRUE;
}

static gboolean
is_refused (const char *word)
{
  static const char *const words[] = { "for", "while", "if", "class", "with", "try", "lambda", "del", "global", "assert", "async",
                                       "raise", "yield", "await", "nonlocal", "else", "elif", "except", "finally", "break", "continue" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_plain_statement (StrataPythonReader *self)
{
  if (has_sign (self, "="))
    return read_assignment (self);
  else
    {
      g_autoptr (StrataPythonData) value = strata_python_read_tuple (self);

      return value != NULL;
    }
}

static gboolean
read_statement (StrataPythonReader *self)
{
  const char *word = strata_python_reader_peek (self)->text;
  gboolean good;

  if (strata_python_reader_take (self, "def"))
    return read_function (self);
  if (is_refused (word))
    {
      strata_python_reader_fail (self, "“%s” is not understood: the code is not run, so each layer has to be written out", word);
      return FALSE;
    }
  if (strata_python_reader_take (self, "import"))
    good = read_import (self);
  else if (strata_python_reader_take (self, "from"))
    good = read_from (self);
  else if (strata_python_reader_take (self, "pass"))
    good = TRUE;
  else if (self->scopes->len > 1 && strata_python_reader_take (self, "return"))
    {
      self->returned = strata_python_read_tuple (self);
      good = self->returned != NULL;
    }
  else
    good = read_plain_statement (self);
  if (!good)
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

static gboolean
read_block (StrataPythonReader *self)
{
  for (;;)
    {
      StrataPythonTokenType type = strata_python_reader_peek (self)->type;

      if (type == STRATA_PYTHON_END || type == STRATA_PYTHON_DEDENT || self->returned != NULL)
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
}

static void
origin_clear (gpointer data)
{
  g_object_unref (((StrataPythonOrigin *) data)->layer);
}

void
strata_python_source_free (StrataPythonSource *self)
{
  g_object_unref (self->model);
  g_array_unref (self->origins);
  g_free (self);
}

static void
reader_clear (StrataPythonReader *self)
{
  g_clear_pointer (&self->tokens, g_array_unref);
  g_ptr_array_unref (self->scopes);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->shapes);
  g_clear_pointer (&self->origins, g_array_unref);
  g_clear_object (&self->model);
  g_clear_pointer (&self->returned, strata_python_data_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataPythonReader, reader_clear)

/**
 * strata_python_source_read: (skip)
 * @code: Python code
 * @line: (out): from 1, the line that was not understood
 *
 * Reads the part of Python that describes networks, without running any of it: imports of keras
 * and of what is in it; names for values; numbers, strings, lists, tuples and dicts; objects of
 * Keras's classes with their arguments; `keras.Input`, layers called on tensors, operators and
 * `keras.ops` on tensors, `keras.Model`, `keras.Sequential` and its `add`; `compile`; and functions
 * without arguments that return such things. Of several models, the last one counts.
 * Returns: (transfer full): the model, or %NULL with @line and @error set
 */
StrataPythonSource *
strata_python_source_read (const char  *code,
                           guint       *line,
                           GError     **error)
{
  g_autoptr (GError) why = NULL;
  g_auto (StrataPythonReader) self = { .error = &why };
  StrataPythonSource *source;

  self.scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.shapes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) json_node_unref);
  self.origins = g_array_new (FALSE, FALSE, sizeof (StrataPythonOrigin));
  g_array_set_clear_func (self.origins, origin_clear);
  g_ptr_array_add (self.scopes, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_python_data_unref));

  if (g_utf8_validate (code, -1, NULL))
    self.tokens = strata_python_split (code, &self.line, &why);
  else
    {
      self.line = 1;
      g_set_error_literal (&why, STRATA_ERROR, STRATA_ERROR_FORMAT, "the code is not in UTF-8");
    }
  if (self.tokens != NULL && read_block (&self) && self.model == NULL)
    strata_python_reader_fail (&self, "no model is made: assign a keras.Sequential or a keras.Model to a name");
  if (why != NULL)
    {
      if (line != NULL)
        *line = self.line;
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  source = g_new0 (StrataPythonSource, 1);
  source->model = g_steal_pointer (&self.model);
  source->origins = g_steal_pointer (&self.origins);
  return source;
}

/**
 * strata_model_from_python:
 * @code: Python code, see strata_python_source_read()
 *
 * Returns: (transfer full): the model that the code describes, compiled where the code compiles it
 */
StrataModel *
strata_model_from_python (const char  *code,
                          GError     **error)
{
  guint line = 0;
  g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, error);

  if (source == NULL)
    {
      g_prefix_error (error, "Line %u: ", line);
      return NULL;
    }
  return g_object_ref (source->model);
}
