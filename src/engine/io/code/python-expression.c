/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

#include <math.h>

#include "base/json.h"

#define MAX_DEPTH 200

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
  return position >= 0 && position < (int) self->positional->len ? g_ptr_array_index (self->positional, position) : NULL;
}

/* Values with commas between them, up to a closing bracket. */
static StrataPythonData *
read_items (StrataPythonReader *self,
            const char         *end)
{
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();

  while (!strata_python_reader_take (self, end))
    {
      StrataPythonData *item = strata_python_read_expression (self);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (list->items, item);
      if (!strata_python_reader_take (self, ",") && !strata_python_reader_expect (self, end))
        return NULL;
      else if (g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, self->at - 1).text, end) == 0)
        break;
    }
  return g_steal_pointer (&list);
}

/* A value in brackets, or a tuple. */
static StrataPythonData *
read_brackets (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) first = NULL;
  StrataPythonData *rest;

  if (strata_python_reader_take (self, ")"))
    return strata_python_data_new_list ();
  first = strata_python_read_expression (self);
  if (first == NULL)
    return NULL;
  if (!strata_python_reader_take (self, ","))
    return strata_python_reader_expect (self, ")") ? g_steal_pointer (&first) : NULL;
  rest = read_items (self, ")");
  if (rest != NULL)
    g_ptr_array_insert (rest->items, 0, g_steal_pointer (&first));
  return rest;
}

static StrataPythonData *
read_dict (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) dict = strata_python_data_new_list ();

  dict->kind = STRATA_PYTHON_DICT;
  dict->keys = g_ptr_array_new_with_free_func (g_free);
  while (!strata_python_reader_take (self, "}"))
    {
      g_autoptr (StrataPythonData) key = strata_python_read_expression (self);
      StrataPythonData *value;

      if (key == NULL || !strata_python_reader_expect (self, ":"))
        return NULL;
      if (key->kind != STRATA_PYTHON_PLAIN || JSON_NODE_HOLDS_NULL (key->plain))
        return strata_python_reader_fail (self, "what a dict lists must be called by strings or numbers");
      value = strata_python_read_expression (self);
      if (value == NULL)
        return NULL;
      g_ptr_array_add (dict->keys, strata_json_is_string (key->plain) ? g_strdup (json_node_get_string (key->plain))
                                                                       : strata_json_to_text (key->plain, FALSE));
      g_ptr_array_add (dict->items, value);
      if (!strata_python_reader_take (self, ","))
        {
          if (!strata_python_reader_expect (self, "}"))
            return NULL;
          break;
        }
    }
  return g_steal_pointer (&dict);
}

static StrataPythonData *
read_word (StrataPythonReader *self,
           const char         *name)
{
  StrataPythonData *data;

  if (g_str_equal (name, "lambda"))
    return strata_python_read_lambda (self);
  if (g_str_equal (name, "None"))
    return strata_python_data_new_plain (json_node_init_null (json_node_alloc ()));
  if (g_str_equal (name, "True") || g_str_equal (name, "False"))
    return strata_python_data_new_plain (json_node_init_boolean (json_node_alloc (), name[0] == 'T'));
  data = strata_python_reader_find (self, name);
  if (data != NULL)
    return strata_python_data_ref (data);
  self->at--;
  return strata_python_reader_fail (self, "“%s” stands for nothing yet", name);
}

/* Strings that follow each other are one. */
static StrataPythonData *
read_literal (StrataPythonReader *self)
{
  JsonNode *value = strata_python_reader_peek (self)->value;
  g_autoptr (GString) text = NULL;

  self->at++;
  if (!strata_json_is_string (value) || strata_python_reader_peek (self)->type != STRATA_PYTHON_VALUE)
    return strata_python_data_new_plain (json_node_copy (value));
  text = g_string_new (json_node_get_string (value));
  while (strata_python_reader_peek (self)->type == STRATA_PYTHON_VALUE && strata_json_is_string (strata_python_reader_peek (self)->value))
    g_string_append (text, json_node_get_string (g_array_index (self->tokens, StrataPythonToken, self->at++).value));
  return strata_python_data_new_plain (json_node_init_string (json_node_alloc (), text->str));
}

