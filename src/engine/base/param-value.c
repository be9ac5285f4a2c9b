/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/param-private.h"

#include <math.h>

#include "base/object.h"

/* Parameters as properties of GObjects. */

/**
 * strata_param_to_spec:
 *
 * Returns: (transfer floating): the GObject property that mirrors @self
 */
GParamSpec *
strata_param_to_spec (const StrataParam *self)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_NICK | G_PARAM_STATIC_BLURB | G_PARAM_EXPLICIT_NOTIFY;
  gboolean bounded = self->minimum != 0 || self->maximum != 0;

  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      return g_param_spec_boolean (self->name, self->title, self->description, FALSE, flags);
    case STRATA_PARAM_INT:
      return g_param_spec_int64 (self->name, self->title, self->description, G_MININT64, G_MAXINT64,
                                 bounded ? MAX (0, (gint64) self->minimum) : 0, flags);
    case STRATA_PARAM_FLOAT:
      return g_param_spec_double (self->name, self->title, self->description, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      return g_param_spec_string (self->name, self->title, self->description, NULL, flags);
    case STRATA_PARAM_INTS:
      return g_param_spec_boxed (self->name, self->title, self->description, STRATA_TYPE_INTS, flags);
    case STRATA_PARAM_OBJECT:
      return g_param_spec_object (self->name, self->title, self->description, STRATA_TYPE_OBJECT, flags);
    case STRATA_PARAM_JSON:
      return g_param_spec_boxed (self->name, self->title, self->description, JSON_TYPE_NODE, flags);
    default:
      g_return_val_if_reached (NULL);
    }
}

void
strata_param_get_value (const StrataParam *self,
                        gconstpointer      instance,
                        GValue            *value)
{
  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      g_value_set_boolean (value, STRATA_PARAM_AT (gboolean, self, instance));
      break;
    case STRATA_PARAM_INT:
      g_value_set_int64 (value, STRATA_PARAM_AT (gint64, self, instance));
      break;
    case STRATA_PARAM_FLOAT:
      g_value_set_double (value, STRATA_PARAM_AT (double, self, instance));
      break;
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      g_value_set_string (value, STRATA_PARAM_AT (char *, self, instance));
      break;
    case STRATA_PARAM_INTS:
      g_value_set_boxed (value, &STRATA_PARAM_AT (StrataInts, self, instance));
      break;
    case STRATA_PARAM_OBJECT:
      g_value_set_object (value, STRATA_PARAM_AT (StrataObject *, self, instance));
      break;
    case STRATA_PARAM_JSON:
      g_value_set_boxed (value, STRATA_PARAM_AT (JsonNode *, self, instance));
      break;
    default:
      g_return_if_reached ();
    }
}

static JsonNode *
value_to_json (const StrataParam *self,
               const GValue      *value)
{
  JsonNode *node = json_node_alloc ();

  switch (self->type)
    {
    case STRATA_PARAM_BOOL:
      return json_node_init_boolean (node, g_value_get_boolean (value));
    case STRATA_PARAM_INT:
      return g_value_get_int64 (value) == STRATA_NONE_INT ? json_node_init_null (node)
                                                         : json_node_init_int (node, g_value_get_int64 (value));
    case STRATA_PARAM_FLOAT:
      return isnan (g_value_get_double (value)) ? json_node_init_null (node)
                                                : json_node_init_double (node, g_value_get_double (value));
    case STRATA_PARAM_STRING:
    case STRATA_PARAM_CHOICE:
      return g_value_get_string (value) == NULL ? json_node_init_null (node)
                                                : json_node_init_string (node, g_value_get_string (value));
    case STRATA_PARAM_INTS:
      json_node_unref (node);
      return strata_param_ints_to_json (g_value_get_boxed (value), self->partial);
    case STRATA_PARAM_JSON:
      json_node_unref (node);
      return g_value_get_boxed (value) == NULL ? json_node_new (JSON_NODE_NULL)
                                               : json_node_copy (g_value_get_boxed (value));
    default:
      return json_node_init_null (node);
    }
}

/**
 * strata_param_set_value:
 *
 * As strata_param_set(), from a GValue of the type that strata_param_to_spec() chose.
 */
gboolean
strata_param_set_value (const StrataParam  *self,
                        gpointer            instance,
                        const GValue       *value,
                        GError            **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->type == STRATA_PARAM_OBJECT && g_value_get_object (value) != NULL)
    {
      StrataObject *object = g_value_get_object (value);

      if (STRATA_OBJECT_GET_CLASS (object)->kind != self->kind)
        {
          strata_set_error (error, STRATA_ERROR_TYPE, "%s must be one of kind %s, not %s", self->name,
                            strata_kind_get_name (self->kind), strata_object_get_class_name (object));
          return FALSE;
        }
      g_set_object (&STRATA_PARAM_AT (StrataObject *, self, instance), object);
      return TRUE;
    }

  node = value_to_json (self, value);
  return strata_param_set (self, instance, node, error);
}
