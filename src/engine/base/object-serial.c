/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/object.h"

#include "base/codec.h"
#include "base/json.h"
#include "base/registry.h"

/* Objects as Keras's files have them: with the name of their class. */

/**
 * strata_object_clone:
 *
 * Returns: (transfer full): another object of the same config
 */
StrataObject *
strata_object_clone (StrataObject  *self,
                     GError       **error)
{
  StrataKind kind = STRATA_OBJECT_GET_CLASS (self)->kind;
  const StrataCodec *codec = strata_codec_get (kind);
  g_autoptr (JsonNode) node = codec != NULL && codec->write != NULL ? codec->write (self) : NULL;
  g_autoptr (JsonObject) config = NULL;

  if (node != NULL)
    return strata_object_deserialize (kind, node, error);
  config = strata_object_get_config (self);
  return strata_object_new (kind, strata_object_get_class_name (self), config, error);
}

/**
 * strata_object_serialize:
 *
 * Returns: (transfer full): what Keras's serialize_keras_object() makes of it
 */
JsonNode *
strata_object_serialize (StrataObject *self)
{
  StrataObjectClass *klass = STRATA_OBJECT_GET_CLASS (self);
  const StrataCodec *codec = strata_codec_get (klass->kind);
  JsonNode *node = codec != NULL && codec->write != NULL ? codec->write (self) : NULL;
  const char *module = klass->info != NULL && klass->info->module != NULL ? klass->info->module
                                                                          : strata_registry_get_module (klass->kind);
  g_autoptr (JsonObject) config = NULL;
  JsonObject *object;

  if (node != NULL)
    return node;
  config = strata_object_get_config (self);

  object = json_object_new ();
  json_object_set_string_member (object, "module", module);
  json_object_set_string_member (object, "class_name", strata_object_get_class_name (self));
  json_object_set_object_member (object, "config", g_steal_pointer (&config));
  json_object_set_null_member (object, "registered_name");
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static StrataObject *
deserialize_value (StrataKind   kind,
                   JsonNode    *node,
                   GError     **error)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return strata_object_new (kind, json_node_get_string (node), NULL, error);

  if (kind == STRATA_KIND_SCHEDULE)
    {
      g_autoptr (JsonObject) config = json_object_new ();

      json_object_set_double_member (config, "value", json_node_get_double (node));
      return strata_object_new (kind, "Constant", config, error);
    }

  strata_set_error (error, STRATA_ERROR_VALUE, "A number is not a %s", strata_kind_get_name (kind));
  return NULL;
}

/**
 * strata_object_deserialize:
 * @kind: what kind of object
 * @node: a name, or an object with `class_name` and `config`
 *
 * Returns: (transfer full): the object, or %NULL with @error set
 */
StrataObject *
strata_object_deserialize (StrataKind   kind,
                           JsonNode    *node,
                           GError     **error)
{
  const StrataCodec *codec = strata_codec_get (kind);
  JsonObject *object;
  JsonNode *config;
  const char *class_name;

  if (JSON_NODE_HOLDS_VALUE (node))
    return deserialize_value (kind, node, error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A list is not a %s", strata_kind_get_name (kind));
      return NULL;
    }

  object = json_node_get_object (node);
  class_name = strata_json_get_string (object, "class_name", NULL);
  if (class_name == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A %s lacks its class name", strata_kind_get_name (kind));
      return NULL;
    }
  if (g_str_equal (class_name, "__lambda__"))
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                        "The file holds a Python lambda, which Strata does not run; use a named function instead");
      return NULL;
    }

  if (codec != NULL && codec->read != NULL)
    {
      g_autoptr (GError) why = NULL;
      StrataObject *self = codec->read (object, &why);

      if (self != NULL)
        return self;
      if (why != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
    }

  config = json_object_get_member (object, "config");
  if (config != NULL && JSON_NODE_HOLDS_VALUE (config) && json_node_get_value_type (config) == G_TYPE_STRING)
    return strata_object_new (kind, json_node_get_string (config), NULL, error);
  return strata_object_new (kind, class_name,
                            config != NULL && JSON_NODE_HOLDS_OBJECT (config) ? json_node_get_object (config)
                                                                              : NULL, error);
}
