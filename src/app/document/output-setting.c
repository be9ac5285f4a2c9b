/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/output-setting.h"

#include "base/json.h"
#include "document/ends.h"

/**
 * strata_output_setting_find: (skip)
 * @compile: how a model with several outputs is compiled
 * @member: "loss" or "metrics"
 * @output: which output
 * @name: what it is called
 *
 * Returns: (nullable): what that output has
 */
JsonNode *
strata_output_setting_find (JsonObject *compile,
                            const char *member,
                            guint       output,
                            const char *name)
{
  JsonNode *setting = json_object_get_member (compile, member);
  JsonArray *list = strata_json_get_array (compile, member);

  if (list != NULL)
    return output < json_array_get_length (list) ? json_array_get_element (list, output) : NULL;
  if (setting == NULL || !JSON_NODE_HOLDS_OBJECT (setting) ||
      json_object_has_member (json_node_get_object (setting), "class_name"))
    return setting;
  return json_object_get_member (json_node_get_object (setting), name);
}

/**
 * strata_output_setting_set: (skip)
 * @member: "loss" or "metrics"
 * @output: which of several outputs
 * @value: what it is to have
 *
 * Gives one output a loss or metrics of its own; the others keep theirs. By place, as layers may be renamed.
 */
void
strata_output_setting_set (StrataDocument *document,
                           const char     *member,
                           guint           output,
                           JsonNode       *value)
{
  JsonNode *setting = strata_document_get_setting (document, "compile");
  g_autoptr (GArray) outputs = strata_document_dup_outputs (document);
  g_autoptr (GPtrArray) names = strata_doc_ends_dup_names (outputs);
  JsonArray *list = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < names->len; i++)
    {
      JsonNode *own = i == output ? value : NULL;

      if (own == NULL && setting != NULL && JSON_NODE_HOLDS_OBJECT (setting))
        own = strata_output_setting_find (json_node_get_object (setting), member, i, g_ptr_array_index (names, i));
      json_array_add_element (list, own != NULL ? json_node_copy (own) : json_node_new (JSON_NODE_NULL));
    }
  json_node_take_array (node, list);
  strata_document_set_setting_member (document, "compile", member, node);
}
