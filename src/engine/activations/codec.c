/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/codec.h"

#include <string.h>

#include "activations/activation.h"
#include "activations/layer-activation.h"
#include "base/json.h"
#include "base/policy.h"
#include "base/registry.h"

/*
 * Keras keeps an activation by its name, and one with parameters as an object that can be called: a layer, as in
 * Dense(3, activation=LeakyReLU(0.1)), or an operation. Keras 2's hard_sigmoid is none of Keras 3's, but a row of two
 * layers that are.
 */

#define LAYER_KEY "strata-activation-layer"

/* The layer that an activation was read from, and what it then was: it is written again as long as it still is that. */
typedef struct
{
  JsonNode *written;
  JsonNode *config;
} Layer;

static void
layer_free (gpointer data)
{
  Layer *self = data;

  json_node_unref (self->written);
  json_node_unref (self->config);
  g_free (self);
}

static JsonNode *
dup_config (StrataObject *object)
{
  return strata_json_wrap (strata_object_get_config (object));
}

static void
remember_layer (StrataObject *object,
                JsonObject   *written)
{
  g_autoptr (JsonNode) node = strata_json_wrap (json_object_ref (written)), config = dup_config (object);
  Layer *layer;

  /* A name says as much as a layer without parameters. */
  if (json_object_get_size (json_node_get_object (config)) == 0)
    return;
  layer = g_new (Layer, 1);
  layer->written = json_node_copy (node);
  layer->config = g_steal_pointer (&config);
  g_object_set_data_full (G_OBJECT (object), LAYER_KEY, layer, layer_free);
}

static JsonNode *
write_layer (StrataObject *object)
{
  Layer *layer = g_object_get_data (G_OBJECT (object), LAYER_KEY);
  g_autoptr (JsonNode) config = layer != NULL ? dup_config (object) : NULL;

  return layer != NULL && json_node_equal (config, layer->config) ? json_node_copy (layer->written) : NULL;
}

static JsonObject *
new_object (const char *module,
            const char *class_name,
            JsonObject *config)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "module", module);
  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", config);
  json_object_set_null_member (object, "registered_name");
  return object;
}

static JsonNode *
write_hard_sigmoid (double slope)
{
  JsonObject *rescaling = json_object_new (), *relu = json_object_new (), *config = json_object_new ();
  JsonArray *layers = json_array_new ();

  json_object_set_double_member (rescaling, "scale", slope);
  json_object_set_double_member (rescaling, "offset", 0.5);
  json_object_set_double_member (relu, "max_value", 1);
  json_array_add_object_element (layers, new_object ("keras.layers", "Rescaling", rescaling));
  json_array_add_object_element (layers, new_object ("keras.layers", "ReLU", relu));
  json_object_set_string_member (config, "name", "hard_sigmoid");
  json_object_set_array_member (config, "layers", layers);
  return strata_json_wrap (new_object ("keras", "Sequential", config));
}

/* What Keras has a layer for is written as one. */
static const struct
{
  const char *name;
  const char *class_name;
  const char *layer_name;
} as_layers[] = {
  { "relu", "ReLU", "re_lu" },
  { "leaky_relu", "LeakyReLU", "leaky_re_lu" },
  { "elu", "ELU", "elu" },
  { "softmax", "Softmax", "softmax" },
  { "linear", "Identity", "identity" },
};

static JsonNode *
write_as_layer (StrataObject *object,
                const char   *name)
{
  const GPtrArray *params = strata_object_get_params (object);
  JsonObject *config;

  for (guint i = 0; i < G_N_ELEMENTS (as_layers); i++)
    {
      if (!g_str_equal (as_layers[i].name, name))
        continue;
      config = json_object_new ();
      json_object_set_string_member (config, "name", as_layers[i].layer_name);
      json_object_set_boolean_member (config, "trainable", TRUE);
      json_object_set_object_member (config, "dtype", strata_policy_new ("float32"));
      for (guint k = 0; k < params->len; k++)
        {
          const char *param = ((const StrataParam *) g_ptr_array_index (params, k))->name;

          json_object_set_member (config, param, strata_object_get_param (object, param));
        }
      return strata_json_wrap (new_object ("keras.layers", as_layers[i].class_name, config));
    }
  return NULL;
}

/* "leaky_relu" is the operation LeakyRelu. */
static char *
make_class_name (const char *name)
{
  GString *class_name = g_string_new (NULL);
  gboolean upper = TRUE;

  for (; *name != '\0'; name++)
    if (*name == '_')
      upper = TRUE;
    else
      {
        g_string_append_c (class_name, upper ? g_ascii_toupper (*name) : *name);
        upper = FALSE;
      }
  return g_string_free (class_name, FALSE);
}