static StrataPythonData *
read_atom (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  switch (token->type)
    {
    case STRATA_PYTHON_VALUE:
      return read_literal (self);
    case STRATA_PYTHON_NAME:
      self->at++;
      return read_word (self, token->text);
    case STRATA_PYTHON_SIGN:
      if (strata_python_reader_take (self, "("))
        return read_brackets (self);
      if (strata_python_reader_take (self, "["))
        return read_items (self, "]");
      if (strata_python_reader_take (self, "{"))
        return read_dict (self);
      return strata_python_reader_fail (self, "“%s” is not understood here", token->text);
    case STRATA_PYTHON_END:
    case STRATA_PYTHON_NEWLINE:
    case STRATA_PYTHON_INDENT:
    case STRATA_PYTHON_DEDENT:
      break;
    }
  return strata_python_reader_fail (self, "something is missing at the end of the line");
}

static gboolean
read_argument (StrataPythonReader    *self,
               StrataPythonArguments *arguments)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  const char *name = NULL;
  StrataPythonData *value;

  if (token->type == STRATA_PYTHON_NAME && g_strcmp0 (token[1].text, "=") == 0)
    {
      name = token->text;
      self->at += 2;
    }
  else if (arguments->names->len > 0)
    {
      strata_python_reader_fail (self, "an argument without a name follows one with a name");
      return FALSE;
    }
  value = strata_python_read_expression (self);
  if (value == NULL)
    return FALSE;
  if (name == NULL)
    {
      g_ptr_array_add (arguments->positional, value);
      return TRUE;
    }
  if (strata_python_arguments_get (arguments, name, -1) != NULL)
    {
      strata_python_data_unref (value);
      strata_python_reader_fail (self, "the argument “%s” is given twice", name);
      return FALSE;
    }
  g_ptr_array_add (arguments->names, g_strdup (name));
  g_ptr_array_add (arguments->values, value);
  return TRUE;
}

static gboolean
read_arguments (StrataPythonReader    *self,
                StrataPythonArguments *arguments)
{
  strata_python_arguments_init (arguments);
  while (!strata_python_reader_take (self, ")"))
    {
      if (!read_argument (self, arguments))
        return FALSE;
      if (!strata_python_reader_take (self, ","))
        return strata_python_reader_expect (self, ")");
    }
  return TRUE;
}

static StrataPythonData *
call (StrataPythonReader *self,
      StrataPythonData   *callee,
      guint               line)
{
  g_auto (StrataPythonArguments) arguments = { .line = line };

  if (!read_arguments (self, &arguments))
    return NULL;
  switch (callee->kind)
    {
    case STRATA_PYTHON_PATH:
      return strata_python_make (self, callee->path, &arguments);
    case STRATA_PYTHON_METHOD:
      return strata_python_call_method (self, callee, &arguments);
    case STRATA_PYTHON_FUNCTION:
      if (arguments.positional->len + arguments.names->len == 0)
        return strata_python_reader_run (self, callee);
      return strata_python_reader_fail (self, "the function “%s” takes no arguments", callee->path);
    case STRATA_PYTHON_OBJECT:
      if (STRATA_IS_LAYER (callee->object))
        return strata_python_call_layer (self, STRATA_LAYER (callee->object), &arguments);
      return strata_python_reader_fail (self, "%s cannot be called", strata_object_get_class_name (callee->object));
    case STRATA_PYTHON_LAMBDA:
    case STRATA_PYTHON_PLAIN:
    case STRATA_PYTHON_LIST:
    case STRATA_PYTHON_DICT:
    case STRATA_PYTHON_TENSOR:
      break;
    }
  return strata_python_reader_fail (self, "this cannot be called");
}

