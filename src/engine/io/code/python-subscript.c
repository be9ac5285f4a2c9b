/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/code/python-reader-private.h"

/* What is between the brackets of x[...]: numbers, slices, ... and None, as Keras's files have them. */

static JsonNode *
wrap (const char *class_name,
      JsonObject *config)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

static gboolean
ends (StrataPythonReader *self)
{
  const char *text = strata_python_reader_peek (self)->text;

  return g_strcmp0 (text, ":") == 0 || g_strcmp0 (text, ",") == 0 || g_strcmp0 (text, "]") == 0;
}

/* A whole number or None; between colons, nothing is None as well. */
static JsonNode *
read_bound (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) data = NULL;

  if (ends (self))
    return json_node_init_null (json_node_alloc ());
  data = strata_python_read_expression (self);
  if (data == NULL)
    return NULL;
  if (strata_python_data_is_none (data) || (strata_python_data_is_number (data) && json_node_get_value_type (data->plain) == G_TYPE_INT64))
    return json_node_copy (data->plain);
  return strata_python_reader_fail (self, "parts of tensors are told by whole numbers");
}

/* start:stop:step, the rest of which may be left out. */
static JsonNode *
read_slice (StrataPythonReader *self,
            JsonNode           *start)
{
  g_autoptr (JsonNode) stop = read_bound (self), step = NULL;
  JsonObject *slice;

  if (stop == NULL)
    return NULL;
  step = strata_python_reader_take (self, ":") ? read_bound (self) : json_node_init_null (json_node_alloc ());
  if (step == NULL)
    return NULL;
  slice = json_object_new ();
  json_object_set_member (slice, "start", json_node_copy (start));
  json_object_set_member (slice, "step", g_steal_pointer (&step));
  json_object_set_member (slice, "stop", g_steal_pointer (&stop));
  return wrap ("__slice__", slice);
}

static JsonNode *
read_key (StrataPythonReader *self)
{
  g_autoptr (JsonNode) first = NULL;

  if (strata_python_reader_take (self, "."))
    return strata_python_reader_expect (self, ".") && strata_python_reader_expect (self, ".") ? wrap ("__ellipsis__", json_object_new ()) : NULL;
  first = read_bound (self);
  if (first == NULL || !strata_python_reader_take (self, ":"))
    return g_steal_pointer (&first);
  return read_slice (self, first);
}

/* One key, or a list of them. */
static JsonNode *
read_keys (StrataPythonReader *self)
{
  g_autoptr (JsonNode) list = json_node_new (JSON_NODE_ARRAY);
  JsonNode *key;
  JsonArray *keys;

  if (g_strcmp0 (strata_python_reader_peek (self)->text, "]") == 0)
    return strata_python_reader_fail (self, "which part of the tensor is meant is missing");
  key = read_key (self);
  if (key == NULL || strata_python_reader_take (self, "]"))
    return key;
  keys = json_array_new ();
  json_node_take_array (list, keys);
  json_array_add_element (keys, key);
  while (strata_python_reader_take (self, ","))
    {
      if (g_strcmp0 (strata_python_reader_peek (self)->text, "]") == 0)
        break;
      key = read_key (self);
      if (key == NULL)
        return NULL;
      json_array_add_element (keys, key);
    }
  return strata_python_reader_expect (self, "]") ? g_steal_pointer (&list) : NULL;
}

static StrataPythonData *
take_part (StrataPythonReader *self,
           StrataPythonData   *tensor)
{
  g_auto (StrataPythonArguments) arguments = { .line = strata_python_reader_peek (self)->line };
  JsonNode *keys = read_keys (self);

  if (keys == NULL)
    return NULL;
  strata_python_arguments_init (&arguments);
  g_ptr_array_add (arguments.positional, strata_python_data_ref (tensor));
  g_ptr_array_add (arguments.positional, strata_python_data_new_plain (keys));
  return strata_python_operate (self, "GetItem", &arguments);
}

/**
 * strata_python_read_subscript: (skip)
 * @owner: what an opening bracket follows
 *
 * Returns: (transfer full): a part of a tensor, or one of a list by its number, or of a dict by its name
 */
StrataPythonData *
strata_python_read_subscript (StrataPythonReader *self,
                              StrataPythonData   *owner)
{
  g_autoptr (StrataPythonData) index = NULL;
  gint64 i;

  if (owner->kind == STRATA_PYTHON_TENSOR)
    return take_part (self, owner);
  index = strata_python_read_expression (self);
  if (index == NULL || !strata_python_reader_expect (self, "]"))
    return NULL;
  if (owner->kind == STRATA_PYTHON_DICT && index->kind == STRATA_PYTHON_PLAIN && strata_json_is_string (index->plain))
    {
      for (guint k = 0; k < owner->items->len; k++)
        if (g_str_equal (g_ptr_array_index (owner->keys, k), json_node_get_string (index->plain)))
          return strata_python_data_ref (g_ptr_array_index (owner->items, k));
      return strata_python_reader_fail (self, "there is nothing called “%s” in it", json_node_get_string (index->plain));
    }
  if (owner->kind != STRATA_PYTHON_LIST || !strata_python_data_is_number (index))
    return strata_python_reader_fail (self, "only what is in a list can be taken out by its number");
  i = json_node_get_int (index->plain);
  i += i < 0 ? owner->items->len : 0;
  if (i < 0 || i >= owner->items->len)
    return strata_python_reader_fail (self, "the list has only %u entries", owner->items->len);
  return strata_python_data_ref (g_ptr_array_index (owner->items, i));
}
