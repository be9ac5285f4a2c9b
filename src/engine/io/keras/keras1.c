/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/keras/config-private.h"

/* What Keras 1 called layers and their parameters. Which is which follows what Keras 2 accepted of it, with a
 * warning. */

static const struct
{
  const char *old_class, *new_class;
} classes[] = {
  { "AtrousConvolution1D", "Conv1D" },     { "AtrousConvolution2D", "Conv2D" },
  { "Convolution1D", "Conv1D" },           { "Convolution2D", "Conv2D" },
  { "Convolution3D", "Conv3D" },           { "Deconvolution2D", "Conv2DTranspose" },
  { "SeparableConvolution2D", "SeparableConv2D" },
};

/* Members of any config, and of those of one class. What has no new name means nothing any more. */
typedef struct
{
  const char *class_name;
  const char *old_name, *new_name;
} Rename;

static const Rename renames[] = {
  { "Embedding", "init", "embeddings_initializer" },
  { "Embedding", "W_regularizer", "embeddings_regularizer" },
  { "Embedding", "W_constraint", "embeddings_constraint" },
  { "PReLU", "init", "alpha_initializer" },
  { "Dropout", "p", "rate" },
  { "SpatialDropout1D", "p", "rate" },
  { "SpatialDropout2D", "p", "rate" },
  { "SpatialDropout3D", "p", "rate" },
  { "GaussianDropout", "p", "rate" },
  { "GaussianNoise", "sigma", "stddev" },
  { "UpSampling1D", "length", "size" },
  { "MaxPooling1D", "pool_length", "pool_size" },
  { "MaxPooling1D", "stride", "strides" },
  { "AveragePooling1D", "pool_length", "pool_size" },
  { "AveragePooling1D", "stride", "strides" },
  { "Conv1D", "filter_length", "kernel_size" },
  { "Dense", "output_dim", "units" },
  { "SimpleRNN", "output_dim", "units" },
  { "LSTM", "output_dim", "units" },
  { "GRU", "output_dim", "units" },
  { "Conv2DTranspose", "output_shape", NULL },
  { "Dense", "input_dim", NULL },
  { "SimpleRNN", "input_dim", NULL },
  { "LSTM", "input_dim", NULL },
  { "GRU", "input_dim", NULL },
  { NULL, "init", "kernel_initializer" },
  { NULL, "inner_init", "recurrent_initializer" },
  { NULL, "inner_activation", "recurrent_activation" },
  { NULL, "W_regularizer", "kernel_regularizer" },
  { NULL, "U_regularizer", "recurrent_regularizer" },
  { NULL, "b_regularizer", "bias_regularizer" },
  { NULL, "W_constraint", "kernel_constraint" },
  { NULL, "b_constraint", "bias_constraint" },
  { NULL, "dropout_W", "dropout" },
  { NULL, "dropout_U", "recurrent_dropout" },
  { NULL, "bias", "use_bias" },
  { NULL, "nb_filter", "filters" },
  { NULL, "border_mode", "padding" },
  { NULL, "subsample", "strides" },
  { NULL, "subsample_length", "strides" },
  { NULL, "atrous_rate", "dilation_rate" },
  { NULL, "gamma_init", "gamma_initializer" },
  { NULL, "beta_init", "beta_initializer" },
  { NULL, "input_dtype", "dtype" },
  { NULL, "consume_less", NULL },
};

static const struct
{
  const char *mode, *class_name;
} merges[] = {
  { "sum", "Add" }, { "mul", "Multiply" }, { "ave", "Average" }, { "max", "Maximum" }, { "concat", "Concatenate" },
  { "dot", "Dot" },
};

static void
rename_members (const char *class_name,
                JsonObject *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (renames); i++)
    {
      const Rename *rename = &renames[i];
      JsonNode *value = json_object_get_member (config, rename->old_name);

      if (value == NULL || (rename->class_name != NULL && !g_str_equal (rename->class_name, class_name)))
        continue;
      if (rename->new_name != NULL && !json_object_has_member (config, rename->new_name))
        json_object_set_member (config, rename->new_name, json_node_copy (value));
      json_object_remove_member (config, rename->old_name);
    }
}

