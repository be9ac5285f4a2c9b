/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/compile-config.h"

#include <string.h>

#include "base/json.h"
#include "base/registry.h"

/* "Custom>Adam" is what Keras 2 called Adam, and "package>Name" what is registered. */
static const char *
strip_package (const char *class_name)
{
  const char *last = strrchr (class_name, '>');

  return last != NULL ? last + 1 : class_name;
}

/* Words whose meaning only the shapes settle. */
static gboolean
is_settled_later (const char *word)
{
  static const char *const words[] = { "accuracy", "acc", "crossentropy", "ce", NULL };

  return word != NULL && g_strv_contains (words, word);
}

/* @name: (nullable): what it is called in logs; its own name otherwise */
static JsonNode *
make_metric (const StrataObjectInfo *info,
             const char             *name)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();

  json_object_set_string_member (object, "module",
                                 info->module != NULL ? info->module : strata_registry_get_module (STRATA_KIND_METRIC));
  json_object_set_string_member (object, "class_name", info->name);
  json_object_set_null_member (object, "registered_name");
  if (name != NULL)
    json_object_set_string_member (config, "name", name);
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

/* A metric that is a function is in Keras 2's files a wrapper around it, and in Keras 3's where somebody made one. */
static JsonNode *
unwrap_metric (JsonObject *object)
{
  JsonObject *config = strata_json_get_object (object, "config");
  const char *class_name = strata_json_get_string (object, "class_name", "");
  const char *name = config != NULL ? strata_json_get_string (config, "name", NULL) : NULL;
  const char *function = config != NULL ? strata_json_get_string (config, "fn", name) : NULL;
  JsonObject *saved = config != NULL ? strata_json_get_object (config, "fn") : NULL;
  const StrataObjectInfo *info;

  if (saved != NULL)
    function = strata_json_get_string (saved, "config", name);
  if (!g_str_equal (class_name, "MeanMetricWrapper") || function == NULL)
    return NULL;
  if (is_settled_later (name))
    return json_node_init_string (json_node_alloc (), name);
  info = strata_registry_lookup (STRATA_KIND_METRIC, function);
  return info != NULL ? make_metric (info, name) : json_node_init_string (json_node_alloc (), function);
}

static JsonNode *upgrade (JsonNode *node, StrataKind kind, guint depth);

/* Keras 2 had one more way to say what is usual, and told the function that a class of a loss calls. */
static JsonNode *
upgrade_loss (JsonNode *node)
{
  JsonObject *source = json_node_get_object (node), *config = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (source);

  for (GList *l = members; l != NULL; l = l->next)
    if (g_str_equal (l->data, "reduction") && g_strcmp0 (strata_json_get_string (source, l->data, NULL), "auto") == 0)
      json_object_set_string_member (config, l->data, "sum_over_batch_size");
    else if (!g_str_equal (l->data, "fn"))
      json_object_set_member (config, l->data, json_node_copy (json_object_get_member (source, l->data)));
  return strata_json_wrap (config);
}

/* Legacy files tell the class of a loss or metric only, where Keras 3 looks for its module, too. */
static JsonNode *
upgrade_object (JsonObject *source,
                StrataKind  kind,
                guint       depth)
{
  const char *class_name = strata_json_get_string (source, "class_name", NULL);
  const StrataObjectInfo *info = class_name != NULL ? strata_registry_lookup (kind, strip_package (class_name)) : NULL;
  g_autoptr (GList) members = json_object_get_members (source);
  JsonObject *object = json_object_new ();

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (source, l->data);

      if (class_name == NULL)
        json_object_set_member (object, l->data, upgrade (value, kind, depth + 1));
      else if (info != NULL && kind == STRATA_KIND_LOSS && g_str_equal (l->data, "config") &&
               JSON_NODE_HOLDS_OBJECT (value))
        json_object_set_member (object, l->data, upgrade_loss (value));
      else
        json_object_set_member (object, l->data, json_node_copy (value));
    }
  if (info != NULL && !json_object_has_member (source, "module"))
    {
      json_object_set_string_member (object, "module",
                                     info->module != NULL ? info->module : strata_registry_get_module (kind));
      json_object_set_null_member (object, "registered_name");
    }
  return strata_json_wrap (object);
}

