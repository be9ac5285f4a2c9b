/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/policy.h"

#include <string.h>

#include "base/json.h"

/* What is computed in few bits while the weights keep theirs. */
#define MIXED "mixed_"

/**
 * strata_policy_get_name: (skip)
 * @self: (nullable): a policy as anyone may have written it
 *
 * Returns: what it is called, such as "mixed_float16"; "float32" where that is not told
 */
const char *
strata_policy_get_name (JsonNode *self)
{
  JsonObject *config;
  JsonNode *general;

  if (self == NULL)
    return "float32";
  if (strata_json_is_string (self))
    return json_node_get_string (self);
  config = JSON_NODE_HOLDS_OBJECT (self) ? strata_json_get_object (json_node_get_object (self), "config") : NULL;
  if (config == NULL)
    return "float32";
  /* A map of policies for parts of a layer has one for all others, as a name. */
  general = json_object_get_member (config, "default_policy");
  if (general != NULL && strata_json_is_string (general))
    return json_node_get_string (general);
  return strata_json_get_string (config, "name", "float32");
}

/**
 * strata_policy_get_compute_dtype: (skip)
 * @self: (nullable): a policy as anyone may have written it
 *
 * Returns: the name of the type that a layer computes in: "float16" of "mixed_float16"
 */
const char *
strata_policy_get_compute_dtype (JsonNode *self)
{
  const char *name = strata_policy_get_name (self);

  return g_str_has_prefix (name, MIXED) ? name + strlen (MIXED) : name;
}

/**
 * strata_policy_get_variable_dtype: (skip)
 * @self: (nullable): a policy as anyone may have written it
 *
 * Returns: the name of the type that a layer keeps its weights in: "float32" of "mixed_float16"
 */
const char *
strata_policy_get_variable_dtype (JsonNode *self)
{
  const char *name = strata_policy_get_name (self);

  return g_str_has_prefix (name, MIXED) ? "float32" : name;
}

/**
 * strata_policy_get_quantization: (skip)
 * @self: (nullable): a policy as anyone may have written it
 *
 * Returns: (nullable): what the weights were made smaller to, such as "int8"
 */
const char *
strata_policy_get_quantization (JsonNode *self)
{
  JsonObject *object = self != NULL && JSON_NODE_HOLDS_OBJECT (self) ? json_node_get_object (self) : NULL;
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;
  const char *name = strata_policy_get_name (self);

  /* A name alone is such as "int8_from_float32". */
  if (strstr (name, "_from_") != NULL)
    return name;
  return config != NULL ? strata_json_get_string (config, "mode", NULL) : NULL;
}

/**
 * strata_policy_new: (skip)
 * @name: what it is called
 *
 * Returns: (transfer full): a policy as Keras 3 writes it
 */
JsonObject *
strata_policy_new (const char *name)
{
  JsonObject *self = json_object_new (), *config = json_object_new ();

  json_object_set_string_member (config, "name", name);
  json_object_set_string_member (self, "module", "keras");
  json_object_set_string_member (self, "class_name", "DTypePolicy");
  json_object_set_object_member (self, "config", config);
  json_object_set_null_member (self, "registered_name");
  return self;
}