static JsonNode *
write_activation (StrataObject *object)
{
  const char *name = strata_object_get_class_name (object);
  g_autoptr (JsonObject) config = strata_object_get_config (object);
  g_autofree char *class_name = NULL;
  JsonNode *layer = STRATA_IS_LAYER_ACTIVATION (object)
                    ? strata_layer_activation_serialize (STRATA_LAYER_ACTIVATION (object)) : write_layer (object);
  JsonObject *written;

  if (layer != NULL)
    return layer;
  if (json_object_get_size (config) == 0)
    return json_node_init_string (json_node_alloc (), name);
  if (g_str_equal (name, "hard_sigmoid"))
    return write_hard_sigmoid (json_object_get_double_member (config, "slope"));

  layer = write_as_layer (object, name);
  if (layer != NULL)
    return layer;
  class_name = make_class_name (name);
  written = new_object ("keras.src.ops.nn", class_name, json_object_ref (config));
  json_object_set_string_member (written, "registered_name", class_name);
  return strata_json_wrap (written);
}

static JsonObject *
get_layer_config (JsonArray  *layers,
                  guint       i,
                  const char *class_name)
{
  JsonObject *layer = strata_json_element_object (layers, i);

  return layer != NULL && g_strcmp0 (strata_json_get_string (layer, "class_name", NULL), class_name) == 0
           ? strata_json_get_object (layer, "config") : NULL;
}

/* A row of layers: Keras 2's hard_sigmoid. */
static StrataObject *
read_row (JsonArray  *layers,
          GError    **error)
{
  JsonObject *rescaling, *relu;
  g_autoptr (JsonObject) read = NULL;

  if (json_array_get_length (layers) != 2)
    return NULL;
  rescaling = get_layer_config (layers, 0, "Rescaling");
  relu = get_layer_config (layers, 1, "ReLU");
  if (rescaling == NULL || relu == NULL || strata_json_get_double (rescaling, "offset", 0) != 0.5 ||
      strata_json_get_double (relu, "max_value", 0) != 1)
    return NULL;
  read = json_object_new ();
  json_object_set_double_member (read, "slope", strata_json_get_double (rescaling, "scale", 1));
  return strata_object_new (STRATA_KIND_ACTIVATION, "hard_sigmoid", read, error);
}

/* Of these, all but BatchNormalization do the same while training and afterwards, to each sample by itself. */
static gboolean
is_plain (const char *class_name)
{
  const StrataObjectInfo *info = strata_registry_lookup (STRATA_KIND_LAYER, class_name);
  const char *category = info != NULL ? info->category : NULL;

  return g_strcmp0 (category, "Activation") == 0 ||
         (g_strcmp0 (category, "Normalization") == 0 && !g_str_equal (class_name, "BatchNormalization") &&
          !g_str_equal (class_name, "SpectralNormalization"));
}

static StrataObject *
read_learning_layer (JsonObject  *object,
                     GError     **error)
{
  g_autoptr (JsonNode) node = strata_json_wrap (json_object_ref (object));
  g_autoptr (StrataObject) layer = strata_object_deserialize (STRATA_KIND_LAYER, node, error);

  return layer != NULL ? STRATA_OBJECT (strata_layer_activation_new (layer)) : NULL;
}

static StrataObject *
read_layer (JsonObject  *object,
            JsonObject  *config,
            GError     **error)
{
  const char *class_name = strata_json_get_string (object, "class_name", NULL);

  if (g_strcmp0 (class_name, "Activation") == 0 && json_object_has_member (config, "activation"))
    return strata_object_deserialize (STRATA_KIND_ACTIVATION, json_object_get_member (config, "activation"), error);
  if (g_strcmp0 (class_name, "LeakyReLU") == 0 && json_object_has_member (config, "alpha"))
    {
      /* Keras 2's name for it. */
      g_autoptr (JsonObject) renamed = json_object_new ();

      json_object_set_member (renamed, "negative_slope", json_node_copy (json_object_get_member (config, "alpha")));
      return strata_object_new (STRATA_KIND_ACTIVATION, "leaky_relu", renamed, error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (as_layers); i++)
    if (g_strcmp0 (class_name, as_layers[i].class_name) == 0)
      return strata_object_new (STRATA_KIND_ACTIVATION, as_layers[i].name, config, error);
  if (class_name != NULL && is_plain (class_name))
    return read_learning_layer (object, error);
  strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "The layer %s is used as an activation; put it into the model as "
                    "a layer of its own, after this one without an activation", class_name);
  return NULL;
}

static StrataObject *
read_activation (JsonObject  *object,
                 GError     **error)
{
  JsonObject *config = strata_json_get_object (object, "config");
  const char *module = strata_json_get_string (object, "module", NULL);
  JsonArray *layers = config != NULL ? strata_json_get_array (config, "layers") : NULL;
  StrataObject *self;

  if (layers != NULL)
    return read_row (layers, error);
  /* All layers have that one, and no operation. */
  if (config == NULL || !json_object_has_member (config, "trainable"))
    return NULL;
  self = read_layer (object, config, error);
  /* Keras 2 named the type only, and some parameters otherwise. */
  if (self != NULL && !STRATA_IS_LAYER_ACTIVATION (self) && g_strcmp0 (module, "keras.layers") == 0 &&
      strata_json_get_object (config, "dtype") != NULL)
    remember_layer (self, object);
  return self;
}

const StrataCodec strata_activation_codec = {
  .read = read_activation,
  .write = write_activation,
};
