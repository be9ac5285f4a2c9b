/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/settings.h"

#include "base/json.h"

#define CLASS_NAME "EarlyStopping"

static JsonArray *
get_callbacks (StrataDocument *document)
{
  JsonNode *fit = strata_document_get_setting (document, "fit");
  JsonNode *callbacks = fit != NULL && JSON_NODE_HOLDS_OBJECT (fit)
                          ? json_object_get_member (json_node_get_object (fit), "callbacks") : NULL;

  return callbacks != NULL && JSON_NODE_HOLDS_ARRAY (callbacks) ? json_node_get_array (callbacks) : NULL;
}

static gboolean
is_early_stopping (JsonNode *callback)
{
  return JSON_NODE_HOLDS_OBJECT (callback) &&
         g_strcmp0 (strata_json_get_string (json_node_get_object (callback), "class_name", NULL), CLASS_NAME) == 0;
}

/**
 * strata_settings_get_patience:
 * @document: a document
 *
 * Returns: after how many epochs without improvement training ends; 0 for never
 */
guint
strata_settings_get_patience (StrataDocument *document)
{
  JsonArray *callbacks = get_callbacks (document);

  for (guint i = 0; callbacks != NULL && i < json_array_get_length (callbacks); i++)
    {
      JsonNode *callback = json_array_get_element (callbacks, i);
      JsonNode *config;

      if (!is_early_stopping (callback))
        continue;
      config = json_object_get_member (json_node_get_object (callback), "config");
      if (config == NULL || !JSON_NODE_HOLDS_OBJECT (config))
        return 1;
      return (guint) CLAMP (strata_json_get_int (json_node_get_object (config), "patience", 1), 1, 1000000);
    }
  return 0;
}

static JsonNode *
describe (guint patience)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (config, "monitor", "val_loss");
  json_object_set_int_member (config, "patience", patience);
  json_object_set_boolean_member (config, "restore_best_weights", TRUE);
  json_object_set_string_member (object, "class_name", CLASS_NAME);
  json_object_set_object_member (object, "config", config);
  json_node_take_object (node, object);
  return node;
}

/**
 * strata_settings_set_patience:
 * @document: a document
 * @patience: after how many epochs without improvement training ends; 0 for never
 */
void
strata_settings_set_patience (StrataDocument *document,
                              guint           patience)
{
  JsonArray *before = get_callbacks (document), *after = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    if (!is_early_stopping (json_array_get_element (before, i)))
      json_array_add_element (after, json_node_copy (json_array_get_element (before, i)));
  if (patience > 0)
    json_array_add_element (after, describe (patience));
  json_node_take_array (node, after);
  strata_document_set_setting_member (document, "fit", "callbacks", node);
}
