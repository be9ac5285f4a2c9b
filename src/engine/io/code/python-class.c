/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "base/registry.h"
#include "io/code/python-reader-private.h"
#include "io/code/python-signature.h"

/* What a layer counts for of what reading may take. */
#define LAYER_COST 50

/* Where Keras has its classes. */
static const struct
{
  const char *module;
  StrataKind kind;
} modules[] = {
  { "keras.layers.", STRATA_KIND_LAYER },
  { "keras.activations.", STRATA_KIND_ACTIVATION },
  { "keras.initializers.", STRATA_KIND_INITIALIZER },
  { "keras.regularizers.", STRATA_KIND_REGULARIZER },
  { "keras.constraints.", STRATA_KIND_CONSTRAINT },
  { "keras.losses.", STRATA_KIND_LOSS },
  { "keras.metrics.", STRATA_KIND_METRIC },
  { "keras.optimizers.schedules.", STRATA_KIND_SCHEDULE },
  { "keras.optimizers.", STRATA_KIND_OPTIMIZER },
};

static gboolean
is_one_of (const char        *path,
           const char *const *paths)
{
  return g_strv_contains (paths, path);
}

/**
 * strata_python_add_value: (skip)
 * @config: where @data becomes the value of @name
 */
gboolean
strata_python_add_value (StrataPythonReader *self,
                         JsonObject         *config,
                         const char         *name,
                         StrataPythonData   *data,
                         guint               line)
{
  GError *error = NULL;
  JsonNode *value;

  if (json_object_has_member (config, name))
    {
      strata_set_error (&error, STRATA_ERROR_NAME, "the argument “%s” is given twice", name);
      strata_python_reader_give_up (self, line, error);
      return FALSE;
    }
  /* A Lambda has what a function computes, where others have an activation. */
  if (g_str_equal (name, "function") && (data->kind == STRATA_PYTHON_OBJECT || data->kind == STRATA_PYTHON_LAMBDA) &&
      data->path != NULL)
    value = json_node_init_string (json_node_alloc (), data->path);
  else
    value = strata_python_data_to_json (data, &error);
  if (value == NULL)
    {
      g_prefix_error (&error, "%s: ", name);
      strata_python_reader_give_up (self, line, error);
      return FALSE;
    }
  json_object_set_member (config, name, value);
  return TRUE;
}

static JsonObject *
make_config (StrataPythonReader     *self,
             StrataKind              kind,
             const StrataObjectInfo *info,
             StrataPythonArguments  *arguments)
{
  g_autoptr (JsonObject) config = json_object_new ();

  for (guint i = 0; i < arguments->positional->len; i++)
    {
      g_autofree char *name = strata_python_find_argument (kind, info, i);

      if (name == NULL)
        return strata_python_reader_fail (self, "%s takes no more than %u arguments without names", info->name, i);
      if (!strata_python_add_value (self, config, name, g_ptr_array_index (arguments->positional, i), arguments->line))
        return NULL;
    }
  for (guint i = 0; i < arguments->names->len; i++)
    if (!strata_python_add_value (self, config, g_ptr_array_index (arguments->names, i),
                                  g_ptr_array_index (arguments->values, i), arguments->line))
      return NULL;
  return g_steal_pointer (&config);
}

static gboolean
has_param (const StrataObjectInfo *info,
           const char             *name)
{
  for (const StrataParam *param = info->params; param != NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      return TRUE;
  return FALSE;
}

/* Older code gives the first layer the shape of the input. */
static JsonNode *
take_input_shape (const StrataObjectInfo *info,
                  JsonObject             *config)
{
  static const char *const names[] = { "input_shape", "batch_input_shape", "input_dim" };
  JsonNode *shape = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && shape == NULL; i++)
    {
      JsonNode *given = json_object_get_member (config, names[i]);
      JsonArray *array, *source;

      if (given == NULL || has_param (info, names[i]))
        continue;
      array = json_array_new ();
      source = JSON_NODE_HOLDS_ARRAY (given) ? json_node_get_array (given) : NULL;
      if (i != 1)
        json_array_add_null_element (array);
      if (source == NULL)
        json_array_add_element (array, json_node_copy (given));
      for (guint k = 0; source != NULL && k < json_array_get_length (source); k++)
        json_array_add_element (array, json_node_copy (json_array_get_element (source, k)));
      shape = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (shape, array);
      json_object_remove_member (config, names[i]);
    }
  return shape;
}