/* Copies a value of a training config, as Keras 3 would have it. */
static JsonNode *
upgrade (JsonNode   *node,
         StrataKind  kind,
         guint       depth)
{
  JsonNode *copy = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node) && depth < 8)
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (array, upgrade (json_array_get_element (source, i), kind, depth + 1));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) && depth < 8)
    {
      copy = unwrap_metric (json_node_get_object (node));
      if (copy == NULL)
        copy = upgrade_object (json_node_get_object (node), kind, depth);
    }
  return copy != NULL ? copy : json_node_copy (node);
}

/* Of a model with one output, Keras 2 wrote the metrics as a list of one list. */
static JsonNode *
flatten_metrics (JsonNode    *node,
                 StrataModel *model)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array != NULL && json_array_get_length (array) == 1 && strata_json_element_array (array, 0) != NULL &&
      strata_model_get_n_outputs (model) == 1)
    return json_node_copy (json_array_get_element (array, 0));
  return json_node_copy (node);
}

/* A rate that fell with every step was a parameter of its own; Nadam's meant something else. */
static void
upgrade_decay (JsonObject *config,
               const char *class_name)
{
  JsonNode *rate = json_object_get_member (config, "learning_rate");
  double decay = strata_json_get_double (config, "decay", 0);
  JsonObject *schedule, *inner;

  if (decay <= 0 || g_str_equal (class_name, "Nadam") || rate == NULL || !strata_json_is_number (rate))
    return;
  inner = json_object_new ();
  json_object_set_double_member (inner, "initial_learning_rate", json_node_get_double (rate));
  json_object_set_double_member (inner, "decay_rate", decay);
  json_object_set_int_member (inner, "decay_steps", 1);
  schedule = json_object_new ();
  json_object_set_string_member (schedule, "class_name", "InverseTimeDecay");
  json_object_set_object_member (schedule, "config", inner);
  json_object_set_object_member (config, "learning_rate", schedule);
}

/* Keras 2 gave it another name, and could keep the scale, which an optimizer now does by itself. */
static void
upgrade_loss_scale (JsonObject *object,
                    JsonObject *config)
{
  JsonObject *inner = strata_json_get_object (config, "inner_optimizer");
  JsonObject *inner_config = inner != NULL ? strata_json_get_object (inner, "config") : NULL;

  if (!g_str_has_prefix (strata_json_get_string (object, "class_name", ""), "LossScaleOptimizer"))
    return;
  if (strata_json_get_bool (config, "dynamic", TRUE) || inner_config == NULL)
    {
      json_object_set_string_member (object, "class_name", "LossScaleOptimizer");
      json_object_remove_member (config, "dynamic");
      return;
    }
  json_object_set_double_member (inner_config, "loss_scale_factor",
                                 strata_json_get_double (config, "initial_scale", 1));
  json_object_set_string_member (object, "class_name", strata_json_get_string (inner, "class_name", ""));
  json_object_set_object_member (object, "config", json_object_ref (inner_config));
}

static JsonNode *
upgrade_optimizer (JsonNode *node,
                   guint     depth)
{
  JsonObject *source = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, *object, *config, *upgraded;
  const char *class_name = source != NULL ? strata_json_get_string (source, "class_name", NULL) : NULL;
  g_autoptr (GList) members = NULL;

  if (class_name == NULL || depth > 4)
    return json_node_copy (node);
  object = json_object_new ();
  upgraded = json_object_new ();
  class_name = strip_package (class_name);
  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", upgraded);
  config = strata_json_get_object (source, "config");
  members = config != NULL ? json_object_get_members (config) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (config, l->data);
      gboolean renamed = g_str_equal (l->data, "lr") && !json_object_has_member (config, "learning_rate");

      json_object_set_member (upgraded, renamed ? "learning_rate" : l->data,
                              g_str_equal (l->data, "inner_optimizer") ? upgrade_optimizer (value, depth + 1)
                                                                       : json_node_copy (value));
    }
  upgrade_decay (upgraded, class_name);
  upgrade_loss_scale (object, upgraded);
  return strata_json_wrap (object);
}

