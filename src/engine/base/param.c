/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/param-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/object.h"

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
reject (const StrataParam  *self,
        JsonNode           *value,
        const char         *expected,
        GError            **error)
{
  g_autofree char *text = strata_json_to_text (value, FALSE);

  if (g_utf8_strlen (text, -1) > 80)
    strcpy (g_utf8_offset_to_pointer (text, 77), "…");
  strata_set_error (error, STRATA_ERROR_VALUE, "%s must be %s, not %s", self->name, expected, text);
  return FALSE;
}

static gboolean
check_range (const StrataParam  *self,
             double              number,
             JsonNode           *value,
             GError            **error)
{
  g_autofree char *expected = NULL;

  if (self->minimum == 0 && self->maximum == 0)
    return TRUE;
  if (number >= self->minimum && number <= self->maximum)
    return TRUE;

  if (self->maximum >= G_MAXINT32 && number < self->minimum)
    expected = g_strdup_printf (_("at least %g"), self->minimum);
  else
    expected = g_strdup_printf (_("between %.10g and %.10g"), self->minimum, self->maximum);
  return reject (self, value, expected, error);
}

static gboolean
get_integer (JsonNode *node,
             gint64   *out)
{
  if (!is_number (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      if (number != floor (number) || fabs (number) > 9e15)
        return FALSE;
      *out = (gint64) number;
    }
  else
    *out = json_node_get_int (node);
  return TRUE;
}

static gboolean
set_bool (const StrataParam  *self,
          gpointer            instance,
          JsonNode           *value,
          GError            **error)
{
  gint64 number;

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    number = json_node_get_boolean (value);
  else if (!get_integer (value, &number) || (number != 0 && number != 1))
    return reject (self, value, _("true or false"), error);

  STRATA_PARAM_AT (gboolean, self, instance) = (gboolean) number;
  return TRUE;
}

static gboolean
set_int (const StrataParam  *self,
         gpointer            instance,
         JsonNode           *value,
         GError            **error)
{
  gint64 number;

  if (!get_integer (value, &number))
    return reject (self, value, _("a whole number"), error);
  if (!check_range (self, number, value, error))
    return FALSE;

  STRATA_PARAM_AT (gint64, self, instance) = number;
  return TRUE;
}

static gboolean
set_float (const StrataParam  *self,
           gpointer            instance,
           JsonNode           *value,
           GError            **error)
{
  double number;

  if (!is_number (value))
    return reject (self, value, _("a number"), error);
  number = json_node_get_double (value);
  if (isnan (number) || !check_range (self, number, value, error))
    return isnan (number) ? reject (self, value, _("a number"), error) : FALSE;

  STRATA_PARAM_AT (double, self, instance) = number;
  return TRUE;
}

static gboolean
set_choice (const StrataParam  *self,
            gpointer            instance,
            JsonNode           *value,
            GError            **error)
{
  if (!is_string (value))
    return reject (self, value, _("a text"), error);
  if (self->type == STRATA_PARAM_CHOICE)
    {
      g_autofree char *lower = g_ascii_strdown (json_node_get_string (value), -1);

      if (!g_strv_contains (self->choices, json_node_get_string (value)) && g_strv_contains (self->choices, lower))
        {
          g_free (STRATA_PARAM_AT (char *, self, instance));
          STRATA_PARAM_AT (char *, self, instance) = g_steal_pointer (&lower);
          return TRUE;
        }
      if (!g_strv_contains (self->choices, json_node_get_string (value)))
        {
          g_autofree char *list = g_strjoinv (", ", (char **) self->choices);
          g_autofree char *expected = g_strdup_printf (_("one of %s"), list);

          return reject (self, value, expected, error);
        }
    }

  g_free (STRATA_PARAM_AT (char *, self, instance));
  STRATA_PARAM_AT (char *, self, instance) = json_node_dup_string (value);
  return TRUE;
}

static gboolean
set_ints (const StrataParam  *self,
          gpointer            instance,
          JsonNode           *value,
          GError            **error)
{
  StrataInts ints = { 0 };
  JsonArray *list = strata_json_get_items (value);

  if (list == NULL)
    {
      ints.scalar = TRUE;
      ints.n = 1;
      if (!get_integer (value, &ints.v[0]))
        return reject (self, value, _("a whole number or a list of them"), error);
      if (!check_range (self, ints.v[0], value, error))
        return FALSE;
      for (; ints.n < self->count; ints.n++)
        ints.v[ints.n] = ints.v[0];
      ints.scalar = self->count == 0;
    }
  else
    {
      guint length = json_array_get_length (list);

      if (length > STRATA_MAX_RANK || (self->count > 0 && length != (guint) self->count))
        {
          g_autofree char *expected = self->count > 0
                                        ? g_strdup_printf (_("one whole number or %d of them"), self->count)
                                        : g_strdup_printf (_("at most %d whole numbers"), STRATA_MAX_RANK);

          return reject (self, value, expected, error);
        }
      for (guint i = 0; i < length; i++)
        {
          JsonNode *item = json_array_get_element (list, i);

          if (JSON_NODE_HOLDS_NULL (item) && self->partial)
            ints.v[i] = STRATA_UNKNOWN;
          else if (!get_integer (item, &ints.v[i]))
            return reject (self, value, _("a whole number or a list of them"), error);
          else if (!check_range (self, ints.v[i], value, error))
            return FALSE;
        }
      ints.n = length;
    }

  STRATA_PARAM_AT (StrataInts, self, instance) = ints;
  return TRUE;
}

static gboolean
set_object (const StrataParam  *self,
            gpointer            instance,
            JsonNode           *value,
            GError            **error)
{
  StrataObject *object = strata_object_deserialize (self->kind, value, error);

  if (object == NULL)
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }

  g_clear_object (&STRATA_PARAM_AT (StrataObject *, self, instance));
  STRATA_PARAM_AT (StrataObject *, self, instance) = object;
  return TRUE;
}

