/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>

#include "base/foreign.h"
#include "base/registry.h"
#include "io/keras/config-private.h"
#include "layers/core/input-layer.h"
#include "layers/freezing.h"
#include "layers/operator.h"
#include "models/sequential.h"

#define MAX_NESTING 32
#define MAX_LAYERS 100000

static gboolean
is_model_class (const char *class_name)
{
  return g_str_equal (class_name, "Sequential") || g_str_equal (class_name, "Functional") ||
         g_str_equal (class_name, "Model");
}

/* Builds a sequential model that does not begin with an input, if anything tells its shape. */
static gboolean
build_by_shape (StrataModel  *model,
                JsonNode     *shape,
                GError      **error)
{
  StrataSpec spec = { .dtype = STRATA_FLOAT32 };

  if (strata_layer_is_built (STRATA_LAYER (model)) || strata_model_get_n_layers (model) == 0)
    return TRUE;
  if (shape != NULL && strata_shape_from_json (shape, &spec.shape, NULL) && spec.shape.rank > 0)
    return strata_layer_build (STRATA_LAYER (model), &spec, 1, error);
  if (STRATA_IS_MODEL (strata_model_get_layer (model, 0)))
    {
      StrataModel *first = STRATA_MODEL (strata_model_get_layer (model, 0));

      if (strata_model_get_n_inputs (first) == 1)
        return strata_layer_build (STRATA_LAYER (model), strata_model_get_input_spec (first, 0), 1, error);
    }
  return TRUE;
}

/* Keras 2 wrote the input's shape into the first layer. */
static gboolean
add_input_of (StrataSequential  *model,
              JsonObject        *object,
              GError           **error)
{
  JsonObject *config = strata_json_get_object (object, "config");
  JsonNode *shape = config != NULL ? json_object_get_member (config, "batch_input_shape") : NULL;
  g_autoptr (JsonObject) input = NULL;
  g_autoptr (StrataLayer) layer = NULL;
  const char *dtype;

  if (shape == NULL || g_strcmp0 (strata_json_get_string (object, "class_name", NULL), "InputLayer") == 0)
    return TRUE;
  dtype = strata_json_get_string (config, "dtype", "float32");
  input = json_object_new ();
  json_object_set_member (input, "batch_shape", json_node_copy (shape));
  json_object_set_string_member (input, "dtype", dtype);
  layer = strata_layer_new ("InputLayer", input, error);
  return layer != NULL && strata_sequential_add (model, layer, error);
}

static StrataModel *
read_sequential (StrataConfigReader  *self,
                 JsonNode            *node,
                 GError             **error)
{
  JsonObject *config = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *layers = config != NULL ? strata_json_get_array (config, "layers") : NULL;
  g_autoptr (StrataModel) model = strata_sequential_new (config != NULL
                                                         ? strata_json_get_string (config, "name", NULL) : NULL);

  if (layers == NULL && JSON_NODE_HOLDS_ARRAY (node))
    layers = json_node_get_array (node);
  if (layers == NULL || json_array_get_length (layers) > MAX_LAYERS)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A sequential model has no list of layers");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      JsonObject *object = strata_json_element_object (layers, i);
      g_autoptr (StrataLayer) layer = NULL;

      if (object == NULL)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "Layer %u of a sequential model is not described by an object",
                            i + 1);
          return NULL;
        }
      if (i == 0 && !add_input_of (STRATA_SEQUENTIAL (model), object, error))
        return NULL;
      layer = strata_config_read_layer (self, object, error);
      if (layer == NULL || !strata_sequential_add (STRATA_SEQUENTIAL (model), layer, error))
        return NULL;
    }
  if (!build_by_shape (model, config != NULL ? json_object_get_member (config, "build_input_shape") : NULL, error))
    return NULL;
  return g_steal_pointer (&model);
}

