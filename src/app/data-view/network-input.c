/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/network-input.h"

#include "base/json.h"

static StrataObject *
find_input (StrataDocument *document)
{
  const GPtrArray *nodes = strata_document_get_nodes (document);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);
      StrataLayer *layer = strata_doc_node_get_layer (node);

      if (layer != NULL && g_strcmp0 (strata_doc_node_get_class_name (node), "InputLayer") == 0)
        return STRATA_OBJECT (layer);
    }
  return NULL;
}

/**
 * strata_network_input_get_length: (skip)
 *
 * Returns: how many words or steps the first input takes, or 0 where it does not say
 */
gint64
strata_network_input_get_length (StrataDocument *document)
{
  StrataObject *input = find_input (document);
  g_autoptr (JsonNode) shape = input != NULL ? strata_object_get_param (input, "batch_shape") : NULL;
  JsonArray *dims = shape != NULL && JSON_NODE_HOLDS_ARRAY (shape) ? json_node_get_array (shape) : NULL;

  return dims != NULL && json_array_get_length (dims) >= 2 ? MAX (json_array_get_int_element (dims, 1), 0) : 0;
}

/**
 * strata_network_input_fit_texts: (skip)
 * @description: of texts
 *
 * Has texts stay texts for a network that takes such, and become as many numbers as another takes.
 */
void
strata_network_input_fit_texts (StrataDocument *document,
                                JsonObject     *description)
{
  StrataObject *input = find_input (document);
  g_autoptr (JsonNode) dtype = input != NULL ? strata_object_get_param (input, "dtype") : NULL;
  gint64 length = strata_network_input_get_length (document);

  if (dtype != NULL && strata_json_is_string (dtype) && g_str_equal (json_node_get_string (dtype), "string"))
    json_object_set_string_member (description, "encode", "none");
  else if (length > 1)
    json_object_set_int_member (description, "length", length);
}