static gboolean
set_none (const StrataParam  *self,
          gpointer            instance,
          JsonNode           *value,
          GError            **error)
{
  if (!self->nullable)
    return reject (self, value, _("given"), error);

  strata_param_clear (self, instance);
  return TRUE;
}

/**
 * strata_param_set:
 * @self: a parameter
 * @instance: the object that has it
 * @value: what to set it to
 *
 * Checks @value against the table and stores it. On error the old value stays.
 */
gboolean
strata_param_set (const StrataParam  *self,
                  gpointer            instance,
                  JsonNode           *value,
                  GError            **error)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return set_none (self, instance, value, error);

  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      return set_bool (self, instance, value, error);
    case STRATA_PARAM_INT:
      return set_int (self, instance, value, error);
    case STRATA_PARAM_FLOAT:
      return set_float (self, instance, value, error);
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      return set_choice (self, instance, value, error);
    case STRATA_PARAM_INTS:
      return set_ints (self, instance, value, error);
    case STRATA_PARAM_OBJECT:
      return set_object (self, instance, value, error);
    case STRATA_PARAM_JSON:
      g_clear_pointer (&STRATA_PARAM_AT (JsonNode *, self, instance), json_node_unref);
      STRATA_PARAM_AT (JsonNode *, self, instance) = json_node_copy (value);
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * strata_param_clear:
 *
 * Sets a parameter to None, freeing what it held.
 */
void
strata_param_clear (const StrataParam *self,
                    gpointer           instance)
{
  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      STRATA_PARAM_AT (gboolean, self, instance) = FALSE;
      break;
    case STRATA_PARAM_INT:
      STRATA_PARAM_AT (gint64, self, instance) = STRATA_NONE_INT;
      break;
    case STRATA_PARAM_FLOAT:
      STRATA_PARAM_AT (double, self, instance) = STRATA_NONE_FLOAT;
      break;
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      g_clear_pointer (&STRATA_PARAM_AT (char *, self, instance), g_free);
      break;
    case STRATA_PARAM_INTS:
      STRATA_PARAM_AT (StrataInts, self, instance) = (StrataInts){ .n = -1 };
      break;
    case STRATA_PARAM_OBJECT:
      g_clear_object (&STRATA_PARAM_AT (StrataObject *, self, instance));
      break;
    case STRATA_PARAM_JSON:
      g_clear_pointer (&STRATA_PARAM_AT (JsonNode *, self, instance), json_node_unref);
      break;
    default:
      g_return_if_reached ();
    }
}

