/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "layers/freezing.h"
#include "models/functional.h"
#include "models/sequential.h"

/* How deep lists of tensors may be in lists. */
#define MAX_ARRANGEMENT 8

static char *
take_model_name (StrataPythonReader    *self,
                 StrataPythonArguments *arguments,
                 int                    position,
                 const char            *class_name)
{
  StrataPythonData *name = strata_python_arguments_get (arguments, "name", position);

  if (name != NULL && name->kind == STRATA_PYTHON_PLAIN && strata_json_is_string (name->plain))
    return g_strdup (json_node_get_string (name->plain));
  return strata_python_reader_next_name (self, class_name);
}

static gboolean
add_input_shape (StrataPythonReader  *self,
                 StrataModel         *model,
                 StrataLayer         *layer,
                 GError             **error)
{
  JsonNode *json = g_hash_table_lookup (self->shapes, layer);
  g_autoptr (StrataSymbol) symbol = NULL;
  g_autofree char *name = NULL;
  StrataShape shape;

  if (json == NULL || strata_model_get_n_layers (model) > 0 ||
      strata_sequential_get_input_layer (STRATA_SEQUENTIAL (model)) != NULL)
    return TRUE;
  if (!strata_shape_from_json (json, &shape, error))
    return FALSE;
  name = strata_python_reader_next_name (self, "InputLayer");
  symbol = strata_input (name, STRATA_FLOAT32, &shape, error);
  return symbol != NULL && strata_sequential_add (STRATA_SEQUENTIAL (model), symbol->layer, error);
}

static gboolean
add_to_sequential (StrataPythonReader *self,
                   StrataModel        *model,
                   StrataPythonData   *item,
                   guint               line)
{
  StrataLayer *layer = NULL;
  GError *error = NULL;

  if (item->kind == STRATA_PYTHON_OBJECT && STRATA_IS_LAYER (item->object))
    layer = STRATA_LAYER (item->object);
  else if (item->kind == STRATA_PYTHON_TENSOR &&
           g_str_equal (strata_object_get_class_name (STRATA_OBJECT (item->symbol->layer)), "InputLayer"))
    layer = item->symbol->layer;
  if (layer == NULL)
    {
      strata_python_reader_fail (self, "a Sequential model is made of layers");
      return FALSE;
    }
  if (add_input_shape (self, model, layer, &error) && strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error))
    return TRUE;
  for (guint i = self->origins->len; i > 0; i--)
    if (g_array_index (self->origins, StrataPythonOrigin, i - 1).layer == layer)
      {
        line = g_array_index (self->origins, StrataPythonOrigin, i - 1).line;
        break;
      }
  strata_python_reader_give_up (self, line, error);
  return FALSE;
}

/* Unlike setting it later, this says nothing of the layers. */
static void
take_trainable (StrataPythonArguments *arguments,
                StrataModel           *model)
{
  StrataPythonData *trainable = strata_python_arguments_get (arguments, "trainable", -1);

  if (trainable != NULL && trainable->kind == STRATA_PYTHON_PLAIN &&
      json_node_get_value_type (trainable->plain) == G_TYPE_BOOLEAN)
    strata_layer_set_trainable_apart (STRATA_LAYER (model), json_node_get_boolean (trainable->plain));
}

/* keras.Sequential ([…]) */
StrataPythonData *
strata_python_make_sequential (StrataPythonReader    *self,
                               StrataPythonArguments *arguments)
{
  StrataPythonData *layers = strata_python_arguments_get (arguments, "layers", 0);
  g_autofree char *name = take_model_name (self, arguments, 2, "Sequential");
  g_autoptr (StrataModel) model = strata_sequential_new (name);

  if (layers != NULL && !strata_python_data_is_none (layers) && layers->kind != STRATA_PYTHON_LIST)
    return strata_python_reader_fail (self, "a Sequential model takes a list of layers");
  for (guint i = 0; layers != NULL && layers->items != NULL && i < layers->items->len; i++)
    if (!add_to_sequential (self, model, g_ptr_array_index (layers->items, i), arguments->line))
      return NULL;
  take_trainable (arguments, model);
  return strata_python_data_new_object (g_object_ref (STRATA_OBJECT (model)));
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      keys)
{
  return strcmp (g_ptr_array_index ((GPtrArray *) keys, *(const guint *) a),
                 g_ptr_array_index ((GPtrArray *) keys, *(const guint *) b));
}