static StrataPythonData *
get_attribute (StrataPythonReader *self,
               StrataPythonData   *owner)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  StrataPythonData *method;

  if (token->type != STRATA_PYTHON_NAME)
    return strata_python_reader_fail (self, "a name is missing after the dot");
  if (owner->kind == STRATA_PYTHON_PATH)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", owner->path, token->text);

      self->at++;
      return strata_python_data_new_path (path);
    }
  if (owner->kind != STRATA_PYTHON_OBJECT)
    return strata_python_reader_fail (self, "“.%s” is not understood here", token->text);
  self->at++;
  method = strata_python_data_new (STRATA_PYTHON_METHOD);
  method->object = g_object_ref (owner->object);
  method->path = g_strdup (token->text);
  return method;
}

static StrataPythonData *
read_primary (StrataPythonReader *self)
{
  guint line = strata_python_reader_peek (self)->line;
  StrataPythonData *data = read_atom (self);

  while (data != NULL)
    {
      g_autoptr (StrataPythonData) before = data;

      if (strata_python_reader_take (self, "("))
        data = call (self, before, line);
      else if (strata_python_reader_take (self, "."))
        data = get_attribute (self, before);
      else if (strata_python_reader_take (self, "["))
        data = strata_python_read_subscript (self, before);
      else
        return g_steal_pointer (&before);
    }
  return NULL;
}

static gboolean
is_whole (StrataPythonData *data)
{
  return json_node_get_value_type (data->plain) == G_TYPE_INT64;
}

static StrataPythonData *
compute (StrataPythonReader *self,
         const char         *sign,
         StrataPythonData   *a,
         StrataPythonData   *b)
{
  double x = json_node_get_double (a->plain), y = json_node_get_double (b->plain), z = NAN;
  gboolean whole = is_whole (a) && is_whole (b);

  if (g_str_equal (sign, "+"))
    z = x + y;
  else if (g_str_equal (sign, "-"))
    z = x - y;
  else if (g_str_equal (sign, "*"))
    z = x * y;
  else if (g_str_equal (sign, "/"))
    z = x / y;
  else if (g_str_equal (sign, "//"))
    z = floor (x / y);
  else if (g_str_equal (sign, "%"))
    z = x - y * floor (x / y);
  else if (g_str_equal (sign, "**"))
    z = pow (x, y);
  if (!isfinite (z))
    return strata_python_reader_fail (self, "“%s” has no result here", sign);
  return strata_python_data_new_number (z, whole && !g_str_equal (sign, "/") && z == floor (z) && fabs (z) < 9e15);
}

/* Numbers are computed with; between tensors, it is a layer. */
static StrataPythonData *
combine (StrataPythonReader *self,
         const char         *sign,
         StrataPythonData   *a,
         StrataPythonData   *b)
{
  static const char *const operations[][2] = {
    { "+", "Add" }, { "-", "Subtract" }, { "*", "Multiply" }, { "/", "TrueDivide" }, { "//", "FloorDivide" },
    { "%", "Mod" }, { "**", "Power" }, { "@", "Matmul" },
  };
  g_auto (StrataPythonArguments) arguments = { 0 };

  if (strata_python_data_is_number (a) && strata_python_data_is_number (b))
    return compute (self, sign, a, b);
  if (a->kind != STRATA_PYTHON_TENSOR && b->kind != STRATA_PYTHON_TENSOR)
    return strata_python_reader_fail (self, "“%s” is understood between numbers and tensors only", sign);
  strata_python_arguments_init (&arguments);
  arguments.line = strata_python_reader_peek (self)->line;
  g_ptr_array_add (arguments.positional, strata_python_data_ref (a));
  g_ptr_array_add (arguments.positional, strata_python_data_ref (b));
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i][0], sign))
      return strata_python_operate (self, operations[i][1], &arguments);
  return strata_python_reader_fail (self, "“%s” is not understood", sign);
}

static StrataPythonData *read_unary (StrataPythonReader *self);

