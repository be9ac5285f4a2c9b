/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/network-input.h"

#include "base/json.h"

/* Small enough to learn from on any computer, large enough to see what it is. */
#define USUAL_SIDE 64

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

/* Of the first input: which size a dimension of a batch has, or 0 where it does not say. */
static gint64
get_dim (StrataDocument *document,
         guint           rank,
         guint           i)
{
  StrataObject *input = find_input (document);
  g_autoptr (JsonNode) shape = input != NULL ? strata_object_get_param (input, "batch_shape") : NULL;
  JsonArray *dims = shape != NULL && JSON_NODE_HOLDS_ARRAY (shape) ? json_node_get_array (shape) : NULL;

  if (dims == NULL || json_array_get_length (dims) <= i || (rank > 0 && json_array_get_length (dims) != rank))
    return 0;
  return MAX (json_array_get_int_element (dims, i), 0);
}

/**
 * strata_network_input_get_length: (skip)
 *
 * Returns: how many words or steps the first input takes, or 0 where it does not say
 */
gint64
strata_network_input_get_length (StrataDocument *document)
{
  return get_dim (document, 0, 1);
}

/**
 * strata_network_input_fit_images: (skip)
 * @description: of pictures
 * @are_gray: whether they are without colours
 *
 * Has pictures be as large and as colourful as the network takes them, or of a usual size, and as they are, where it
 * does not say.
 */
void
strata_network_input_fit_images (StrataDocument *document,
                                 JsonObject     *description,
                                 gboolean        are_gray)
{
  gint64 height = get_dim (document, 4, 1), width = get_dim (document, 4, 2), channels = get_dim (document, 4, 3);
  JsonArray *size = json_array_new ();

  json_array_add_int_element (size, height > 0 ? height : USUAL_SIDE);
  json_array_add_int_element (size, width > 0 ? width : USUAL_SIDE);
  json_object_set_array_member (description, "image_size", size);
  json_object_set_string_member (description, "color_mode",
                                 channels == 1 || (channels == 0 && are_gray) ? "grayscale" : "rgb");
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
