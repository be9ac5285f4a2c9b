/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* Models nest a few levels for each model inside a model; parsers recurse, and so does what reads them. */
#define MAX_DEPTH 256

/* Python writes numbers that JSON lacks; they are read as null, which is what they mean in a config: no bound. */
static const char *const extras[] = { "-Infinity", "Infinity", "NaN" };

static gsize
find_extra (const char *at,
            gsize       left)
{
  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    if (left >= strlen (extras[i]) && strncmp (at, extras[i], strlen (extras[i])) == 0)
      return strlen (extras[i]);
  return 0;
}

/* The number of an escape like \u00e4, or -1. */
static int
read_unit (const char *at,
           gsize       left)
{
  int unit = 0;

  if (left < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
    }
  return unit;
}

/*
 * Copies what a backslash begins. The scanner below takes more than JSON has, octal numbers among it, and makes bytes
 * of them that are no text; half of a pair, which Python writes, becomes the sign for what is no letter.
 * Returns: how many bytes it has, or 0 where JSON has no such thing
 */
static gsize
copy_escape (const char *at,
             gsize       left,
             GString    *copy)
{
  int unit = read_unit (at, left);
  gboolean paired = unit >= 0xd800 && unit < 0xdc00 && left >= 12 && (read_unit (at + 6, left - 6) & ~0x3ff) == 0xdc00;
  gsize n = unit < 0 ? 2 : paired ? 12 : 6;

  if (left < 2 || (unit < 0 && (at[1] == '\0' || strchr ("\"\\/bfnrt", at[1]) == NULL)))
    return 0;
  if (unit >= 0xd800 && unit < 0xe000 && !paired)
    g_string_append (copy, "\\ufffd");
  else
    g_string_append_len (copy, at, n);
  return n;
}

/* Copies text with the extras replaced, and measures how deep it nests. Comments, in which quotes do not count, are
 * no JSON: %NULL. */
static char *
prepare (const char *text,
         gsize       length,
         guint      *depth)
{
  g_autoptr (GString) copy = g_string_sized_new (length);
  guint level = 0;
  gboolean quoted = FALSE;
  gsize n;

  *depth = 0;
  for (gsize i = 0; i < length; i += n)
    {
      gsize extra = quoted ? 0 : find_extra (text + i, length - i);

      n = MAX (extra, 1);
      if (extra > 0)
        g_string_append (copy, "null");
      else if (!quoted && strchr ("/#'\\", text[i]) != NULL && text[i] != '\0')
        return NULL;
      else if (quoted && text[i] == '\\')
        {
          n = copy_escape (text + i, length - i, copy);
          if (n == 0)
            return NULL;
        }
      else
        {
          if (text[i] == '"')
            quoted = !quoted;
          else if (!quoted && (text[i] == '[' || text[i] == '{'))
            {
              level++;
              *depth = MAX (*depth, level);
            }
          else if (!quoted && (text[i] == ']' || text[i] == '}') && level > 0)
            level--;
          g_string_append_c (copy, text[i]);
        }
    }
  return g_string_free (g_steal_pointer (&copy), FALSE);
}

/**
 * strata_json_parse:
 * @text: JSON in UTF-8
 * @length: bytes of it, or -1 where it ends with a zero
 *
 * Parses what a stranger may have written: bounded in depth, and Python's NaN
 * and Infinity are null.
 * Returns: (transfer full): the root
 */
JsonNode *
strata_json_parse (const char  *text,
                   gssize       length,
                   GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) why = NULL;
  g_autofree char *copy = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *root;
  guint depth;

  if (!g_utf8_validate_len (text, size, NULL))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "It is not JSON: it is not text in UTF-8");
      return NULL;
    }
  copy = prepare (text, size, &depth);
  if (copy == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "It is not JSON: there is something that it does not have");
      return NULL;
    }
  if (depth > MAX_DEPTH)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "The JSON nests %u levels deep, which is more than %d", depth,
                        MAX_DEPTH);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, copy, -1, &why))
    {
      /* It may quote the half of a letter. */
      g_autofree char *reason = g_utf8_make_valid (why->message, -1);

      strata_set_error (error, STRATA_ERROR_FORMAT, "It is not JSON: %s", reason);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    strata_set_error (error, STRATA_ERROR_FORMAT, "It is not JSON: it is empty");
  return root;
}

