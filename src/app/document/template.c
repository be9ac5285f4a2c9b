/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/template.h"

#include "base/json.h"
#include "document/followers.h"
#include "document/json.h"
#include "io/keras/model-config.h"
#include "layers/operator.h"

static StrataLayer *
new_operator (const char  *operation,
              JsonObject  *config,
              JsonNode    *args,
              GError     **error)
{
  g_autoptr (StrataLayer) layer = strata_operator_new (operation, config, error);

  if (layer == NULL || !strata_operator_set_args (STRATA_OPERATOR (layer), args, error))
    return NULL;
  return g_steal_pointer (&layer);
}

static StrataLayer *
clone_operator (StrataOperator  *operator,
                GError         **error)
{
  g_autoptr (JsonObject) config = strata_operator_dup_config (operator);

  return new_operator (strata_object_get_class_name (STRATA_OBJECT (operator)), config,
                       strata_operator_get_args (operator), error);
}

/**
 * strata_template_clone: (skip)
 *
 * Returns: (transfer full): a layer of the same parameters and name
 */
StrataLayer *
strata_template_clone (StrataLayer  *layer,
                       GError      **error)
{
  g_autoptr (JsonNode) config = NULL;

  if (STRATA_IS_OPERATOR (layer))
    return clone_operator (STRATA_OPERATOR (layer), error);
  if (!STRATA_IS_MODEL (layer))
    return (StrataLayer *) strata_object_clone (STRATA_OBJECT (layer), error);

  config = strata_model_to_config (STRATA_MODEL (layer), error);
  return config != NULL ? (StrataLayer *) strata_model_from_config (config, error) : NULL;
}

/**
 * strata_template_with: (skip)
 * @param: a parameter
 * @value: its new value
 *
 * Returns: (transfer full): a layer that is like @layer but for one parameter, or %NULL where
 *   the value is not allowed
 */
StrataLayer *
strata_template_with (StrataLayer  *layer,
                      const char   *param,
                      JsonNode     *value,
                      GError      **error)
{
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (StrataLayer) clone = NULL;
  StrataLayer *changed;

  if (STRATA_IS_MODEL (layer) || STRATA_IS_OPERATOR (layer))
    {
      clone = strata_template_clone (layer, error);
      return clone != NULL && strata_object_set_param (STRATA_OBJECT (clone), param, value, error)
             ? g_steal_pointer (&clone) : NULL;
    }
  config = strata_object_get_config (STRATA_OBJECT (layer));
  strata_followers_release (STRATA_OBJECT (layer), param, config);
  json_object_set_member (config, param, strata_json_copy (value));
  changed = strata_layer_new (strata_object_get_class_name (STRATA_OBJECT (layer)), config, error);
  /* Who freezes a layer means the layers inside it, too; a config says it of the outer one alone. */
  if (changed != NULL && g_str_equal (param, "trainable"))
    strata_layer_set_trainable (changed, strata_layer_get_trainable (changed));
  return changed;
}

static JsonNode *
write_operator (StrataOperator *operator)
{
  JsonObject *object = json_object_new (), *config = strata_operator_dup_config (operator);
  JsonNode *args = strata_operator_get_args (operator);

  if (args != NULL)
    json_object_set_member (config, "args", strata_json_copy (args));
  json_object_set_string_member (object, "module", strata_operator_get_module (operator));
  json_object_set_string_member (object, "class_name", strata_object_get_class_name (STRATA_OBJECT (operator)));
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

/**
 * strata_template_write: (skip)
 *
 * Returns: (transfer full): the layer as Keras writes it
 */
JsonNode *
strata_template_write (StrataLayer *layer)
{
  JsonNode *config;

  if (STRATA_IS_OPERATOR (layer))
    return write_operator (STRATA_OPERATOR (layer));
  config = STRATA_IS_MODEL (layer) ? strata_model_to_config (STRATA_MODEL (layer), NULL) : NULL;
  return config != NULL ? config : strata_object_serialize (STRATA_OBJECT (layer));
}

static gboolean
is_model (const char *class_name)
{
  return g_str_equal (class_name, "Sequential") || g_str_equal (class_name, "Functional") ||
         g_str_equal (class_name, "Model");
}

/**
 * strata_template_read: (skip)
 *
 * Returns: (transfer full): the layer that was written, or %NULL with @error set
 */
StrataLayer *
strata_template_read (JsonNode  *json,
                      GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  const char *class_name = object != NULL ? strata_json_get_string (object, "class_name", "") : "";
  const char *module = object != NULL ? strata_json_get_string (object, "module", "") : "";
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;

  if (is_model (class_name))
    return (StrataLayer *) strata_model_from_config (json, error);
  /* Multiply, for one, is also a layer; the module tells. */
  if ((g_str_has_prefix (module, "keras.src.ops.") || g_str_has_prefix (module, "keras.src.activations.")) &&
      config != NULL)
    return new_operator (class_name, config, json_object_get_member (config, "args"), error);
  return (StrataLayer *) strata_object_deserialize (STRATA_KIND_LAYER, json, error);
}