JsonNode *
strata_param_ints_to_json (const StrataInts *ints,
                           gboolean          partial)
{
  g_autoptr (JsonArray) array = NULL;
  JsonNode *node;

  if (ints->n < 0)
    return json_node_new (JSON_NODE_NULL);
  if (ints->scalar)
    return json_node_init_int (json_node_alloc (), ints->v[0]);

  array = json_array_new ();
  for (int i = 0; i < ints->n; i++)
    if (partial && ints->v[i] == STRATA_UNKNOWN)
      json_array_add_null_element (array);
    else
      json_array_add_int_element (array, ints->v[i]);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}

/**
 * strata_param_get:
 *
 * Returns: (transfer full): the value as Keras's config has it
 */
JsonNode *
strata_param_get (const StrataParam *self,
                  gconstpointer      instance)
{
  JsonNode *node = json_node_alloc ();

  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      return json_node_init_boolean (node, STRATA_PARAM_AT (gboolean, self, instance));
    case STRATA_PARAM_INT:
      if (STRATA_PARAM_AT (gint64, self, instance) == STRATA_NONE_INT)
        return json_node_init_null (node);
      return json_node_init_int (node, STRATA_PARAM_AT (gint64, self, instance));
    case STRATA_PARAM_FLOAT:
      if (isnan (STRATA_PARAM_AT (double, self, instance)))
        return json_node_init_null (node);
      return json_node_init_double (node, STRATA_PARAM_AT (double, self, instance));
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      if (STRATA_PARAM_AT (char *, self, instance) == NULL)
        return json_node_init_null (node);
      return json_node_init_string (node, STRATA_PARAM_AT (char *, self, instance));
    case STRATA_PARAM_INTS:
      json_node_unref (node);
      return strata_param_ints_to_json (&STRATA_PARAM_AT (StrataInts, self, instance), self->partial);
    case STRATA_PARAM_OBJECT:
      if (STRATA_PARAM_AT (StrataObject *, self, instance) == NULL)
        return json_node_init_null (node);
      json_node_unref (node);
      return strata_object_serialize (STRATA_PARAM_AT (StrataObject *, self, instance));
    case STRATA_PARAM_JSON:
      if (STRATA_PARAM_AT (JsonNode *, self, instance) == NULL)
        return json_node_init_null (node);
      json_node_unref (node);
      return json_node_copy (STRATA_PARAM_AT (JsonNode *, self, instance));
    default:
      json_node_unref (node);
      g_return_val_if_reached (NULL);
    }
}

/**
 * strata_param_get_default:
 *
 * Returns: (transfer full) (nullable): the default, or %NULL where it must be given
 */
JsonNode *
strata_param_get_default (const StrataParam *self)
{
  if (self->fallback == NULL)
    return NULL;
  return json_from_string (self->fallback, NULL);
}

/**
 * strata_param_reset:
 *
 * Sets a parameter to its default, or to None where it has none.
 */
gboolean
strata_param_reset (const StrataParam  *self,
                    gpointer            instance,
                    GError            **error)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (self);

  if (fallback == NULL || JSON_NODE_HOLDS_NULL (fallback))
    {
      strata_param_clear (self, instance);
      return TRUE;
    }
  return strata_param_set (self, instance, fallback, error);
}

gboolean
strata_param_is_default (const StrataParam *self,
                         gconstpointer      instance)
{
  g_autoptr (JsonNode) value = strata_param_get (self, instance);
  g_autoptr (JsonNode) fallback = NULL;
  StrataParam blank_param = *self;
  gint64 blank[sizeof (StrataInts) / sizeof (gint64)] = { 0 };
  gboolean equal;

  if (self->fallback == NULL)
    return FALSE;

  /* The default goes through set and get, so that both are spelled alike. */
  blank_param.offset = 0;
  if (!strata_param_reset (&blank_param, blank, NULL))
    return FALSE;
  fallback = strata_param_get (&blank_param, blank);
  equal = json_node_equal (value, fallback);
  strata_param_clear (&blank_param, blank);
  return equal;
}
