/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/literal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

/* How deep calls and lists may nest: more is a mistake or an attack. */
#define MAX_DEPTH 16
/* How many characters of it an error shows. */
#define MAX_QUOTED 200

typedef struct
{
  const char *text;
  const char *at;
  int depth;
} Reader;

static JsonNode *read_value (Reader *self, GError **error);

static void
skip_space (Reader *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
take (Reader *self,
      char    c)
{
  skip_space (self);
  if (*self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
fail (Reader      *self,
      const char  *expected,
      GError     **error)
{
  g_autofree char *text = g_utf8_substring (self->text, 0, MIN (g_utf8_strlen (self->text, -1), MAX_QUOTED));
  g_autofree char *at = g_utf8_substring (self->at, 0, MIN (g_utf8_strlen (self->at, -1), MAX_QUOTED));

  strata_set_error (error, STRATA_ERROR_VALUE, "“%s” is not understood: expected %s at “%s”", text, expected, at);
  return FALSE;
}

static char *
read_word (Reader *self)
{
  const char *start;

  skip_space (self);
  start = self->at;
  while (g_ascii_isalnum (*self->at) || *self->at == '_' || *self->at == '.')
    self->at++;
  return self->at == start ? NULL : g_strndup (start, self->at - start);
}

static JsonNode *
read_quoted (Reader  *self,
             char     quote,
             GError **error)
{
  const char *end = strchr (self->at, quote);
  g_autofree char *string = NULL;

  if (end == NULL)
    {
      fail (self, _("a closing quote"), error);
      return NULL;
    }
  string = g_strndup (self->at, end - self->at);
  self->at = end + 1;
  return json_node_init_string (json_node_alloc (), string);
}

static JsonNode *
read_list (Reader  *self,
           char     close,
           GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  while (!take (self, close))
    {
      node = read_value (self, error);
      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
      if (!take (self, ',') && *self->at != close)
        {
          fail (self, _("a comma"), error);
          return NULL;
        }
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}

static JsonObject *
read_arguments (Reader  *self,
                GError **error)
{
  g_autoptr (JsonObject) config = json_object_new ();

  while (!take (self, ')'))
    {
      g_autofree char *key = read_word (self);
      JsonNode *value;

      if (key == NULL || !take (self, '='))
        {
          fail (self, _("name=value"), error);
          return NULL;
        }
      value = read_value (self, error);
      if (value == NULL)
        return NULL;
      json_object_set_member (config, key, value);
      if (!take (self, ',') && *self->at != ')')
        {
          fail (self, _("a comma or a closing bracket"), error);
          return NULL;
        }
    }
  return g_steal_pointer (&config);
}

static JsonNode *
read_plain (Reader      *self,
            const char  *word,
            GError     **error)
{
  JsonNode *node = json_node_alloc ();
  char *end;
  double number;

  if (g_str_equal (word, "None") || g_str_equal (word, "null"))
    return json_node_init_null (node);
  if (g_ascii_strcasecmp (word, "true") == 0 || g_ascii_strcasecmp (word, "false") == 0)
    return json_node_init_boolean (node, g_ascii_tolower (word[0]) == 't');

  number = g_ascii_strtod (word, &end);
  if (*end != '\0')
    return json_node_init_string (node, word);
  if (strpbrk (word, ".eE") == NULL && ABS (number) < 9e15)
    return json_node_init_int (node, (gint64) number);
  return json_node_init_double (node, number);
}

static JsonNode *
read_number (Reader *self)
{
  char *end;
  double number = g_ascii_strtod (self->at, &end);
  gboolean integral = TRUE;

  for (const char *c = self->at; c < end; c++)
    integral = integral && strchr ("+-0123456789", *c) != NULL;
  self->at = end;
  return integral && ABS (number) < 9e15 ? json_node_init_int (json_node_alloc (), (gint64) number)
                                         : json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
read_named (Reader  *self,
            GError **error)
{
  g_autofree char *word = read_word (self);
  JsonObject *config, *object;
  JsonNode *node;

  if (word == NULL)
    {
      fail (self, _("a value"), error);
      return NULL;
    }
  if (!take (self, '('))
    return read_plain (self, word, error);

  config = read_arguments (self, error);
  if (config == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "class_name", word);
  json_object_set_object_member (object, "config", config);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
read_value (Reader  *self,
            GError **error)
{
  JsonNode *node;

  if (self->depth >= MAX_DEPTH)
    {
      fail (self, _("less nesting"), error);
      return NULL;
    }

  self->depth++;
  skip_space (self);
  if (take (self, '[') || take (self, '('))
    node = read_list (self, self->at[-1] == '[' ? ']' : ')', error);
  else if (take (self, '\'') || take (self, '"'))
    node = read_quoted (self, self->at[-1], error);
  else if (g_ascii_isdigit (*self->at) || strchr ("+-.", *self->at) != NULL)
    node = *self->at != '\0' && strpbrk (self->at, "0123456789") != NULL ? read_number (self)
                                                                         : read_named (self, error);
  else
    node = read_named (self, error);
  self->depth--;
  return node;
}

/**
 * strata_literal_parse_call:
 * @text: a call as people type it, such as `Adam(learning_rate=0.01)`, or just a name
 * @name: (out): the name before the bracket
 * @config: (out): its arguments; calls in them become objects with class_name and config
 *
 * Reads a call with named arguments. Text may stand without quotes. No code is run.
 */
gboolean
strata_literal_parse_call (const char  *text,
                           char       **name,
                           JsonObject **config,
                           GError     **error)
{
  Reader reader = { .text = text, .at = text };
  g_autofree char *word = read_word (&reader);
  g_autoptr (JsonObject) arguments = NULL;

  if (word == NULL)
    return fail (&reader, _("a name"), error);
  if (take (&reader, '('))
    arguments = read_arguments (&reader, error);
  else
    arguments = json_object_new ();
  if (arguments == NULL)
    return FALSE;
  skip_space (&reader);
  if (*reader.at != '\0')
    return fail (&reader, _("the end"), error);

  *name = g_steal_pointer (&word);
  *config = g_steal_pointer (&arguments);
  return TRUE;
}