/* Sizes of kernels had a member for each dimension. */
static void
join_sizes (JsonObject *config)
{
  static const char *const sizes[][3] = { { "nb_row", "nb_col", NULL },
                                          { "kernel_dim1", "kernel_dim2", "kernel_dim3" } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      JsonArray *joined;

      if (!json_object_has_member (config, sizes[i][0]))
        continue;
      joined = json_array_new ();
      for (guint k = 0; k < 3 && sizes[i][k] != NULL; k++)
        {
          json_array_add_int_element (joined, strata_json_get_int (config, sizes[i][k], 1));
          json_object_remove_member (config, sizes[i][k]);
        }
      json_object_set_array_member (config, "kernel_size", joined);
    }
}

static void
adapt_words (JsonObject *config)
{
  const char *order = strata_json_get_string (config, "dim_ordering", NULL);
  const char *forget = strata_json_get_string (config, "forget_bias_init", NULL);

  if (json_object_has_member (config, "dim_ordering"))
    {
      json_object_set_string_member (config, "data_format",
                                     g_strcmp0 (order, "th") == 0 ? "channels_first" : "channels_last");
      json_object_remove_member (config, "dim_ordering");
    }
  if (json_object_has_member (config, "forget_bias_init"))
    {
      json_object_set_boolean_member (config, "unit_forget_bias",
                                      g_strcmp0 (forget, "one") == 0 || g_strcmp0 (forget, "ones") == 0);
      json_object_remove_member (config, "forget_bias_init");
    }
}

/* A regularizer or a constraint was one object with its name among the parameters. */
static JsonNode *
adapt_named (JsonObject *object)
{
  static const Rename members[] = { { NULL, "m", "max_value" }, { NULL, "low", "min_value" },
                                    { NULL, "high", "max_value" } };
  const char *name = strata_json_get_string (object, "name", "");
  gboolean penalty = g_str_has_suffix (name, "Regularizer");
  JsonObject *result = json_object_new (), *config = json_object_new ();
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *key = l->data;

      if (g_str_equal (key, "name"))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        if (g_str_equal (key, members[i].old_name))
          key = members[i].new_name;
      json_object_set_member (config, key, json_node_copy (json_object_get_member (object, l->data)));
    }
  json_object_set_string_member (result, "class_name", penalty ? "L1L2" : name);
  json_object_set_object_member (result, "config", config);
  return strata_json_wrap (result);
}

static void
adapt_parts (JsonObject *config)
{
  g_autoptr (GList) keys = json_object_get_members (config);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonObject *part = strata_json_get_object (config, l->data);

      if ((g_str_has_suffix (l->data, "_regularizer") || g_str_has_suffix (l->data, "_constraint")) && part != NULL &&
          json_object_has_member (part, "name") && !json_object_has_member (part, "class_name"))
        json_object_set_member (config, l->data, adapt_named (part));
    }
}

/* What was one layer for all ways to merge. One that has layers of its own, as in sequential models, stays what it
 * is. */
static const char *
adapt_merge (JsonObject *config)
{
  const char *mode = strata_json_get_string (config, "mode", "");

  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    if (g_str_equal (merges[i].mode, mode))
      {
        if (g_str_equal (mode, "concat"))
          json_object_set_int_member (config, "axis", strata_json_get_int (config, "concat_axis", -1));
        if (g_str_equal (mode, "dot") && json_object_has_member (config, "dot_axes"))
          json_object_set_member (config, "axes", json_node_copy (json_object_get_member (config, "dot_axes")));
        return merges[i].class_name;
      }
  return "Merge";
}