static StrataPythonData *
make_layer (StrataPythonReader    *self,
            const char            *name,
            StrataPythonArguments *arguments)
{
  const StrataObjectInfo *info = strata_registry_lookup (STRATA_KIND_LAYER, name);
  g_autoptr (JsonObject) config = make_config (self, STRATA_KIND_LAYER, info, arguments);
  gboolean is_named;
  JsonNode *shape;
  GError *error = NULL;
  StrataLayer *layer;

  if (config == NULL)
    return NULL;
  if (!strata_python_reader_spend (self, LAYER_COST))
    return NULL;
  is_named = strata_json_get_string (config, "name", NULL) != NULL;
  if (!is_named)
    {
      g_autofree char *made_up = strata_python_reader_next_name (self, info->name);

      json_object_set_string_member (config, "name", made_up);
    }
  shape = take_input_shape (info, config);
  layer = strata_layer_new (info->name, config, &error);
  if (layer == NULL)
    {
      g_clear_pointer (&shape, json_node_unref);
      return strata_python_reader_give_up (self, arguments->line, error);
    }
  if (shape != NULL)
    g_hash_table_insert (self->shapes, layer, shape);
  strata_python_reader_note (self, layer, -1, arguments->line, is_named);
  return strata_python_data_new_object (STRATA_OBJECT (layer));
}

/* keras.layers.add ([a, b]) */
static StrataPythonData *
merge (StrataPythonReader    *self,
       const char            *class_name,
       StrataPythonArguments *arguments)
{
  g_auto (StrataPythonArguments) tensors = { .line = arguments->line };
  g_autoptr (StrataPythonData) layer = NULL;
  StrataPythonData *inputs = strata_python_arguments_get (arguments, "inputs", 0);

  if (inputs == NULL)
    return strata_python_reader_fail (self, "a list of tensors is missing");
  strata_python_arguments_init (&tensors);
  g_ptr_array_add (tensors.positional, strata_python_data_ref (inputs));
  if (arguments->positional->len > 0)
    g_ptr_array_remove_index (arguments->positional, 0);
  layer = make_layer (self, class_name, arguments);
  return layer != NULL ? strata_python_call_layer (self, STRATA_LAYER (layer->object), &tensors) : NULL;
}

static StrataPythonData *
make_from_registry (StrataPythonReader    *self,
                    StrataKind             kind,
                    const char            *path,
                    const char            *name,
                    StrataPythonArguments *arguments)
{
  static const char *const merges[] = { "Add",     "Average", "Concatenate", "Dot",
                                        "Maximum", "Minimum", "Multiply",    "Subtract" };
  const StrataObjectInfo *info = strata_registry_lookup (kind, name);
  const char *near = info == NULL ? strata_registry_suggest (kind, name) : NULL;
  g_autoptr (JsonObject) config = NULL;
  GError *error = NULL;
  StrataObject *object;

  for (guint i = 0; i < G_N_ELEMENTS (merges) && kind == STRATA_KIND_LAYER; i++)
    if (g_ascii_strcasecmp (merges[i], name) == 0 && g_ascii_islower (name[0]))
      return merge (self, merges[i], arguments);
  if (info == NULL)
    return near != NULL
               ? strata_python_reader_fail (self, "there is no %s called %s; is %s meant?", strata_kind_get_name (kind),
                                            name, near)
               : strata_python_reader_fail (self, "there is no %s called %s", strata_kind_get_name (kind), name);
  if (kind == STRATA_KIND_LAYER)
    return make_layer (self, name, arguments);
  if (kind == STRATA_KIND_ACTIVATION)
    return strata_python_call_function (self, path, arguments);
  config = make_config (self, kind, info, arguments);
  if (config == NULL)
    return NULL;
  object = strata_object_new (kind, info->name, config, &error);
  return object != NULL ? strata_python_data_new_object (object)
                        : strata_python_reader_give_up (self, arguments->line, error);
}

/* The shape with the batch, from either way of giving it. */
static gboolean
read_input_shape (StrataPythonArguments  *arguments,
                  StrataShape            *shape,
                  GError                **error)
{
  StrataPythonData *whole = strata_python_arguments_get (arguments, "batch_shape", -1);
  StrataPythonData *sample = strata_python_arguments_get (arguments, "shape", 0),
                   *batch = strata_python_arguments_get (arguments, "batch_size", 1);
  g_autoptr (JsonNode) json = NULL, size = NULL;

  if (whole == NULL && sample == NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "an input needs a shape, such as shape=(784,)");
      return FALSE;
    }
  json = strata_python_data_to_json (whole != NULL ? whole : sample, error);
  if (json == NULL || !strata_shape_from_json (json, shape, error))
    return FALSE;
  if (whole != NULL)
    return TRUE;
  size = batch != NULL ? strata_python_data_to_json (batch, error) : json_node_init_null (json_node_alloc ());
  if (size == NULL)
    return FALSE;
  strata_shape_insert (shape, 0, strata_json_is_number (size) ? json_node_get_int (size) : -1);
  return TRUE;
}

