/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/keras/legacy-keys.h"

/*
 * x[..., 1] in a legacy file: Keras turns its own `__ellipsis__` into Python's while it reads the text, and then cannot
 * go on with it. Slices of everything mean the same, and come through.
 */

#define MAX_DEPTH 200

static gboolean
is_ellipsis (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) &&
         g_str_equal (strata_json_get_string (json_node_get_object (node), "class_name", ""), "__ellipsis__");
}

static void
add_slices (JsonArray *keys,
            int        n)
{
  static const char *const names[] = { "start", "stop", "step" };

  for (int i = 0; i < n; i++)
    {
      JsonObject *slice = json_object_new (), *config = json_object_new ();

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        json_object_set_null_member (config, names[k]);
      json_object_set_string_member (slice, "class_name", "__slice__");
      json_object_set_object_member (slice, "config", config);
      json_array_add_object_element (keys, slice);
    }
}

/* @rank: dimensions of what the keys take a part of */
static JsonArray *
expand (JsonArray *keys,
        int        rank)
{
  JsonArray *expanded = json_array_new ();
  int used = 0;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    used += !is_ellipsis (json_array_get_element (keys, i)) && !JSON_NODE_HOLDS_NULL (json_array_get_element (keys, i));
  for (guint i = 0; i < json_array_get_length (keys); i++)
    if (is_ellipsis (json_array_get_element (keys, i)))
      add_slices (expanded, rank - used);
    else
      json_array_add_element (expanded, json_node_copy (json_array_get_element (keys, i)));
  return expanded;
}

/* The arguments of a call: a tensor, whose shape is told, and a key or several. */
static void
expand_call (JsonArray *args)
{
  JsonObject *tensor = strata_json_element_object (args, 0);
  JsonObject *config = tensor != NULL ? strata_json_get_object (tensor, "config") : NULL;
  JsonArray *shape = config != NULL ? strata_json_get_array (config, "shape") : NULL, *expanded;
  g_autoptr (JsonArray) keys = NULL;
  JsonNode *key = json_array_get_length (args) == 2 ? json_array_get_element (args, 1) : NULL;

  if (shape == NULL || key == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (key))
    keys = json_array_ref (json_node_get_array (key));
  else
    {
      keys = json_array_new ();
      json_array_add_element (keys, json_node_copy (key));
    }
  for (guint i = 0; i < json_array_get_length (keys); i++)
    if (is_ellipsis (json_array_get_element (keys, i)))
      {
        expanded = expand (keys, json_array_get_length (shape));
        json_array_remove_element (args, 1);
        json_array_add_array_element (args, expanded);
        return;
      }
}

static void
walk (JsonNode *node,
      guint     depth)
{
  g_autoptr (GList) children = NULL;

  if (depth > MAX_DEPTH)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonArray *calls = strata_json_get_array (object, "inbound_nodes");

      children = json_object_get_values (object);
      if (calls != NULL && g_str_equal (strata_json_get_string (object, "class_name", ""), "GetItem"))
        for (guint i = 0; i < json_array_get_length (calls); i++)
          {
            JsonObject *call = strata_json_element_object (calls, i);
            JsonArray *args = call != NULL ? strata_json_get_array (call, "args") : NULL;

            if (args != NULL)
              expand_call (args);
          }
    }
  for (GList *l = children; l != NULL; l = l->next)
    walk (l->data, depth + 1);
}

/**
 * strata_legacy_keys_expand: (skip)
 * @config: a model's config, which is changed
 *
 * Writes each `...` in a part of a tensor as slices of everything.
 */
void
strata_legacy_keys_expand (JsonNode *config)
{
  walk (config, 0);
}
