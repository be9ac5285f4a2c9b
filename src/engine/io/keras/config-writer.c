/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/json.h"
#include "base/policy.h"
#include "io/keras/config-private.h"
#include "layers/core/input-layer.h"
#include "layers/operator.h"
#include "models/functional.h"
#include "models/sequential.h"

/* A model that another one has inside knows nothing of this number; models nest by what people draw. */
#define MAX_NESTING 32

static JsonObject *write_model (StrataModel *model);

/* What the layer was built for: Keras builds layers by it whose shapes nothing else tells. */
static void
add_build_config (JsonObject  *object,
                  StrataLayer *layer)
{
  guint n;
  const StrataSpec *specs = strata_layer_get_build_inputs (layer, &n);
  JsonObject *config;
  JsonArray *shapes;

  if (!strata_layer_is_built (layer) || n == 0)
    return;
  if (n > 1 && !(STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MERGES))
    return;
  config = json_object_new ();
  json_object_set_object_member (object, "build_config", config);
  if (!(STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MERGES))
    {
      json_object_set_member (config, "input_shape", strata_shape_to_json (&specs[0].shape));
      return;
    }
  shapes = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (shapes, strata_shape_to_json (&specs[i].shape));
  json_object_set_array_member (config, "input_shape", shapes);
}

/* InputLayer is the one layer that has no policy, nor can be frozen. */
static JsonObject *
write_input_layer (StrataLayer *layer)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();
  g_autoptr (JsonNode) shape = strata_object_get_param (STRATA_OBJECT (layer), "batch_shape");
  g_autoptr (JsonNode) dtype = strata_object_get_param (STRATA_OBJECT (layer), "dtype");

  json_object_set_member (config, "batch_shape", json_node_copy (shape));
  json_object_set_string_member (config, "dtype",
                                 strata_json_is_string (dtype) ? json_node_get_string (dtype) : "float32");
  json_object_set_boolean_member (config, "sparse", FALSE);
  json_object_set_boolean_member (config, "ragged", FALSE);
  json_object_set_string_member (config, "name", strata_layer_get_name (layer));
  json_object_set_boolean_member (config, "optional", FALSE);
  json_object_set_string_member (object, "module", "keras.layers");
  json_object_set_string_member (object, "class_name", "InputLayer");
  json_object_set_object_member (object, "config", config);
  json_object_set_null_member (object, "registered_name");
  return object;
}

static JsonObject *
write_operator (StrataOperator *operator)
{
  JsonObject *object = json_object_new ();
  const char *class_name = strata_object_get_class_name (STRATA_OBJECT (operator));

  json_object_set_string_member (object, "module", strata_operator_get_module (operator));
  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", strata_operator_dup_config (operator));
  json_object_set_string_member (object, "registered_name", class_name);
  return object;
}

/**
 * strata_config_write_layer: (skip)
 *
 * Returns: (transfer full): a layer, or a model in its place, as Keras 3 writes it
 */
JsonObject *
strata_config_write_layer (StrataLayer *layer)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (STRATA_IS_MODEL (layer))
    return write_model (STRATA_MODEL (layer));
  if (strata_is_input_layer (layer))
    return write_input_layer (layer);
  if (STRATA_IS_OPERATOR (layer))
    return write_operator (STRATA_OPERATOR (layer));
  node = strata_object_serialize (STRATA_OBJECT (layer));
  object = json_object_ref (json_node_get_object (node));
  add_build_config (object, layer);
  return object;
}

static void
write_sequential (StrataSequential *model,
                  JsonObject       *config)
{
  StrataLayer *input = strata_sequential_get_input_layer (model);
  JsonArray *layers = json_array_new ();

  json_object_set_object_member (config, "dtype", strata_policy_new ("float32"));
  json_object_set_array_member (config, "layers", layers);
  if (input != NULL)
    json_array_add_object_element (layers, write_input_layer (input));
  for (guint i = 0; i < strata_model_get_n_layers (STRATA_MODEL (model)); i++)
    json_array_add_object_element (layers,
                                   strata_config_write_layer (strata_model_get_layer (STRATA_MODEL (model), i)));
  if (strata_model_get_n_inputs (STRATA_MODEL (model)) == 1)
    json_object_set_member (config, "build_input_shape",
                            strata_shape_to_json (&strata_model_get_input_spec (STRATA_MODEL (model), 0)->shape));
}

