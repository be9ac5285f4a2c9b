/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/keras/config-private.h"

/* What Keras 2 called things that Keras 3 calls otherwise. */
typedef struct
{
  const char *class_name; /* NULL for all */
  const char *old_name, *new_name;
} Rename;

static const Rename renames[] = {
  { "InputLayer", "batch_input_shape", "batch_shape" },
  { "LeakyReLU", "alpha", "negative_slope" },
  { "ReLU", "theta", "threshold" },
  { NULL, "batch_input_shape", NULL },
};

static const struct
{
  const char *old_class, *new_class;
} classes[] = {
  { "BatchNormalizationV1", "BatchNormalization" }, { "BatchNormalizationV2", "BatchNormalization" },
  { "Convolution1D", "Conv1D" },                    { "Convolution2D", "Conv2D" },
  { "Convolution3D", "Conv3D" },                    { "GRUV1", "GRU" },
  { "LSTMV1", "LSTM" },                             { "GRUV2", "GRU" },
  { "LSTMV2", "LSTM" },                             { "CuDNNLSTM", "LSTM" },
  { "CuDNNGRU", "GRU" },                            { "ThresholdedReLU", "ReLU" },
  { "SyncBatchNormalization", "BatchNormalization" },
};

/**
 * strata_keras2_class: (skip)
 *
 * Returns: (transfer none): what Keras 3 calls a layer's class
 */
const char *
strata_keras2_class (const char *class_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].old_class, class_name))
      return classes[i].new_class;
  return class_name;
}

/* The axis of a normalization was a list, even of one. */
static void
simplify_axis (JsonObject *config)
{
  JsonArray *axes = strata_json_get_array (config, "axis");

  if (axes != NULL && json_array_get_length (axes) == 1 && strata_json_is_number (json_array_get_element (axes, 0)))
    json_object_set_int_member (config, "axis", json_array_get_int_element (axes, 0));
}

/* A policy was an object of another class, or a name. */
static void
simplify_policy (JsonObject *config)
{
  JsonObject *policy = strata_json_get_object (config, "dtype");
  JsonObject *inner = policy != NULL ? strata_json_get_object (policy, "config") : NULL;
  const char *name = inner != NULL ? strata_json_get_string (inner, "name", NULL) : NULL;

  if (policy != NULL && g_strcmp0 (strata_json_get_string (policy, "class_name", NULL), "Policy") == 0 && name != NULL)
    {
      g_autofree char *copy = g_strdup (name);

      json_object_set_string_member (config, "dtype", copy);
    }
}

static gboolean
applies (const Rename *rename,
         const char   *class_name)
{
  return rename->class_name == NULL || g_str_equal (rename->class_name, class_name);
}

/**
 * strata_keras2_upgrade: (skip)
 * @class_name: a layer's class
 * @config: its config as Keras 2 or 3 wrote it
 *
 * Returns: (transfer full): the config as Keras 3 has it
 */
JsonObject *
strata_keras2_upgrade (const char *class_name,
                       JsonObject *config)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (config);

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (copy, l->data, json_node_copy (json_object_get_member (config, l->data)));
  for (guint i = 0; i < G_N_ELEMENTS (renames); i++)
    {
      const Rename *rename = &renames[i];
      JsonNode *value = json_object_get_member (copy, rename->old_name);

      if (value == NULL || !applies (rename, class_name))
        continue;
      if (rename->new_name != NULL && !json_object_has_member (copy, rename->new_name))
        json_object_set_member (copy, rename->new_name, json_node_copy (value));
      json_object_remove_member (copy, rename->old_name);
    }
  if (g_str_equal (class_name, "BatchNormalization"))
    simplify_axis (copy);
  simplify_policy (copy);
  return copy;
}

static gboolean
has_member_inside (JsonNode   *node,
                   const char *name)
{
  g_autoptr (GList) children = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), name))
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    children = json_object_get_values (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));
  for (GList *l = children; l != NULL; l = l->next)
    if (has_member_inside (l->data, name))
      return TRUE;
  return FALSE;
}

