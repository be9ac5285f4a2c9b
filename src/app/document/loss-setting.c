/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/loss-setting.h"

#include "base/json.h"
#include "document/ends.h"

/**
 * strata_loss_setting_find: (skip)
 * @compile: how a model is compiled
 * @output: which output
 * @name: what it is called
 *
 * Returns: (nullable): the loss of that output
 */
JsonNode *
strata_loss_setting_find (JsonObject *compile,
                          guint       output,
                          const char *name)
{
  JsonNode *loss = json_object_get_member (compile, "loss");
  JsonArray *list = strata_json_get_array (compile, "loss");

  if (list != NULL)
    return output < json_array_get_length (list) ? json_array_get_element (list, output) : NULL;
  if (loss == NULL || !JSON_NODE_HOLDS_OBJECT (loss) ||
      json_object_has_member (json_node_get_object (loss), "class_name"))
    return loss;
  return json_object_get_member (json_node_get_object (loss), name);
}

/**
 * strata_loss_setting_set: (skip)
 * @output: which output
 * @loss: its loss
 *
 * Gives one output a loss of its own; the others keep theirs. By place, as layers may be renamed.
 */
void
strata_loss_setting_set (StrataDocument *document,
                         guint           output,
                         JsonNode       *loss)
{
  JsonNode *setting = strata_document_get_setting (document, "compile");
  g_autoptr (GArray) outputs = strata_document_dup_outputs (document);
  g_autoptr (GPtrArray) names = strata_doc_ends_dup_names (outputs);
  JsonArray *list = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < names->len; i++)
    {
      JsonNode *own = i == output ? loss : NULL;

      if (own == NULL && setting != NULL && JSON_NODE_HOLDS_OBJECT (setting))
        own = strata_loss_setting_find (json_node_get_object (setting), i, g_ptr_array_index (names, i));
      json_array_add_element (list, own != NULL ? json_node_copy (own) : json_node_new (JSON_NODE_NULL));
    }
  json_node_take_array (node, list);
  strata_document_set_setting_member (document, "compile", "loss", node);
}