/* The input as files have it: Keras keeps types that nothing is computed in here, such as float64. */
static StrataSymbol *
new_input (const char         *name,
           const StrataShape  *shape,
           StrataPythonData   *dtype,
           GError            **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (StrataSite) site = NULL;
  JsonNode *type;

  json_object_set_string_member (config, "name", name);
  json_object_set_member (config, "batch_shape", strata_shape_to_json (shape));
  if (dtype != NULL && !strata_python_data_is_none (dtype))
    {
      type = strata_python_data_to_json (dtype, error);
      if (type == NULL)
        return NULL;
      json_object_set_member (config, "dtype", type);
    }
  layer = strata_layer_new ("InputLayer", config, error);
  site = layer != NULL ? strata_layer_connect_full (layer, NULL, 0, NULL, NULL, error) : NULL;
  return site != NULL ? strata_site_get_output (site, 0) : NULL;
}

static StrataPythonData *
make_input (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  StrataPythonData *name = strata_python_arguments_get (arguments, "name", -1);
  g_autofree char *made_up = NULL;
  const char *given = name != NULL && name->kind == STRATA_PYTHON_PLAIN && strata_json_is_string (name->plain)
                          ? json_node_get_string (name->plain)
                          : NULL;
  StrataSymbol *symbol;
  StrataShape shape;
  GError *error = NULL;

  if (!read_input_shape (arguments, &shape, &error))
    return strata_python_reader_give_up (self, arguments->line, error);
  if (given == NULL)
    given = made_up = strata_python_reader_next_name (self, "InputLayer");
  symbol = new_input (given, &shape, strata_python_arguments_get (arguments, "dtype", 2), &error);
  if (symbol == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  strata_python_reader_note (self, symbol->layer, 0, arguments->line, made_up == NULL);
  return strata_python_data_new_tensor (symbol);
}

/* An array of numbers that are written out. */
static StrataPythonData *
make_array (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  StrataPythonData *value = strata_python_arguments_get (arguments, "x", 0),
                   *dtype = strata_python_arguments_get (arguments, "dtype", 1);
  JsonObject *array = json_object_new (), *config = json_object_new ();
  g_autoptr (JsonNode) node = strata_json_wrap (array);
  GError *error = NULL;
  JsonNode *member;

  json_object_set_string_member (array, "class_name", "__tensor__");
  json_object_set_object_member (array, "config", config);
  if (value == NULL)
    return strata_python_reader_fail (self, "the numbers of an array are missing");
  member = strata_python_data_to_json (value, &error);
  if (member == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  json_object_set_member (config, "value", member);
  member = dtype != NULL ? strata_python_data_to_json (dtype, &error)
                         : json_node_init_string (json_node_alloc (), "float32");
  if (member == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  json_object_set_member (config, "dtype", member);
  return strata_python_data_new_plain (g_steal_pointer (&node));
}

/* The layers of published networks live in modules of those. */
static gboolean
is_own_module (const char *path)
{
  const char *name = strrchr (path, '.');
  const StrataObjectInfo *info = name != NULL ? strata_registry_lookup (STRATA_KIND_LAYER, name + 1) : NULL;

  return info != NULL && info->module != NULL && strlen (info->module) == (gsize) (name - path) &&
         g_str_has_prefix (path, info->module);
}

/**
 * strata_python_make: (skip)
 * @path: a class or function of Keras, such as "keras.layers.Dense"
 *
 * Returns: (transfer full): what it makes
 */
StrataPythonData *
strata_python_make (StrataPythonReader    *self,
                    const char            *path,
                    StrataPythonArguments *arguments)
{
  static const char *const inputs[] = { "keras.Input", "keras.layers.Input", "keras.layers.InputLayer", NULL };
  static const char *const sequentials[] = { "keras.Sequential", "keras.models.Sequential", NULL };
  static const char *const functionals[] = { "keras.Model", "keras.models.Model", "keras.Functional", NULL };
  static const char *const described[] = { "keras.saving.deserialize_keras_object", "keras.layers.deserialize", NULL };

  if (is_one_of (path, inputs))
    return make_input (self, arguments);
  if (is_one_of (path, sequentials))
    return strata_python_make_sequential (self, arguments);
  if (is_one_of (path, functionals))
    return strata_python_make_functional (self, arguments);
  if (is_one_of (path, described) && arguments->positional->len == 1)
    return strata_python_data_ref (g_ptr_array_index (arguments->positional, 0));
  if (g_str_equal (path, "keras.ops.convert_to_tensor"))
    return make_array (self, arguments);
  if (g_str_equal (path, "keras.backend.clear_session"))
    {
      g_hash_table_remove_all (self->counts);
      return strata_python_data_new_none ();
    }
  if (g_str_has_prefix (path, "keras.ops."))
    return strata_python_call_function (self, path, arguments);
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (g_str_has_prefix (path, modules[i].module))
      return make_from_registry (self, modules[i].kind, path, path + strlen (modules[i].module), arguments);
  if (is_own_module (path))
    return make_layer (self, strrchr (path, '.') + 1, arguments);
  if (g_str_has_prefix (path, STRATA_PYTHON_APPLICATIONS))
    return strata_python_call_application (self, path, arguments);
  return strata_python_reader_fail (
      self, "“%s” is not understood: the code is not run, and may only use Keras's layers and models", path);
}
