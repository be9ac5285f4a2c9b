/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/value-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/literal.h"

static void
append_value (GString  *text,
              JsonNode *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (JSON_NODE_HOLDS_NULL (value))
    g_string_append (text, "None");
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_DOUBLE)
    g_string_append (text, g_ascii_formatd (number, sizeof number, "%.7g", json_node_get_double (value)));
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (value));
  else
    {
      g_autofree char *json = strata_json_to_text (value, FALSE);

      g_string_append (text, json);
    }
}

/**
 * strata_value_to_text:
 * @value: of @param
 *
 * Returns: the value as people would type it
 */
char *
strata_value_to_text (const StrataParam *param,
                      JsonNode          *value)
{
  GString *text = g_string_new (NULL);

  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append (text, ", ");
          append_value (text, json_array_get_element (array, i));
        }
    }
  else if (!JSON_NODE_HOLDS_NULL (value))
    append_value (text, value);
  return g_string_free (text, FALSE);
}

static gboolean
is_list (const StrataParam *param,
         const char        *text)
{
  if (strchr ("([{", *text) != NULL)
    return FALSE;
  return strchr (text, ',') != NULL || strstr (text, "×") != NULL ||
         (param->type == STRATA_PARAM_JSON && strchr (text, 'x') != NULL);
}

/* "3×3" and "3 x 3" are "3, 3". */
static char *
spell_out (const StrataParam *param,
           const char        *text)
{
  g_autoptr (GString) list = NULL;

  if (param->type != STRATA_PARAM_INTS && !is_list (param, text))
    return g_strdup (text);
  list = g_string_new (text);
  g_string_replace (list, "×", ",", 0);
  if (strpbrk (text, "abcdefghijklmnopqrstuvwyz") == NULL)
    g_string_replace (list, "x", ",", 0);
  if (strchr (list->str, ',') != NULL && strchr ("([{", *text) == NULL)
    return g_strdup_printf ("[%s]", list->str);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * strata_value_from_text:
 * @param: what it is for
 * @text: what was typed
 *
 * Returns: the value, or %NULL with @error set; whether the parameter allows it is for others to say
 */
JsonNode *
strata_value_from_text (const StrataParam  *param,
                        const char         *text,
                        GError            **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text)), *value = NULL, *call = NULL, *name = NULL;
  g_autoptr (JsonObject) config = NULL;

  if (param->type == STRATA_PARAM_STRING && *stripped != '\0')
    return json_node_init_string (json_node_alloc (), stripped);
  if (*stripped == '\0' || g_ascii_strcasecmp (stripped, "none") == 0)
    {
      if (param->nullable || param->type == STRATA_PARAM_JSON)
        return json_node_init_null (json_node_alloc ());
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("%s must be given"),
                   param->title != NULL ? _(param->title) : param->name);
      return NULL;
    }

  value = spell_out (param, stripped);
  call = g_strdup_printf ("value(v=%s)", value);
  if (!strata_literal_parse_call (call, &name, &config, NULL) || !json_object_has_member (config, "v") ||
      json_object_get_size (config) != 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("“%s” is not a value that can be read"), text);
      return NULL;
    }
  return json_object_dup_member (config, "v");
}