/* json-glib writes 1e-08 as “1e-08.0”, which is not JSON: takes the end off, but not in texts. */
static char *
mend_numbers (const char *text)
{
  GString *mended = g_string_sized_new (strlen (text));
  gboolean quoted = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      gboolean exponent = !quoted && *at == 'e' && at > text && g_ascii_isdigit (at[-1]);

      g_string_append_c (mended, *at);
      if (*at == '"')
        quoted = !quoted;
      else if (quoted && *at == '\\' && at[1] != '\0')
        g_string_append_c (mended, *++at);
      if (!exponent)
        continue;
      while (at[1] == '-' || at[1] == '+' || g_ascii_isdigit (at[1]))
        g_string_append_c (mended, *++at);
      if (g_str_has_prefix (at + 1, ".0"))
        at += 2;
    }
  return g_string_free (mended, FALSE);
}

/**
 * strata_json_to_text:
 * @pretty: whether to break and indent lines
 *
 * Returns: (transfer full): the node as JSON
 */
char *
strata_json_to_text (JsonNode *node,
                     gboolean  pretty)
{
  g_autofree char *text = json_to_string (node, pretty);

  return mend_numbers (text);
}

/**
 * strata_json_wrap:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a node that holds it
 */
JsonNode *
strata_json_wrap (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

gboolean
strata_json_is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
strata_json_is_number (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

const char *
strata_json_get_string (JsonObject *object,
                        const char *name,
                        const char *fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return strata_json_is_string (node) ? json_node_get_string (node) : fallback;
}

gint64
strata_json_get_int (JsonObject *object,
                     const char *name,
                     gint64      fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!strata_json_is_number (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 && !(fabs (json_node_get_double (node)) < 9e18)))
    return fallback;
  return json_node_get_int (node);
}

double
strata_json_get_double (JsonObject *object,
                        const char *name,
                        double      fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return strata_json_is_number (node) ? json_node_get_double (node) : fallback;
}

gboolean
strata_json_get_bool (JsonObject *object,
                      const char *name,
                      gboolean    fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
           ? json_node_get_boolean (node)
           : fallback;
}

/**
 * strata_json_get_object:
 *
 * Returns: (transfer none) (nullable): a member that is an object
 */
JsonObject *
strata_json_get_object (JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * strata_json_get_array:
 *
 * Returns: (transfer none) (nullable): a member that is a list
 */
JsonArray *
strata_json_get_array (JsonObject *object,
                       const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
get_element (JsonArray *array,
             guint      i)
{
  return i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;
}

/**
 * strata_json_element_object:
 *
 * Returns: (transfer none) (nullable): element @i where it is an object
 */
JsonObject *
strata_json_element_object (JsonArray *array,
                            guint      i)
{
  JsonNode *node = get_element (array, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * strata_json_element_array:
 *
 * Returns: (transfer none) (nullable): element @i where it is a list
 */
JsonArray *
strata_json_element_array (JsonArray *array,
                           guint      i)
{
  JsonNode *node = get_element (array, i);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * strata_json_element_string:
 *
 * Returns: (transfer none) (nullable): element @i where it is a text
 */
const char *
strata_json_element_string (JsonArray *array,
                            guint      i)
{
  JsonNode *node = get_element (array, i);

  return strata_json_is_string (node) ? json_node_get_string (node) : NULL;
}

/**
 * strata_json_get_items: (skip)
 * @node: a list, or a tuple as Keras wraps it: {"class_name": "__tuple__", "items": [...]}
 *
 * Returns: (transfer none) (nullable): what is in it, or %NULL where it is neither
 */
JsonArray *
strata_json_get_items (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  return JSON_NODE_HOLDS_OBJECT (node) ? strata_json_get_array (json_node_get_object (node), "items") : NULL;
}
