/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/policy.h"

#include "base/json.h"

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

  if (self == NULL)
    return "float32";
  if (strata_json_is_string (self))
    return json_node_get_string (self);
  config = JSON_NODE_HOLDS_OBJECT (self) ? strata_json_get_object (json_node_get_object (self), "config") : NULL;
  return config != NULL ? strata_json_get_string (config, "name", "float32") : "float32";
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
