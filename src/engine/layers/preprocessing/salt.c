/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "layers/preprocessing/lookup-base.h"

/**
 * strata_salt_read: (skip)
 * @salt: (nullable): a whole number, two of them, or none
 * @key: (out): the key of the hash
 * @salted: (out): whether there is one
 */
gboolean
strata_salt_read (JsonNode  *salt,
                  guint64    key[2],
                  gboolean  *salted,
                  GError   **error)
{
  JsonArray *items = salt != NULL ? strata_json_get_items (salt) : NULL;

  *salted = salt != NULL && !JSON_NODE_HOLDS_NULL (salt);
  if (!*salted)
    return TRUE;
  if (strata_json_is_number (salt))
    {
      key[0] = key[1] = json_node_get_int (salt);
      return TRUE;
    }
  if (items != NULL && json_array_get_length (items) == 2 &&
      strata_json_is_number (json_array_get_element (items, 0)) &&
      strata_json_is_number (json_array_get_element (items, 1)))
    {
      key[0] = json_array_get_int_element (items, 0);
      key[1] = json_array_get_int_element (items, 1);
      return TRUE;
    }
  strata_set_error (error, STRATA_ERROR_VALUE, "salt must be a whole number or a list of two");
  return FALSE;
}
