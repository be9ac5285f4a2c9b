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

/**
 * strata_json_without: (skip)
 * @object: (nullable): an object, which stays as it is
 * @name: the member that is left out
 *
 * Returns: (transfer full) (nullable): the other members, or %NULL where there are none
 */
JsonObject *
strata_json_without (JsonObject *object,
                     const char *name)
{
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;
  JsonObject *rest = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (g_str_equal (l->data, name))
        continue;
      if (rest == NULL)
        rest = json_object_new ();
      json_object_set_member (rest, l->data, strata_json_copy (json_object_get_member (object, l->data)));
    }
  return rest;
}
