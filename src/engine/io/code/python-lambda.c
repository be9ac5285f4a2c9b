/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "io/code/python-value.h"
#include "layers/core/expression.h"

/*
 * Activations with parameters: `lambda x: keras.activations.softmax(x, axis=1)`, and Keras 2's hard_sigmoid, which
 * Keras 3 has no name for: `lambda x: keras.ops.clip(0.2 * x + 0.5, 0, 1)`. Of a Lambda, an expression. Other functions
 * would have to be run.
 */

static gpointer
refuse (StrataPythonReader *self)
{
  return strata_python_reader_fail (self, "of lambda, only an activation with its parameters is understood: "
                                          "lambda x: keras.activations.softmax(x, axis=1)");
}

static const char *
take_name (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (token->type != STRATA_PYTHON_NAME)
    return refuse (self);
  self->at++;
  return token->text;
}

static StrataPythonData *
make_activation (StrataPythonReader *self,
                 const char         *name,
                 JsonObject         *config)
{
  GError *error = NULL;
  StrataObject *object = strata_object_new (STRATA_KIND_ACTIVATION, name, config, &error);

  return object != NULL ? strata_python_data_new_object (object)
                        : strata_python_reader_give_up (self, strata_python_reader_peek (self)->line, error);
}

/* 0.2 * x + 0.5, 0, 1) */
static StrataPythonData *
read_hard_sigmoid (StrataPythonReader *self,
                   const char         *argument)
{
  static const char *const rest[] = { "*", NULL, "+", "0.5", ",", "0", ",", "1", ")" };
  g_autoptr (JsonObject) config = json_object_new ();
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (token->type != STRATA_PYTHON_VALUE || !strata_json_is_number (token->value))
    return refuse (self);
  json_object_set_double_member (config, "slope", json_node_get_double (token->value));
  self->at++;
  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    {
      token = strata_python_reader_peek (self);
      if (token->type == STRATA_PYTHON_VALUE
            ? rest[i] == NULL || !strata_json_is_number (token->value) ||
                json_node_get_double (token->value) != g_ascii_strtod (rest[i], NULL)
            : g_strcmp0 (token->text, rest[i] != NULL ? rest[i] : argument) != 0)
        return refuse (self);
      self->at++;
    }
  return make_activation (self, "hard_sigmoid", config);
}

/* x, axis=1) */
static StrataPythonData *
read_parameters (StrataPythonReader *self,
                 const char         *activation,
                 const char         *argument)
{
  g_autoptr (JsonObject) config = json_object_new ();

  if (!strata_python_reader_take (self, argument))
    return refuse (self);
  while (strata_python_reader_take (self, ","))
    {
      const char *name = take_name (self);
      g_autoptr (StrataPythonData) value = NULL;
      GError *error = NULL;
      JsonNode *node;

      if (name == NULL || !strata_python_reader_expect (self, "="))
        return NULL;
      value = strata_python_read_expression (self);
      if (value == NULL)
        return NULL;
      node = strata_python_data_to_json (value, &error);
      if (node == NULL)
        return strata_python_reader_give_up (self, strata_python_reader_peek (self)->line, error);
      json_object_set_member (config, name, node);
    }
  return strata_python_reader_expect (self, ")") ? make_activation (self, activation, config) : NULL;
}

/* Whether the expression is of the kinds above: one call of an activation, or of what hard_sigmoid is. */
static gboolean
is_activation (const char *text)
{
  int depth = 0;

  if (!g_str_has_prefix (text, "keras.activations.") &&
      !(g_str_has_prefix (text, "keras.ops.clip(") && strstr (text, " * x + 0.5, 0, 1)") != NULL))
    return FALSE;
  for (; *text != '\0'; text++)
    {
      depth += (*text == '(') - (*text == ')');
      if (*text == ')' && depth == 0)
        return text[1] == '\0';
    }
  return FALSE;
}