static StrataPythonData *
read_power (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) base = read_primary (self), exponent = NULL;

  if (base == NULL || !strata_python_reader_take (self, "**"))
    return g_steal_pointer (&base);
  exponent = read_unary (self);
  return exponent != NULL ? combine (self, "**", base, exponent) : NULL;
}

static StrataPythonData *
negate (StrataPythonReader *self,
        StrataPythonData   *data)
{
  g_auto (StrataPythonArguments) arguments = { 0 };

  if (strata_python_data_is_number (data))
    return is_whole (data) ? strata_python_data_new_plain (json_node_init_int (json_node_alloc (), -json_node_get_int (data->plain)))
                           : strata_python_data_new_number (-json_node_get_double (data->plain), FALSE);
  if (data->kind != STRATA_PYTHON_TENSOR)
    return strata_python_reader_fail (self, "“-” is understood before numbers and tensors only");
  strata_python_arguments_init (&arguments);
  arguments.line = strata_python_reader_peek (self)->line;
  g_ptr_array_add (arguments.positional, strata_python_data_ref (data));
  return strata_python_operate (self, "Negative", &arguments);
}

static StrataPythonData *
read_unary (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) data = NULL;
  gboolean negative = strata_python_reader_take (self, "-");

  if (!negative && !strata_python_reader_take (self, "+"))
    return read_power (self);
  if (++self->depth > MAX_DEPTH)
    return strata_python_reader_fail (self, "the line is too deep");
  data = read_unary (self);
  self->depth--;
  if (data == NULL)
    return NULL;
  return negative ? negate (self, data) : g_steal_pointer (&data);
}

/* Signs of one level, from left to right. */
static StrataPythonData *
read_chain (StrataPythonReader       *self,
            const char *const        *signs,
            StrataPythonData       *(*read_part) (StrataPythonReader *self))
{
  g_autoptr (StrataPythonData) data = read_part (self);

  while (data != NULL)
    {
      const char *sign = strata_python_reader_peek (self)->text;
      g_autoptr (StrataPythonData) before = NULL, part = NULL;

      if (sign == NULL || strata_python_reader_peek (self)->type != STRATA_PYTHON_SIGN || !g_strv_contains (signs, sign))
        break;
      self->at++;
      part = read_part (self);
      if (part == NULL)
        return NULL;
      before = g_steal_pointer (&data);
      data = combine (self, sign, before, part);
    }
  return g_steal_pointer (&data);
}

static StrataPythonData *
read_product (StrataPythonReader *self)
{
  static const char *const signs[] = { "*", "/", "//", "%", "@", NULL };

  return read_chain (self, signs, read_unary);
}

/**
 * strata_python_read_expression: (skip)
 *
 * Returns: (transfer full): the value of what comes next
 */
StrataPythonData *
strata_python_read_expression (StrataPythonReader *self)
{
  static const char *const signs[] = { "+", "-", NULL };
  StrataPythonData *data;

  if (++self->depth > MAX_DEPTH)
    return strata_python_reader_fail (self, "the line is too deep");
  data = read_chain (self, signs, read_product);
  self->depth--;
  return data;
}

/**
 * strata_python_read_tuple: (skip)
 *
 * Returns: (transfer full): a value, or a tuple that has no brackets
 */
StrataPythonData *
strata_python_read_tuple (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) first = strata_python_read_expression (self), list = NULL;

  if (first == NULL || g_strcmp0 (strata_python_reader_peek (self)->text, ",") != 0)
    return g_steal_pointer (&first);
  list = strata_python_data_new_list ();
  g_ptr_array_add (list->items, g_steal_pointer (&first));
  while (strata_python_reader_take (self, ","))
    {
      StrataPythonData *item;

      if (strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE)
        break;
      item = strata_python_read_expression (self);
      if (item == NULL)
        return NULL;
      g_ptr_array_add (list->items, item);
    }
  return g_steal_pointer (&list);
}
