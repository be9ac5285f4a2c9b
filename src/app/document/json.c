/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/json.h"

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *member,
             gpointer    user_data)
{
  json_object_set_member (user_data, name, strata_json_copy (member));
}

static void
copy_element (JsonArray *array,
              guint      index,
              JsonNode  *element,
              gpointer   user_data)
{
  json_array_add_element (user_data, strata_json_copy (element));
}

/**
 * strata_json_copy:
 *
 * Unlike json_node_copy(), which shares objects and lists, copies all the way down.
 * Returns: (transfer full): a copy
 */
JsonNode *
strata_json_copy (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_init_object (json_node_alloc (), NULL);
      json_node_take_object (copy, json_object_new ());
      json_object_foreach_member (json_node_get_object (node), copy_member, json_node_get_object (copy));
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      copy = json_node_init_array (json_node_alloc (), NULL);
      json_node_take_array (copy, json_array_new ());
      json_array_foreach_element (json_node_get_array (node), copy_element, json_node_get_array (copy));
      return copy;
    }
  return json_node_copy (node);
}