static void
append_token (GString                 *text,
              const StrataPythonToken *token)
{
  g_autofree char *literal = token->type == STRATA_PYTHON_VALUE ? strata_python_literal (token->value) : NULL;
  const char *said = literal != NULL ? literal : token->text != NULL ? token->text : "";
  gboolean spaced = token->type == STRATA_PYTHON_SIGN && said[0] != '\0' && strchr (".()[],=", said[0]) == NULL;

  if (g_str_equal (said, "-") && (text->len == 0 || strchr ("([ ", text->str[text->len - 1]) != NULL))
    spaced = FALSE;
  g_string_append_printf (text, spaced ? " %s " : g_str_equal (said, ",") ? "%s " : "%s", said);
}

/* The expression up to where the function ends, with the argument called x and parts of a list x0, x1, and so on. */
static char *
write_expression (StrataPythonReader *self,
                  const char         *argument,
                  guint              *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int depth = 0;

  for (*end = self->at; *end < self->tokens->len; (*end)++)
    {
      const StrataPythonToken *token = &g_array_index (self->tokens, StrataPythonToken, *end), *next = token + 1;
      const char *sign = token->type == STRATA_PYTHON_SIGN ? token->text : "";

      if (token->type > STRATA_PYTHON_SIGN || token->type == STRATA_PYTHON_END)
        break;
      depth += (sign[0] == '(' || sign[0] == '[' || sign[0] == '{') -
               (sign[0] == ')' || sign[0] == ']' || sign[0] == '}');
      if (depth < 0 || (depth == 0 && sign[0] == ','))
        break;
      if (token->type == STRATA_PYTHON_NAME && g_str_equal (token->text, argument))
        {
          g_string_append_c (text, 'x');
          if (*end + 3 < self->tokens->len && g_strcmp0 (next->text, "[") == 0 && next[1].type == STRATA_PYTHON_VALUE &&
              strata_json_is_number (next[1].value) && g_strcmp0 (next[2].text, "]") == 0)
            {
              g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (next[1].value));
              *end += 3;
            }
        }
      else
        append_token (text, token);
    }
  return g_strdup (text->str);
}

static StrataPythonData *read_activation (StrataPythonReader *self, const char *argument);

/**
 * strata_python_read_lambda: (skip)
 *
 * Returns: (transfer full): the activation that a function without a name is, or the text of the expression that it
 *   computes
 */
StrataPythonData *
strata_python_read_lambda (StrataPythonReader *self)
{
  const char *argument = take_name (self);
  g_autofree char *text = NULL;
  StrataPythonData *data;
  guint start, end;

  if (argument == NULL)
    return NULL;
  if (!strata_python_reader_take (self, ":"))
    return refuse (self);
  start = self->at;
  text = write_expression (self, argument, &end);
  if (strata_expression_check (text, NULL) && !is_activation (text))
    {
      self->at = end;
      data = strata_python_data_new (STRATA_PYTHON_LAMBDA);
      data->path = g_steal_pointer (&text);
      return data;
    }
  self->at = start;
  data = read_activation (self, argument);
  if (data != NULL && data->kind == STRATA_PYTHON_OBJECT)
    data->path = g_steal_pointer (&text);
  return data;
}

static StrataPythonData *
read_activation (StrataPythonReader *self,
                 const char         *argument)
{
  const char *name;
  StrataPythonData *module;
  g_autoptr (GString) path = NULL;

  name = take_name (self);
  if (name == NULL)
    return NULL;
  module = strata_python_reader_find (self, name);
  if (module == NULL || module->kind != STRATA_PYTHON_PATH)
    return refuse (self);
  path = g_string_new (module->path);
  while (strata_python_reader_take (self, "."))
    {
      name = take_name (self);
      if (name == NULL)
        return NULL;
      g_string_append_printf (path, ".%s", name);
    }
  if (!strata_python_reader_take (self, "("))
    return refuse (self);
  if (g_str_equal (path->str, "keras.ops.clip"))
    return read_hard_sigmoid (self, argument);
  if (!g_str_has_prefix (path->str, "keras.activations."))
    return refuse (self);
  return read_parameters (self, path->str + strlen ("keras.activations."), argument);
}
