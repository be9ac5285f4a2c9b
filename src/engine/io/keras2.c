/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/config-private.h"

/* What Keras 2 called things that Keras 3 calls otherwise. */
typedef struct
{
  const char *class_name; /* NULL for all */
  const char *old_name, *new_name;
} Rename;

static const Rename renames[] = {
  { "InputLayer", "batch_input_shape", "batch_shape" },
  { "LeakyReLU", "alpha", "negative_slope" },
  { "SimpleRNN", "time_major", NULL },
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
  { "LSTMV2", "LSTM" },
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
