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
  if (strata_python_data_is_none (data) ||
      (strata_python_data_is_number (data) && json_node_get_value_type (data->plain) == G_TYPE_INT64))
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
    return strata_python_reader_expect (self, ".") && strata_python_reader_expect (self, ".")
               ? wrap ("__ellipsis__", json_object_new ())
               : NULL;
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

/* Bounds of a slice, as Python reads them: from the end where they are negative, and never outside. */
static gint64
get_bound (JsonObject *slice,
           const char *name,
           gint64      length,
           gint64      fallback,
           gint64      least,
           gint64      most)
{
  JsonNode *node = json_object_get_member (slice, name);
  gint64 bound = node != NULL && strata_json_is_number (node) ? json_node_get_int (node) : fallback;

  if (node == NULL || !strata_json_is_number (node))
    return bound;
  return CLAMP (bound < 0 ? bound + length : bound, least, most);
}

/* sizes[1:-1] */
static StrataPythonData *
take_items (StrataPythonReader *self,
            StrataPythonData   *list,
            JsonObject         *slice)
{
  JsonNode *given = json_object_get_member (slice, "step");
  gint64 n = list->items->len, step = strata_json_is_number (given) ? json_node_get_int (given) : 1, start, stop;
  StrataPythonData *part;

  if (step == 0 || ABS (step) > G_MAXINT32)
    return strata_python_reader_fail (self, "a list cannot be gone through by steps of that size");
  start = step > 0 ? get_bound (slice, "start", n, 0, 0, n) : get_bound (slice, "start", n, n - 1, -1, n - 1);
  stop = step > 0 ? get_bound (slice, "stop", n, n, 0, n) : get_bound (slice, "stop", n, -1, -1, n - 1);
  if (!strata_python_reader_spend (self, (guint64) n))
    return NULL;
  part = strata_python_data_new_list ();
  for (gint64 i = start; step > 0 ? i < stop : i > stop; i += step)
    g_ptr_array_add (part->items, strata_python_data_ref (g_ptr_array_index (list->items, i)));
  return part;
}

static StrataPythonData *
take_item (StrataPythonReader *self,
           StrataPythonData   *list,
           gint64              i)
{
  i += i < 0 ? list->items->len : 0;
  if (i < 0 || i >= list->items->len)
    return strata_python_reader_fail (self, "the list has only %u entries", list->items->len);
  return strata_python_data_ref (g_ptr_array_index (list->items, i));
}

/* By a number or a slice. */
static StrataPythonData *
take_of_list (StrataPythonReader *self,
              StrataPythonData   *list)
{
  g_autoptr (JsonNode) key = read_key (self);
  JsonObject *slice = key != NULL && JSON_NODE_HOLDS_OBJECT (key)
                          ? strata_json_get_object (json_node_get_object (key), "config")
                          : NULL;

  if (key == NULL || !strata_python_reader_expect (self, "]"))
    return NULL;
  if (slice != NULL && json_object_has_member (slice, "step"))
    return take_items (self, list, slice);
  if (!strata_json_is_number (key))
    return strata_python_reader_fail (self, "only what is in a list can be taken out by its number");
  return take_item (self, list, json_node_get_int (key));
}

static StrataPythonData *
take_of_dict (StrataPythonReader *self,
              StrataPythonData   *dict)
{
  g_autoptr (StrataPythonData) key = strata_python_read_expression (self);
  StrataPythonData *found;
  g_autofree char *name = NULL;

  if (key == NULL || !strata_python_reader_expect (self, "]"))
    return NULL;
  if (key->kind != STRATA_PYTHON_PLAIN || JSON_NODE_HOLDS_NULL (key->plain))
    return strata_python_reader_fail (self, "what a dict lists is called by strings or numbers");
  name = strata_json_is_string (key->plain) ? g_strdup (json_node_get_string (key->plain))
                                            : strata_json_to_text (key->plain, FALSE);
  found = strata_python_data_get_item (dict, name);
  return found != NULL ? strata_python_data_ref (found)
                       : strata_python_reader_fail (self, "there is nothing called “%s” in it", name);
}

/**
 * strata_python_read_subscript: (skip)
 * @owner: what an opening bracket follows
 *
 * Returns: (transfer full): a part of a tensor, or of a list by its number, or of a dict by its name
 */
StrataPythonData *
strata_python_read_subscript (StrataPythonReader *self,
                              StrataPythonData   *owner)
{
  if (strata_python_data_get_unknown (owner) != NULL)
    {
      strata_python_skip_brackets (self);
      return strata_python_data_new_opaque (strata_python_data_get_unknown (owner));
    }
  if (owner->kind == STRATA_PYTHON_TENSOR)
    return take_part (self, owner);
  if (owner->kind == STRATA_PYTHON_LIST)
    return take_of_list (self, owner);
  if (owner->kind == STRATA_PYTHON_DICT)
    return take_of_dict (self, owner);
  return strata_python_reader_fail (self, "only what is in a list or dict, or a part of a tensor, can be taken out");
}