/* Which version wrote the model. Files tell; where they do not, members tell that only older ones had. */
static int
get_version (JsonNode *root)
{
  const char *version = JSON_NODE_HOLDS_OBJECT (root)
                        ? strata_json_get_string (json_node_get_object (root), "keras_version", NULL) : NULL;

  if (version != NULL)
    return version[0] - '0';
  if (has_member_inside (root, "W_regularizer") || has_member_inside (root, "border_mode"))
    return 1;
  return has_member_inside (root, "batch_input_shape") ? 2 : 3;
}

/* hard_sigmoid was steeper than Keras 3's. */
static JsonNode *
new_steep_sigmoid (void)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();

  json_object_set_double_member (config, "slope", 0.2);
  json_object_set_string_member (object, "class_name", "hard_sigmoid");
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

/* What is told by the class and not by the config, or was meant when nothing was told. */
static void
adapt_config (const char *class_name,
              JsonObject *config)
{
  if (g_str_equal (class_name, "CuDNNGRU"))
    json_object_set_boolean_member (config, "reset_after", TRUE);
  else if (g_str_has_prefix (class_name, "GRU") && !json_object_has_member (config, "reset_after") &&
           json_object_has_member (config, "units"))
    json_object_set_boolean_member (config, "reset_after", FALSE);
  else if (g_str_equal (class_name, "LeakyReLU") && json_object_has_member (config, "alpha"))
    json_object_set_member (config, "negative_slope", json_node_copy (json_object_get_member (config, "alpha")));
}

static JsonNode *
describe_layer (const char *class_name,
                JsonObject *config)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

/* RandomCrop left images whole after training since Keras 3; before, it cut the largest part of the wanted proportions
 * out of the middle, and resized it. That is done here behind it, where it changes nothing while training. */
static void
adapt_random_crop (JsonObject *object,
                   JsonObject *config)
{
  static const char *const moved[] = { "height", "width", "seed" };
  JsonObject *crop = json_object_new (), *resize = json_object_new ();
  JsonArray *layers = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    if (json_object_has_member (config, moved[i]))
      {
        json_object_set_member (crop, moved[i], json_node_copy (json_object_get_member (config, moved[i])));
        if (!g_str_equal (moved[i], "seed"))
          json_object_set_member (resize, moved[i], json_node_copy (json_object_get_member (config, moved[i])));
        json_object_remove_member (config, moved[i]);
      }
  json_object_set_boolean_member (resize, "crop_to_aspect_ratio", TRUE);
  json_array_add_element (layers, describe_layer ("RandomCrop", crop));
  json_array_add_element (layers, describe_layer ("Resizing", resize));
  json_object_set_array_member (config, "layers", layers);
  json_object_remove_member (config, "dtype");
  json_object_remove_member (config, "trainable");
  json_object_set_string_member (object, "class_name", "Pipeline");
}

static JsonNode *
adapt (JsonNode   *node,
       const char *name)
{
  if (strata_json_is_string (node) && g_str_has_suffix (name, "activation") &&
      g_str_equal (json_node_get_string (node), "hard_sigmoid"))
    return new_steep_sigmoid ();
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (source); i++)
        {
          JsonObject *layer = strata_json_element_object (source, i);

          if (layer == NULL || !strata_keras2_translate (layer, array))
            json_array_add_element (array, adapt (json_array_get_element (source, i), ""));
        }
      json_node_take_array (copy, array);
      return copy;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *source = json_node_get_object (node), *object = json_object_new (), *config;
      g_autoptr (GList) members = json_object_get_members (source);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data, adapt (json_object_get_member (source, l->data), l->data));
      config = strata_json_get_object (object, "config");
      if (config != NULL)
        adapt_config (strata_json_get_string (object, "class_name", ""), config);
      if (config != NULL && g_strcmp0 (strata_json_get_string (object, "class_name", NULL), "RandomCrop") == 0)
        adapt_random_crop (object, config);
      return strata_json_wrap (object);
    }
  return json_node_copy (node);
}

/**
 * strata_keras2_adapt: (skip)
 * @root: a whole model's config
 *
 * Returns: (transfer full): the same, with what meant something else in Keras 1 or 2 spelled out
 */
JsonNode *
strata_keras2_adapt (JsonNode *root)
{
  int version = get_version (root);
  g_autoptr (JsonNode) second = version == 1 ? strata_keras1_adapt (root) : json_node_ref (root);

  return version == 1 || version == 2 ? adapt (second, "") : g_steal_pointer (&second);
}