/* TimeDistributedDense is what TimeDistributed makes of Dense. */
static void
wrap_dense (JsonObject *object,
            JsonObject *config)
{
  static const char *const outside[] = { "name", "trainable", "batch_input_shape", "input_dtype" };
  JsonObject *outer = json_object_new (), *inner = json_object_new ();

  json_object_set_string_member (inner, "class_name", "Dense");
  json_object_set_object_member (inner, "config", json_object_ref (config));
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    if (json_object_has_member (config, outside[i]))
      {
        json_object_set_member (outer, outside[i], json_node_copy (json_object_get_member (config, outside[i])));
        json_object_remove_member (config, outside[i]);
      }
  json_object_set_object_member (outer, "layer", inner);
  rename_members ("Dense", config);
  adapt_parts (config);
  rename_members ("TimeDistributed", outer);
  json_object_set_string_member (object, "class_name", "TimeDistributed");
  json_object_set_object_member (object, "config", outer);
}

/*
 * MaxoutDense was as many dense layers as it has features, of which the largest at each unit counts: an EinsumDense
 * whose kernel is (features, inputs, units), as it was, and a maximum.
 */
static void
replace_maxout (JsonObject *object,
                JsonObject *config)
{
  static const char *const taken[] = { "nb_feature", "output_dim", "name", "trainable", "input_dim", "bias" };
  g_autofree char *name = g_strdup (strata_json_get_string (config, "name", "maxout"));
  gint64 features = strata_json_get_int (config, "nb_feature", 4);
  gint64 units = strata_json_get_int (config, "output_dim", 1);
  gboolean biased = strata_json_get_bool (config, "bias", TRUE);
  JsonObject *whole = json_object_new (), *dense = json_object_new (), *largest = json_object_new ();
  JsonArray *layers = json_array_new (), *shape = json_array_new ();

  json_object_set_string_member (whole, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    json_object_remove_member (config, taken[i]);
  rename_members ("EinsumDense", config);
  adapt_parts (config);
  json_array_add_int_element (shape, features);
  json_array_add_int_element (shape, units);
  json_object_set_string_member (config, "equation", "ab,cbd->acd");
  json_object_set_array_member (config, "output_shape", shape);
  if (biased)
    json_object_set_string_member (config, "bias_axes", "cd");
  json_object_set_string_member (dense, "class_name", "EinsumDense");
  json_object_set_object_member (dense, "config", json_object_ref (config));
  json_object_set_string_member (largest, "class_name", "GlobalMaxPooling1D");
  json_object_set_object_member (largest, "config", json_object_new ());
  json_array_add_object_element (layers, dense);
  json_array_add_object_element (layers, largest);
  json_object_set_array_member (whole, "layers", layers);
  json_object_set_string_member (object, "class_name", "Sequential");
  json_object_set_object_member (object, "config", whole);
}

static void
adapt_layer (JsonObject *object,
             JsonObject *config)
{
  g_autofree char *given = g_strdup (strata_json_get_string (object, "class_name", ""));
  const char *class_name = given;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].old_class, class_name))
      class_name = classes[i].new_class;
  if (g_str_equal (class_name, "TimeDistributedDense"))
    {
      wrap_dense (object, config);
      return;
    }
  if (g_str_equal (class_name, "MaxoutDense"))
    {
      replace_maxout (object, config);
      return;
    }
  if (g_str_equal (class_name, "Merge"))
    class_name = adapt_merge (config);
  rename_members (class_name, config);
  join_sizes (config);
  adapt_words (config);
  adapt_parts (config);
  json_object_set_string_member (object, "class_name", class_name);
}

static JsonNode *
adapt (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (array, adapt (json_array_get_element (source, i)));
      json_node_take_array (copy, array);
      return copy;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *source = json_node_get_object (node), *object = json_object_new (), *config;
      g_autoptr (GList) members = json_object_get_members (source);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data, adapt (json_object_get_member (source, l->data)));
      config = strata_json_get_object (object, "config");
      if (config != NULL && json_object_has_member (object, "class_name"))
        adapt_layer (object, config);
      return strata_json_wrap (object);
    }
  return json_node_copy (node);
}

/**
 * strata_keras1_adapt: (skip)
 * @root: a whole model's config as Keras 1 wrote it
 *
 * Returns: (transfer full): the same as Keras 2 has it
 */
JsonNode *
strata_keras1_adapt (JsonNode *root)
{
  return adapt (root);
}