/* One tensor, or a list of them, or a dict, by sorted names; and so on inside. */
static JsonNode *
collect_tensors (StrataPythonReader *self,
                 StrataPythonData   *data,
                 const char         *what,
                 guint               depth,
                 GPtrArray          *symbols)
{
  g_autofree guint *places = NULL;
  g_autoptr (JsonNode) node =
      json_node_new (data != NULL && data->kind == STRATA_PYTHON_DICT ? JSON_NODE_OBJECT : JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_node_set_object (node, object);
  else
    json_node_set_array (node, array);
  json_array_unref (array);
  json_object_unref (object);
  if (data != NULL && data->kind == STRATA_PYTHON_TENSOR)
    {
      g_ptr_array_add (symbols, data->symbol);
      json_array_add_string_element (array, strata_layer_get_name (data->symbol->layer));
      return g_steal_pointer (&node);
    }
  if (data == NULL || data->items == NULL || depth > MAX_ARRANGEMENT ||
      !strata_python_reader_spend (self, data->items->len))
    return strata_python_reader_fail (self, "the %s of a model must be tensors", what);

  places = g_new (guint, data->items->len + 1);
  for (guint i = 0; i < data->items->len; i++)
    places[i] = i;
  if (data->keys != NULL)
    g_qsort_with_data (places, data->items->len, sizeof *places, compare_places, data->keys);
  for (guint i = 0; i < data->items->len; i++)
    {
      JsonNode *item = collect_tensors (self, g_ptr_array_index (data->items, places[i]), what, depth + 1, symbols);

      if (item == NULL)
        return NULL;
      if (data->keys != NULL)
        json_object_set_member (object, g_ptr_array_index (data->keys, places[i]), item);
      else
        json_array_add_element (array, item);
    }
  return g_steal_pointer (&node);
}

/* keras.Model (inputs, outputs) */
StrataPythonData *
strata_python_make_functional (StrataPythonReader    *self,
                               StrataPythonArguments *arguments)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new (), outputs = g_ptr_array_new ();
  g_autoptr (JsonNode) into =
      collect_tensors (self, strata_python_arguments_get (arguments, "inputs", 0), "inputs", 0, inputs),
                       from = NULL;
  g_autofree char *name = NULL;
  StrataModel *model;
  GError *error = NULL;

  if (into != NULL)
    from = collect_tensors (self, strata_python_arguments_get (arguments, "outputs", 1), "outputs", 0, outputs);
  if (from == NULL)
    return NULL;
  name = take_model_name (self, arguments, 2, "Functional");
  model = strata_functional_new ((StrataSymbol *const *) inputs->pdata, inputs->len,
                                 (StrataSymbol *const *) outputs->pdata, outputs->len, name, &error);
  if (model == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  strata_functional_set_structures (STRATA_FUNCTIONAL (model), into, from);
  take_trainable (arguments, model);
  return strata_python_data_new_object (STRATA_OBJECT (model));
}

static JsonObject *
make_compile_config (StrataPythonReader    *self,
                     StrataPythonArguments *arguments)
{
  static const char *const names[] = { "optimizer", "loss", "loss_weights", "metrics", "weighted_metrics" };
  g_autoptr (JsonObject) config = json_object_new ();

  for (guint i = 0; i < arguments->positional->len; i++)
    {
      if (i == G_N_ELEMENTS (names))
        return strata_python_reader_fail (self, "compile takes no more than %u arguments without names", i);
      if (!strata_python_add_value (self, config, names[i], g_ptr_array_index (arguments->positional, i),
                                    arguments->line))
        return NULL;
    }
  for (guint i = 0; i < arguments->names->len; i++)
    if (!strata_python_add_value (self, config, g_ptr_array_index (arguments->names, i),
                                  g_ptr_array_index (arguments->values, i), arguments->line))
      return NULL;
  if (!json_object_has_member (config, "optimizer"))
    json_object_set_string_member (config, "optimizer", "rmsprop");
  return g_steal_pointer (&config);
}

/* model.get_layer ("name"), model.get_layer (index=3) */
static StrataPythonData *
get_layer (StrataPythonReader    *self,
           StrataModel           *model,
           StrataPythonArguments *arguments)
{
  StrataPythonData *name = strata_python_arguments_get (arguments, "name", 0),
                   *index = strata_python_arguments_get (arguments, "index", 1);
  const char *wanted = name != NULL ? strata_python_data_get_string (name) : NULL;
  gint64 n = strata_model_get_n_layers (model), i = -1;
  StrataLayer *layer = NULL;

  if (wanted != NULL)
    layer = strata_model_find_layer (model, wanted);
  else if (index != NULL && strata_python_data_is_whole (index))
    {
      i = json_node_get_int (index->plain);
      i += i < 0 ? n : 0;
      layer = i >= 0 && i < n ? strata_model_get_layer (model, i) : NULL;
    }
  else
    return strata_python_reader_fail (self, "get_layer takes a name or an index");
  if (layer != NULL)
    return strata_python_data_new_object (STRATA_OBJECT (g_object_ref (layer)));
  return wanted != NULL ? strata_python_reader_fail (self, "there is no layer “%s” in “%s”", wanted,
                                                     strata_layer_get_name (STRATA_LAYER (model)))
                        : strata_python_reader_fail (self, "“%s” has %u layers",
                                                     strata_layer_get_name (STRATA_LAYER (model)), (guint) n);
}

/**
 * strata_python_call_method: (skip)
 *
 * Returns: (transfer full): what a method of an object returns
 */
StrataPythonData *
strata_python_call_method (StrataPythonReader    *self,
                           StrataPythonData      *method,
                           StrataPythonArguments *arguments)
{
  StrataModel *model = STRATA_IS_MODEL (method->object) ? STRATA_MODEL (method->object) : NULL;

  if (model != NULL && g_str_equal (method->path, "compile"))
    {
      g_autoptr (JsonObject) config = make_compile_config (self, arguments);
      GError *error = NULL;

      if (config == NULL)
        return NULL;
      if (!strata_model_compile (model, config, &error))
        return strata_python_reader_give_up (self, arguments->line, error);
      strata_python_reader_use (self, model);
    }
  else if (STRATA_IS_SEQUENTIAL (model) && g_str_equal (method->path, "add") && arguments->positional->len == 1)
    {
      if (!add_to_sequential (self, model, g_ptr_array_index (arguments->positional, 0), arguments->line))
        return NULL;
    }
  else if (model != NULL && g_str_equal (method->path, "get_layer"))
    return get_layer (self, model, arguments);
  else if (g_str_equal (method->path, "adapt"))
    return strata_python_reader_fail (
        self, "“adapt” is not understood, as no data is read; give the layer what it learns from data, such as "
              "mean and variance");
  else
    return strata_python_reader_fail (
        self, "“%s” is not understood: the code is not run, it only says what the network is", method->path);
  return strata_python_data_new_plain (json_node_init_null (json_node_alloc ()));
}