static JsonObject *
write_model (StrataModel *model)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();
  gboolean functional = STRATA_IS_FUNCTIONAL (model);

  json_object_set_string_member (object, "module", functional ? "keras.src.models.functional" : "keras");
  json_object_set_string_member (object, "class_name", functional ? "Functional" : "Sequential");
  json_object_set_object_member (object, "config", config);
  if (functional)
    json_object_set_string_member (object, "registered_name", "Functional");
  else
    json_object_set_null_member (object, "registered_name");
  json_object_set_string_member (config, "name", strata_layer_get_name (STRATA_LAYER (model)));
  json_object_set_boolean_member (config, "trainable", strata_layer_get_trainable (STRATA_LAYER (model)));
  if (functional)
    strata_config_write_functional (STRATA_FUNCTIONAL (model), config);
  else
    write_sequential (STRATA_SEQUENTIAL (model), config);
  add_build_config (object, STRATA_LAYER (model));
  json_object_set_object_member (object, "compile_config", json_object_new ());
  return object;
}

/* Files cannot hold what only a program knows: layers and models of classes of its own. */
static gboolean
check_layer (StrataLayer  *layer,
             guint         depth,
             GError      **error)
{
  gboolean model = STRATA_IS_MODEL (layer);

  if (model ? !STRATA_IS_FUNCTIONAL (layer) && !STRATA_IS_SEQUENTIAL (layer)
            : !STRATA_IS_OPERATOR (layer) && strata_layer_get_info (layer) == NULL)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                        model ? N_("The model “%s” is of the class %s, which is defined in a program: Keras's files "
                                   "cannot hold it")
                              : N_("The layer “%s” is of the class %s, which is defined in a program: Keras's files "
                                   "cannot hold it"),
                        strata_layer_get_name (layer),
                        strata_object_get_class_name (STRATA_OBJECT (layer)));
      return FALSE;
    }
  if (depth > MAX_NESTING)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The model “%s” has models in models more than %d deep",
                        strata_layer_get_name (layer), MAX_NESTING);
      return FALSE;
    }
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (!check_layer (strata_layer_get_child (layer, i, NULL), depth + model, error))
      return FALSE;
  return TRUE;
}

/**
 * strata_config_write_model: (skip)
 *
 * Returns: (transfer full): a model's architecture as Keras 3 writes it
 */
JsonNode *
strata_config_write_model (StrataModel  *model,
                           GError      **error)
{
  return check_layer (STRATA_LAYER (model), 0, error) ? strata_json_wrap (write_model (model)) : NULL;
}

/* The optimizer as it is now: training may have changed its rate. */
static JsonNode *
write_optimizer (StrataOptimizer *optimizer)
{
  JsonNode *node = strata_object_serialize (STRATA_OBJECT (optimizer));
  JsonObject *config = strata_json_get_object (json_node_get_object (node), "config");

  if (config != NULL && strata_json_is_number (json_object_get_member (config, "learning_rate")))
    json_object_set_double_member (config, "learning_rate", strata_optimizer_get_rate (optimizer));
  return node;
}

static JsonObject *
write_compile_config (StrataModel *model)
{
  static const char *const members[] = { "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly",
                                         "steps_per_execution", "jit_compile" };
  JsonObject *source = strata_model_get_compile_config (model), *config = json_object_new ();

  json_object_set_member (config, "optimizer", write_optimizer (strata_model_get_optimizer (model)));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (source, members[i]);

      if (node != NULL)
        json_object_set_member (config, members[i], json_node_copy (node));
    }
  if (!json_object_has_member (config, "run_eagerly"))
    json_object_set_boolean_member (config, "run_eagerly", FALSE);
  /* tf-keras leaves it open, which Keras 3 cannot read. */
  if (!strata_json_is_number (json_object_get_member (config, "steps_per_execution")))
    json_object_set_int_member (config, "steps_per_execution", 1);
  if (!json_object_has_member (config, "jit_compile"))
    json_object_set_boolean_member (config, "jit_compile", FALSE);
  return config;
}

/**
 * strata_model_to_config:
 *
 * Returns: (transfer full): the model as Keras 3 writes it: architecture, and what it was compiled with
 */
JsonNode *
strata_model_to_config (StrataModel  *model,
                        GError      **error)
{
  JsonNode *node = strata_config_write_model (model, error);

  if (node != NULL && strata_model_is_compiled (model))
    json_object_set_object_member (json_node_get_object (node), "compile_config", write_compile_config (model));
  return node;
}

/**
 * strata_model_to_json:
 *
 * Returns: (transfer full): what Keras's to_json() returns, with vocabularies that were learned, which Keras leaves out
 */
char *
strata_model_to_json (StrataModel  *model,
                      GError      **error)
{
  g_autoptr (JsonNode) node = strata_model_to_config (model, error);

  if (node == NULL)
    return NULL;
  strata_config_add_learned (model, node);
  return strata_json_to_text (node, TRUE);
}
