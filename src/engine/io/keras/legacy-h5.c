/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/legacy-h5.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/json.h"
#include "io/keras/compile-config.h"
#include "io/keras/config-private.h"
#include "io/keras/legacy-keys.h"
#include "io/keras/weight-file.h"

#define KERAS_VERSION "3.15.1"
#define OPTIMIZER "optimizer_weights"

/**
 * strata_legacy_h5_has_model: (skip)
 *
 * Returns: whether the file has a whole model, rather than only weights
 */
gboolean
strata_legacy_h5_has_model (StrataHdf5 *file)
{
  return strata_hdf5_has_attribute (file, "", "model_config");
}

static JsonNode *
read_json (StrataHdf5  *file,
           const char  *name,
           GError     **error)
{
  g_autofree char *text = strata_hdf5_get_string (file, "", name, error);
  JsonNode *node = text != NULL ? strata_json_parse (text, -1, error) : NULL;

  if (text != NULL && node == NULL)
    g_prefix_error (error, "“%s”: %s: ", strata_hdf5_get_name (file), name);
  return node;
}

static gboolean
read_optimizer (StrataModel  *model,
                StrataHdf5   *file,
                GError      **error)
{
  g_autoptr (GPtrArray) names = strata_hdf5_get_strings (file, OPTIMIZER, "weight_names", error);
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  StrataOptimizer *optimizer;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_strdup_printf (OPTIMIZER "/%s", (const char *) g_ptr_array_index (names, i));
      StrataTensor *array = strata_hdf5_read (file, path, error);

      if (array == NULL)
        return FALSE;
      g_ptr_array_add (arrays, array);
    }
  if (names == NULL)
    return FALSE;
  if (arrays->len == 0)
    return TRUE;
  if (!strata_model_build_optimizer (model, error))
    return FALSE;
  optimizer = strata_model_get_optimizer (model);
  return strata_optimizer_is_keras2 (names) ? strata_optimizer_take_keras2 (optimizer, names, arrays, error)
                                            : strata_optimizer_take_arrays (optimizer, arrays, error);
}

static void
warn (GPtrArray  *warnings,
      const char *what,
      GError     *error)
{
  if (warnings != NULL)
    g_ptr_array_add (warnings, g_strdup_printf ("%s: %s", what, error->message));
}

/* What the model was compiled with may be of classes that are not known: it is a model without, too. */
static void
read_compiled (StrataModel *model,
               StrataHdf5  *file,
               GPtrArray   *warnings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) config = NULL;

  if (!strata_hdf5_has_attribute (file, "", "training_config"))
    return;
  config = read_json (file, "training_config", &error);
  if (config != NULL && !JSON_NODE_HOLDS_OBJECT (config))
    return;
  if (config == NULL || !strata_training_config_apply (json_node_get_object (config), model, &error))
    warn (warnings, _("The model is not compiled, for what it was compiled with cannot be used"), error);
  else if (strata_hdf5_is_group (file, OPTIMIZER) && !read_optimizer (model, file, &error))
    warn (warnings, _("The optimizer begins anew"), error);
}

/* What the same words mean depends on the version; Keras 1 told none. */
static void
note_version (StrataHdf5 *file,
              JsonNode   *config)
{
  g_autofree char *version = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (config) || json_object_has_member (json_node_get_object (config), "keras_version"))
    return;
  if (strata_hdf5_has_attribute (file, "", "keras_version"))
    version = strata_hdf5_get_string (file, "", "keras_version", NULL);
  json_object_set_string_member (json_node_get_object (config), "keras_version", version != NULL ? version : "1");
}

/**
 * strata_legacy_h5_read_model: (skip)
 * @warnings: (nullable) (element-type utf8): gets what could not be read and is left out
 *
 * Returns: (transfer full): the model, compiled as it was, with its optimizer's state
 */
StrataModel *
strata_legacy_h5_read_model (StrataHdf5  *file,
                             GPtrArray   *warnings,
                             GError     **error)
{
  g_autoptr (JsonNode) config = read_json (file, "model_config", error);
  g_autoptr (StrataModel) model = NULL;

  if (config == NULL)
    return NULL;
  note_version (file, config);
  model = strata_config_read (config, error);
  if (model == NULL)
    {
      g_prefix_error (error, "“%s”: ", strata_hdf5_get_name (file));
      return NULL;
    }
  if (!strata_legacy_h5_read_weights (model, file, FALSE, NULL, error))
    return NULL;
  strata_config_thaw (STRATA_LAYER (model), 0);
  read_compiled (model, file, warnings);
  strata_config_warn_unlearned (STRATA_LAYER (model), warnings);
  return g_steal_pointer (&model);
}

static gboolean
write_json (StrataHdf5  *file,
            const char  *name,
            JsonObject  *object,
            GError     **error)
{
  g_autoptr (JsonNode) node = strata_json_wrap (json_object_ref (object));
  g_autofree char *text = strata_json_to_text (node, FALSE);

  return strata_hdf5_set_string (file, "", name, text, error);
}

/* Keras 3 cannot read "mse" from these files, though it writes it; of an object, it can. "accuracy" must stay a
 * word. */