static StrataModel *
read_model (StrataConfigReader  *self,
            const char          *class_name,
            JsonObject          *object,
            GError             **error)
{
  JsonNode *node = json_object_get_member (object, "config");
  JsonObject *config = strata_json_get_object (object, "config");
  g_autoptr (StrataModel) model = NULL;

  if (self->depth >= MAX_NESTING)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "Models are in models more than %d deep", MAX_NESTING);
      return NULL;
    }
  if (node == NULL || (config == NULL && !g_str_equal (class_name, "Sequential")))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A model has no config");
      return NULL;
    }

  self->depth++;
  model = g_str_equal (class_name, "Sequential") ? read_sequential (self, node, error)
                                                 : strata_config_read_functional (self, config, error);
  self->depth--;
  if (model == NULL)
    {
      if (config != NULL && strata_json_get_string (config, "name", NULL) != NULL)
        g_prefix_error (error, _("Model “%.200s”: "), strata_json_get_string (config, "name", NULL));
      return NULL;
    }
  if (config != NULL && !strata_json_get_bool (config, "trainable", TRUE))
    strata_layer_set_trainable_apart (STRATA_LAYER (model), FALSE);
  return g_steal_pointer (&model);
}

/* `x * 2` in Python leaves a Multiply that is not the layer Multiply. Legacy files do not name its module, but a
 * layer's config tells whether it is trained. */
static gboolean
is_operator (const char *class_name,
             JsonObject *object)
{
  const char *module = strata_json_get_string (object, "module", NULL);
  JsonObject *config = strata_json_get_object (object, "config");

  if (module != NULL)
    return g_str_has_prefix (module, "keras.src.ops.") || g_str_has_prefix (module, "keras.src.activations.");
  return strata_operator_is_known (class_name) && config != NULL && !json_object_has_member (config, "trainable") &&
         (json_object_has_member (config, "name") || strata_registry_lookup (STRATA_KIND_LAYER, class_name) == NULL);
}

/* Says what can be done about a class that Strata does not know. */
static void
refuse_class (const char  *class_name,
              const char  *name,
              JsonObject  *object,
              GError     **error)
{
  const char *near = strata_registry_suggest (STRATA_KIND_LAYER, class_name);
  g_autofree char *function = strata_keras2_function (object);

  if (function != NULL)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The layer “%.200s” calls TensorFlow's %.200s, which none of "
                      "Keras 3's operations stands for; in Keras, put built-in layers in its place and save the model "
                      "again", name, function);
  else if (g_str_equal (class_name, "__lambda__"))
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The layer “%.200s” is Python code (%s), which Strata does not "
                      "run; in Keras, put built-in layers in its place and save the model again", name, class_name);
  else if (is_operator (class_name, object) && strata_operator_explain (class_name) != NULL)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "“%.200s” is Keras's operation %.200s, which cannot be used: %s",
                      name, class_name, strata_operator_explain (class_name));
  else if (strata_foreign_layer (class_name) != NULL)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The layer “%.200s”: %s", name,
                      strata_foreign_layer (class_name));
  else if (near != NULL)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                      "The layer “%.200s” is of the class %.200s, which is not a layer "
                      "that Strata has (the nearest is %s); if it is a class of your own, put built-in layers in its "
                      "place and save the model again", name, class_name, near);
  else
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                      "The layer “%.200s” is of the class %.200s, which is not a layer "
                      "that Strata has; if it is a class of your own, put built-in layers in its place and save the "
                      "model again", name, class_name);
}

static StrataLayer *
read_plain (const char  *class_name,
            JsonObject  *object,
            GError     **error)
{
  JsonObject *given = strata_json_get_object (object, "config");
  g_autoptr (JsonObject) config = NULL;
  const char *known = strata_keras2_class (class_name);
  const char *name = strata_json_get_string (object, "name", NULL);
  StrataLayer *layer;

  if (given == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A layer of the class %.200s has no config", class_name);
      return NULL;
    }
  name = strata_json_get_string (given, "name", name != NULL ? name : class_name);
  if (is_operator (class_name, object) && strata_operator_is_known (class_name))
    return strata_operator_new (class_name, given, error);
  if (is_operator (class_name, object) || strata_registry_lookup (STRATA_KIND_LAYER, known) == NULL)
    {
      refuse_class (class_name, name, object, error);
      return NULL;
    }
  config = strata_keras2_upgrade (known, given);
  layer = strata_layer_new (known, config, error);
  if (layer == NULL)
    g_prefix_error (error, _("The layer “%.200s”: "), name);
  return layer;
}