static gboolean
apply (JsonObject   *config,
       gboolean      legacy,
       StrataModel  *model,
       GError      **error)
{
  g_autoptr (JsonObject) upgraded = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (config);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (config, l->data);
      g_autoptr (JsonNode) copy = upgrade (value, g_str_has_prefix (l->data, "loss") ? STRATA_KIND_LOSS
                                                                                     : STRATA_KIND_METRIC, 0);

      if (g_str_equal (l->data, legacy ? "optimizer_config" : "optimizer"))
        json_object_set_member (upgraded, "optimizer", upgrade_optimizer (value, 0));
      else if (g_str_equal (l->data, "metrics") || g_str_equal (l->data, "weighted_metrics"))
        json_object_set_member (upgraded, l->data, flatten_metrics (copy, model));
      else
        json_object_set_member (upgraded, l->data, g_steal_pointer (&copy));
    }
  return strata_model_compile (model, upgraded, error);
}

/**
 * strata_compile_config_scale_loss: (skip)
 * @config: a compile config
 *
 * Under mixed_float16 Keras puts an optimizer that scales the loss around the one it was given, and tells only of the
 * latter.
 * Returns: (transfer full): @config with the optimizer that had both
 */
JsonObject *
strata_compile_config_scale_loss (JsonObject *config)
{
  g_autoptr (GList) members = json_object_get_members (config);
  JsonObject *scaled = json_object_new (), *outer, *outer_config;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (scaled, l->data, json_node_copy (json_object_get_member (config, l->data)));
  if (strata_json_get_object (config, "optimizer") == NULL ||
      g_strcmp0 (strata_json_get_string (strata_json_get_object (config, "optimizer"), "class_name", NULL),
                 "LossScaleOptimizer") == 0)
    return scaled;
  outer = json_object_new ();
  outer_config = json_object_new ();
  json_object_set_member (outer_config, "inner_optimizer",
                          json_node_copy (json_object_get_member (config, "optimizer")));
  json_object_set_string_member (outer, "module", strata_registry_get_module (STRATA_KIND_OPTIMIZER));
  json_object_set_string_member (outer, "class_name", "LossScaleOptimizer");
  json_object_set_object_member (outer, "config", outer_config);
  json_object_set_null_member (outer, "registered_name");
  json_object_set_object_member (scaled, "optimizer", outer);
  return scaled;
}

/**
 * strata_compile_config_apply: (skip)
 * @config: what Keras 3 calls a compile config
 *
 * Compiles a model as it was.
 */
gboolean
strata_compile_config_apply (JsonObject   *config,
                             StrataModel  *model,
                             GError      **error)
{
  return apply (config, FALSE, model, error);
}

/**
 * strata_training_config_apply: (skip)
 * @config: the training config of a legacy `.h5` file
 *
 * Compiles a model as it was.
 */
gboolean
strata_training_config_apply (JsonObject   *config,
                              StrataModel  *model,
                              GError      **error)
{
  return apply (config, TRUE, model, error);
}

/**
 * strata_model_build_optimizer: (skip)
 *
 * Makes what the optimizer remembers of the weights, to be read from a file.
 */
gboolean
strata_model_build_optimizer (StrataModel  *model,
                              GError      **error)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (model));

  return strata_optimizer_build (strata_model_get_optimizer (model), weights, error);
}

/**
 * strata_model_continue:
 * @self: a model that has been compiled
 * @earlier: (nullable): a model that was trained and compiled alike
 *
 * Goes on training where @earlier stopped, with the state of its optimizer. Where the two are
 * compiled otherwise or have other weights, the optimizer begins anew.
 * Returns: whether it goes on
 */
gboolean
strata_model_continue (StrataModel *self,
                       StrataModel *earlier)
{
  StrataOptimizer *before = earlier != NULL ? strata_model_get_optimizer (earlier) : NULL;

  return before != NULL && strata_optimizer_is_built (before) && strata_model_build_optimizer (self, NULL) &&
         strata_optimizer_continue (strata_model_get_optimizer (self), before);
}