static JsonNode *
spell_out (StrataKind  kind,
           JsonNode   *node,
           guint       depth)
{
  g_autoptr (StrataObject) object = NULL;
  const char *name = strata_json_is_string (node) ? json_node_get_string (node) : NULL;
  JsonNode *copy;

  if (name != NULL && !g_str_equal (name, "accuracy") && !g_str_equal (name, "acc") &&
      !g_str_equal (name, "crossentropy") && !g_str_equal (name, "ce"))
    object = strata_object_deserialize (kind, node, NULL);
  if (object != NULL)
    return strata_object_serialize (object);
  copy = json_node_copy (node);
  if (JSON_NODE_HOLDS_ARRAY (node) && depth < 8)
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (array, spell_out (kind, json_array_get_element (source, i), depth + 1));
      json_node_take_array (copy, array);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) && depth < 8 &&
           !json_object_has_member (json_node_get_object (node), "class_name"))
    {
      JsonObject *source = json_node_get_object (node), *members = json_object_new ();
      g_autoptr (GList) names = json_object_get_members (source);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (members, l->data,
                                spell_out (kind, json_object_get_member (source, l->data), depth + 1));
      json_node_take_object (copy, members);
    }
  return copy;
}

static JsonNode *
copy_member (JsonObject *config,
             const char *name)
{
  JsonNode *node = json_object_get_member (config, name);

  if (g_str_equal (name, "loss"))
    return spell_out (STRATA_KIND_LOSS, node, 0);
  if (g_str_equal (name, "metrics") || g_str_equal (name, "weighted_metrics"))
    return spell_out (STRATA_KIND_METRIC, node, 0);
  return json_node_copy (node);
}

static JsonObject *
make_training_config (JsonObject *compile_config)
{
  JsonObject *config = json_object_new (), *optimizer = strata_json_get_object (compile_config, "optimizer");
  g_autoptr (GList) members = json_object_get_members (compile_config);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "optimizer"))
      json_object_set_member (config, l->data, copy_member (compile_config, l->data));
  if (optimizer != NULL)
    {
      JsonObject *copy = json_object_new ();

      json_object_set_string_member (copy, "class_name", strata_json_get_string (optimizer, "class_name", ""));
      json_object_set_member (copy, "config", json_node_copy (json_object_get_member (optimizer, "config")));
      json_object_set_object_member (config, "optimizer_config", copy);
    }
  return config;
}

static gboolean
write_configs (StrataModel  *model,
               StrataHdf5   *file,
               GError      **error)
{
  g_autoptr (JsonNode) node = strata_model_to_config (model, error);
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (JsonObject) training = NULL;
  JsonObject *whole, *compiled;

  if (node == NULL)
    return FALSE;
  strata_config_add_learned (model, node);
  strata_legacy_keys_expand (node);
  whole = json_node_get_object (node);
  config = json_object_new ();
  json_object_set_string_member (config, "class_name", strata_json_get_string (whole, "class_name", ""));
  json_object_set_member (config, "config", json_node_copy (json_object_get_member (whole, "config")));
  compiled = strata_json_get_object (whole, "compile_config");
  if (compiled != NULL && json_object_get_size (compiled) > 0)
    training = make_training_config (compiled);
  return strata_hdf5_set_string (file, "", "keras_version", KERAS_VERSION, error) &&
         strata_hdf5_set_string (file, "", "backend", "tensorflow", error) &&
         write_json (file, "model_config", config, error) &&
         (training == NULL || write_json (file, "training_config", training, error));
}

static gboolean
write_optimizer (StrataOptimizer  *optimizer,
                 StrataHdf5       *file,
                 GError          **error)
{
  g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (optimizer);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);

  if (!strata_hdf5_make_group (file, OPTIMIZER, error))
    return FALSE;
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      char *name = g_strdup (variable->path != NULL ? variable->path : variable->name);
      g_autofree char *path = NULL;

      if (g_hash_table_contains (used, name))
        {
          char *other = g_strdup_printf ("%s_%u", name, i);

          g_free (name);
          name = other;
        }
      g_hash_table_add (used, name);
      g_ptr_array_add (names, name);
      path = g_strdup_printf (OPTIMIZER "/%s", name);
      if (!strata_variable_materialize (variable, error) || !strata_hdf5_write (file, path, variable->tensor, error))
        return FALSE;
    }
  return strata_hdf5_set_strings (file, OPTIMIZER, "weight_names", names, error);
}

/**
 * strata_legacy_h5_write_model: (skip)
 *
 * Writes a whole model: architecture, weights, what it was compiled with, the optimizer's state.
 */
gboolean
strata_legacy_h5_write_model (StrataModel  *model,
                              StrataHdf5   *file,
                              GError      **error)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  if (!write_configs (model, file, error) || !strata_hdf5_make_group (file, "model_weights", error) ||
      !strata_legacy_h5_write_weights (model, file, "model_weights", error))
    return FALSE;
  return optimizer == NULL || !strata_optimizer_is_built (optimizer) || write_optimizer (optimizer, file, error);
}
