/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-data.h"

#include <string.h>

#include "base/json.h"
#include "io/keras/model-config.h"

StrataPythonData *
strata_python_data_new (StrataPythonKind kind)
{
  StrataPythonData *self = g_new0 (StrataPythonData, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

/**
 * strata_python_data_new_plain: (skip)
 * @plain: (transfer full): None, a number, a string or a boolean
 */
StrataPythonData *
strata_python_data_new_plain (JsonNode *plain)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_PLAIN);

  self->plain = plain;
  return self;
}

StrataPythonData *
strata_python_data_new_number (double   number,
                               gboolean whole)
{
  JsonNode *node = json_node_alloc ();

  return strata_python_data_new_plain (whole ? json_node_init_int (node, (gint64) number) : json_node_init_double (node, number));
}

StrataPythonData *
strata_python_data_new_list (void)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_LIST);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_python_data_unref);
  return self;
}

/**
 * strata_python_data_new_object: (skip)
 * @object: (transfer full): an object
 */
StrataPythonData *
strata_python_data_new_object (StrataObject *object)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_OBJECT);

  self->object = object;
  return self;
}

/**
 * strata_python_data_new_tensor: (skip)
 * @symbol: (transfer full): a tensor
 */
StrataPythonData *
strata_python_data_new_tensor (StrataSymbol *symbol)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_TENSOR);

  self->symbol = symbol;
  return self;
}

/* Keras by whatever name it is imported. */
StrataPythonData *
strata_python_data_new_path (const char *path)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_PATH);

  self->path = g_strdup (g_str_has_prefix (path, "tensorflow.keras") || g_str_has_prefix (path, "tf_keras") ? strstr (path, "keras") : path);
  return self;
}

StrataPythonData *
strata_python_data_ref (StrataPythonData *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_python_data_unref (StrataPythonData *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->plain, json_node_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_object (&self->object);
  g_clear_pointer (&self->symbol, strata_symbol_unref);
  g_free (self->path);
  g_free (self);
}

gboolean
strata_python_data_is_number (StrataPythonData *self)
{
  return self->kind == STRATA_PYTHON_PLAIN && strata_json_is_number (self->plain);
}

gboolean
strata_python_data_is_none (StrataPythonData *self)
{
  return self->kind == STRATA_PYTHON_PLAIN && JSON_NODE_HOLDS_NULL (self->plain);
}

static JsonNode *
list_to_json (StrataPythonData  *self,
              GError           **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result;

  for (guint i = 0; i < self->items->len; i++)
    {
      JsonNode *item = strata_python_data_to_json (g_ptr_array_index (self->items, i), error);

      if (item == NULL)
        return NULL;
      json_array_add_element (array, item);
    }
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, g_steal_pointer (&array));
  return result;
}

static JsonNode *
dict_to_json (StrataPythonData  *self,
              GError           **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      JsonNode *item = strata_python_data_to_json (g_ptr_array_index (self->items, i), error);

      if (item == NULL)
        return NULL;
      json_object_set_member (object, g_ptr_array_index (self->keys, i), item);
    }
  return strata_json_wrap (g_steal_pointer (&object));
}

/* Functions and types that Keras also knows by their names: keras.activations.relu, tf.float32. */
static JsonNode *
path_to_json (StrataPythonData  *self,
              GError           **error)
{
  const char *dot = strrchr (self->path, '.');

  if (dot != NULL && (g_str_has_prefix (self->path, "keras.") || g_str_has_prefix (self->path, "tensorflow.")))
    return json_node_init_string (json_node_alloc (), dot + 1);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED, "“%s” is not a value", self->path);
  return NULL;
}

/**
 * strata_python_data_to_json: (skip)
 *
 * Returns: (transfer full): the value as configs have it; objects by their class and config
 */
JsonNode *
strata_python_data_to_json (StrataPythonData  *self,
                            GError           **error)
{
  switch (self->kind)
    {
    case STRATA_PYTHON_PLAIN:
      return json_node_copy (self->plain);
    case STRATA_PYTHON_LIST:
      return list_to_json (self, error);
    case STRATA_PYTHON_DICT:
      return dict_to_json (self, error);
    case STRATA_PYTHON_OBJECT:
      return STRATA_IS_MODEL (self->object) ? strata_model_to_config (STRATA_MODEL (self->object), error)
                                            : strata_object_serialize (self->object);
    case STRATA_PYTHON_PATH:
      return path_to_json (self, error);
    case STRATA_PYTHON_TENSOR:
    case STRATA_PYTHON_FUNCTION:
    case STRATA_PYTHON_METHOD:
    case STRATA_PYTHON_LAMBDA:
      break;
    }
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                       self->kind == STRATA_PYTHON_TENSOR ? "a tensor cannot be given here"
                       : self->kind == STRATA_PYTHON_LAMBDA ? "a lambda cannot be given here: only to a layer Lambda, or as an activation"
                                                            : "a function cannot be given here");
  return NULL;
}
