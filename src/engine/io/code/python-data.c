/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-data.h"

#include <glib/gi18n-lib.h>
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

  return strata_python_data_new_plain (whole ? json_node_init_int (node, (gint64) number)
                                             : json_node_init_double (node, number));
}

StrataPythonData *
strata_python_data_new_list (void)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_LIST);

  self->items = g_ptr_array_new ();
  return self;
}

StrataPythonData *
strata_python_data_new_dict (void)
{
  StrataPythonData *self = strata_python_data_new_list ();

  self->kind = STRATA_PYTHON_DICT;
  self->keys = g_ptr_array_new_with_free_func (g_free);
  return self;
}

StrataPythonData *
strata_python_data_new_none (void)
{
  return strata_python_data_new_plain (json_node_init_null (json_node_alloc ()));
}

StrataPythonData *
strata_python_data_new_truth (gboolean truth)
{
  return strata_python_data_new_plain (json_node_init_boolean (json_node_alloc (), truth));
}

StrataPythonData *
strata_python_data_new_string (const char *string)
{
  return strata_python_data_new_plain (json_node_init_string (json_node_alloc (), string));
}

/**
 * strata_python_data_new_opaque: (skip)
 * @path: what it comes from
 *
 * Returns: (transfer full): a value that nobody knows before code runs
 */
StrataPythonData *
strata_python_data_new_opaque (const char *path)
{
  StrataPythonData *self = strata_python_data_new (STRATA_PYTHON_OPAQUE);

  self->path = g_strdup (path);
  return self;
}

/* What parameters have: numbers, strings, lists of them. */
StrataPythonData *
strata_python_data_from_json (JsonNode *node)
{
  StrataPythonData *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return strata_python_data_new_plain (json_node_copy (node));
  list = strata_python_data_new_list ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    g_ptr_array_add (list->items,
                     strata_python_data_from_json (json_array_get_element (json_node_get_array (node), i)));
  return list;
}

/**
 * strata_python_data_put: (skip)
 * @key: a name in a dict
 * @value: (transfer full): what it is from now on
 */
void
strata_python_data_put (StrataPythonData *self,
                        const char       *key,
                        StrataPythonData *value)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      {
        strata_python_data_unref (g_ptr_array_index (self->items, i));
        g_ptr_array_index (self->items, i) = value;
        return;
      }
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->items, value);
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

  self->path = g_strdup (g_str_has_prefix (path, "tensorflow.keras") || g_str_has_prefix (path, "tf_keras")
                             ? strstr (path, "keras")
                             : path);
  return self;
}