/**
 * strata_config_read_layer: (skip)
 * @object: a layer or a model, with its class and config
 *
 * Returns: (transfer full): the layer, not called on anything yet
 */
StrataLayer *
strata_config_read_layer (StrataConfigReader  *self,
                          JsonObject          *object,
                          GError             **error)
{
  const char *class_name = strata_json_get_string (object, "class_name", NULL);
  gint64 id = strata_json_get_int (object, "shared_object_id", -1);
  StrataLayer *layer;

  if (class_name == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A layer has no class name");
      return NULL;
    }
  layer = id >= 0 ? g_hash_table_lookup (self->shared, &id) : NULL;
  if (layer != NULL && g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), class_name))
    return g_object_ref (layer);

  layer = is_model_class (class_name) ? (StrataLayer *) read_model (self, class_name, object, error)
                                      : read_plain (class_name, object, error);
  if (layer != NULL && id >= 0)
    g_hash_table_insert (self->shared, g_memdup2 (&id, sizeof id), g_object_ref (layer));
  return layer;
}

/**
 * strata_config_thaw: (skip)
 *
 * Forgets of sequential models, which is what Keras does, that they were frozen: their layers say so for themselves.
 */
void
strata_config_thaw (StrataLayer *layer,
                    guint        depth)
{
  if (STRATA_IS_SEQUENTIAL (layer))
    strata_layer_set_trainable_apart (layer, TRUE);
  for (guint i = 0; i < strata_layer_get_n_children (layer) && depth <= MAX_NESTING; i++)
    strata_config_thaw (strata_layer_get_child (layer, i, NULL), depth + 1);
}

/**
 * strata_config_read: (skip)
 *
 * Returns: (transfer full): the model, still frozen as it was when it was written: legacy files have its weights in
 *   that order
 */
StrataModel *
strata_config_read (JsonNode  *node,
                    GError   **error)
{
  StrataConfigReader reader = { 0 };
  g_autoptr (JsonNode) adapted = strata_keras2_adapt (node);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (adapted) ? json_node_get_object (adapted) : NULL;
  const char *class_name = object != NULL ? strata_json_get_string (object, "class_name", NULL) : NULL;
  StrataModel *model;

  if (class_name == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "It is not a Keras model: there is no class name");
      return NULL;
    }
  if (!is_model_class (class_name))
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The model is of the class %.200s, whose code is not in the "
                        "file; only sequential and functional models hold all of themselves", class_name);
      return NULL;
    }

  reader.shared = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  model = read_model (&reader, class_name, object, error);
  g_hash_table_unref (reader.shared);
  if (model != NULL && strata_json_get_object (object, "build_config") != NULL &&
      !build_by_shape (model,
                       json_object_get_member (strata_json_get_object (object, "build_config"), "input_shape"), error))
    g_clear_object (&model);
  return model;
}

/**
 * strata_model_from_config:
 * @node: a model as Keras 3 or Keras 2 writes it
 *
 * Makes the model, not compiled. Code in the config is refused.
 * Returns: (transfer full): the model
 */
StrataModel *
strata_model_from_config (JsonNode  *node,
                          GError   **error)
{
  StrataModel *model = strata_config_read (node, error);

  if (model != NULL)
    strata_config_thaw (STRATA_LAYER (model), 0);
  return model;
}

/**
 * strata_model_from_json:
 * @text: what Keras's to_json() returns
 * @length: bytes of it, or -1
 * @name: what to call it in errors
 *
 * Returns: (transfer full): the model, not compiled
 */
StrataModel *
strata_model_from_json (const char  *text,
                        gssize       length,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (JsonNode) node = strata_json_parse (text, length, error);
  StrataModel *model = node != NULL ? strata_model_from_config (node, error) : NULL;

  if (model == NULL)
    g_prefix_error (error, "“%s”: ", name);
  return model;
}

/**
 * strata_model_config_find_compile:
 * @node: a model as Keras writes it
 *
 * Returns: (transfer none) (nullable): what it was compiled with
 */
JsonObject *
strata_model_config_find_compile (JsonNode *node)
{
  JsonObject *config;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  config = strata_json_get_object (json_node_get_object (node), "compile_config");
  return config != NULL && json_object_get_size (config) > 0 ? config : NULL;
}
