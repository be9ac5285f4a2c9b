/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/json-numbers.h"

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING;
}

/* The shape is that of the first entries; the others must be like them. */
static gboolean
find_shape (JsonNode    *node,
            StrataShape *shape)
{
  *shape = STRATA_SCALAR;
  while (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      if (shape->rank == STRATA_MAX_RANK)
        return FALSE;
      strata_shape_append (shape, json_array_get_length (list));
      if (json_array_get_length (list) == 0)
        return TRUE;
      node = json_array_get_element (list, 0);
    }
  return is_number (node);
}

/* Copies all numbers, or, where there is nowhere to, only looks whether they fill the shape. */
static gboolean
copy_numbers (JsonNode           *node,
              const StrataShape  *shape,
              int                 depth,
              float             **out)
{
  JsonArray *list;

  if (depth == shape->rank)
    {
      if (!is_number (node))
        return FALSE;
      if (out != NULL)
        *(*out)++ = json_node_get_double (node);
      return TRUE;
    }
  list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (list == NULL || json_array_get_length (list) != shape->dims[depth])
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!copy_numbers (json_array_get_element (list, i), shape, depth + 1, out))
      return FALSE;
  return TRUE;
}

/**
 * strata_json_to_floats: (skip)
 * @node: a number, or lists of numbers in lists
 *
 * Returns: (transfer full) (nullable): the numbers; %NULL where @node is something else
 */
StrataTensor *
strata_json_to_floats (JsonNode *node)
{
  StrataTensor *tensor;
  StrataShape shape;
  float *out;

  /* No memory before it is known that there are as many numbers. */
  if (node == NULL || !find_shape (node, &shape) || !copy_numbers (node, &shape, 0, NULL))
    return NULL;
  tensor = strata_tensor_new (STRATA_FLOAT32, &shape);
  out = strata_tensor_get_floats (tensor);
  copy_numbers (node, &shape, 0, &out);
  return tensor;
}