StrataPythonData *
strata_python_data_ref (StrataPythonData *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* Gives up what a value holds of others, which are put off: lists may be in lists any number of times. */
static void
release (StrataPythonData *self,
         GPtrArray        *pending)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    g_ptr_array_add (pending, g_ptr_array_index (self->items, i));
  if (self->owner != NULL)
    g_ptr_array_add (pending, self->owner);
  g_clear_pointer (&self->plain, json_node_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_object (&self->object);
  g_clear_pointer (&self->symbol, strata_symbol_unref);
  g_free (self->path);
  g_free (self);
}

void
strata_python_data_unref (StrataPythonData *self)
{
  g_autoptr (GPtrArray) pending = NULL;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  pending = g_ptr_array_new ();
  release (self, pending);
  while (pending->len > 0)
    {
      self = g_ptr_array_steal_index_fast (pending, pending->len - 1);
      if (g_atomic_ref_count_dec (&self->ref_count))
        release (self, pending);
    }
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

gboolean
strata_python_data_is_whole (StrataPythonData *self)
{
  return strata_python_data_is_number (self) && json_node_get_value_type (self->plain) == G_TYPE_INT64;
}

/**
 * strata_python_data_get_string: (skip)
 *
 * Returns: (nullable): the string that it is
 */
const char *
strata_python_data_get_string (StrataPythonData *self)
{
  return self->kind == STRATA_PYTHON_PLAIN && strata_json_is_string (self->plain) ? json_node_get_string (self->plain)
                                                                                  : NULL;
}

/* Modules whose functions make data, or look at it; networks are not made of it. */
static gboolean
is_of_data (const char *path)
{
  static const char *const modules[] = { "numpy",
                                         "pandas",
                                         "matplotlib",
                                         "sklearn",
                                         "scipy",
                                         "seaborn",
                                         "PIL",
                                         "cv2",
                                         "tensorflow_datasets",
                                         "random",
                                         "time",
                                         "pathlib",
                                         "zipfile",
                                         "os.path",
                                         "os.environ",
                                         "os.listdir",
                                         "math",
                                         "tensorflow.data",
                                         "tensorflow.random",
                                         "tensorflow.config",
                                         "keras.datasets",
                                         "keras.utils",
                                         "keras.preprocessing",
                                         "keras.callbacks",
                                         "keras.random" };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      gsize n = strlen (modules[i]);

      if (strncmp (path, modules[i], n) == 0 && (path[n] == '\0' || path[n] == '.'))
        return TRUE;
    }
  return FALSE;
}

/**
 * strata_python_data_get_unknown: (skip)
 *
 * Returns: (nullable): where the value comes from, if it is only known once code runs
 */
const char *
strata_python_data_get_unknown (StrataPythonData *self)
{
  return self->kind == STRATA_PYTHON_OPAQUE || (self->kind == STRATA_PYTHON_PATH && is_of_data (self->path))
             ? self->path
             : NULL;
}

/**
 * strata_python_data_get_item: (skip)
 *
 * Returns: (transfer none) (nullable): what a dict has by that name
 */
StrataPythonData *
strata_python_data_get_item (StrataPythonData *self,
                             const char       *key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return g_ptr_array_index (self->items, i);
  return NULL;
}

/* Lists may be in lists by name, so that a few lines make a value without end. */
#define MAX_VALUES 500000
#define MAX_LEVELS 100

/* How much has become of a value so far. */
typedef struct
{
  guint n_values;
  guint depth;
} Extent;

static JsonNode *to_json (StrataPythonData *self, Extent *extent, GError **error);

static JsonNode *
list_to_json (StrataPythonData  *self,
              Extent            *extent,
              GError           **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result;

  for (guint i = 0; i < self->items->len; i++)
    {
      JsonNode *item = to_json (g_ptr_array_index (self->items, i), extent, error);

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
              Extent            *extent,
              GError           **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      JsonNode *item = to_json (g_ptr_array_index (self->items, i), extent, error);

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
  strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "“%s” is not a value", self->path);
  return NULL;
}

/* What has no place in a config, and why. */
static JsonNode *
refuse (StrataPythonData  *self,
        GError           **error)
{
  if (self->kind == STRATA_PYTHON_OPAQUE)
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "what “%s” gives is not known here, as the code is not run; write the value itself", self->path);
  else
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                         self->kind == STRATA_PYTHON_TENSOR ? _("a tensor cannot be given here")
                         : self->kind == STRATA_PYTHON_LAMBDA
                             ? _("a lambda cannot be given here: only to a layer Lambda, or as an activation")
                             : _("a function cannot be given here"));
  return NULL;
}

static JsonNode *
to_json (StrataPythonData  *self,
         Extent            *extent,
         GError           **error)
{
  JsonNode *node;

  if (++extent->n_values > MAX_VALUES || extent->depth == MAX_LEVELS)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the list is too large");
      return NULL;
    }
  switch (self->kind)
    {
    case STRATA_PYTHON_PLAIN:
      return json_node_copy (self->plain);
    case STRATA_PYTHON_LIST:
    case STRATA_PYTHON_DICT:
      extent->depth++;
      node = self->kind == STRATA_PYTHON_LIST ? list_to_json (self, extent, error) : dict_to_json (self, extent, error);
      extent->depth--;
      return node;
    case STRATA_PYTHON_OBJECT:
      return STRATA_IS_MODEL (self->object) ? strata_model_to_config (STRATA_MODEL (self->object), error)
                                            : strata_object_serialize (self->object);
    case STRATA_PYTHON_PATH:
      return path_to_json (self, error);
    case STRATA_PYTHON_TENSOR:
    case STRATA_PYTHON_FUNCTION:
    case STRATA_PYTHON_METHOD:
    case STRATA_PYTHON_LAMBDA:
    case STRATA_PYTHON_PARTIAL:
      break;
    case STRATA_PYTHON_OPAQUE:
      if (self->plain != NULL)
        return json_node_copy (json_object_get_member (strata_json_get_object (json_node_get_object (self->plain),
                                                                               "config"), "value"));
    }
  return refuse (self, error);
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
  Extent extent = { 0 };

  return to_json (self, &extent, error);
}
