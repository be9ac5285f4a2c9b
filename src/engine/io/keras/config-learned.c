/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>

#include "base/json.h"
#include "io/keras/config-private.h"

/*
 * What layers learned from data beside weights, such as vocabularies. Archives keep it as assets; legacy files, JSON
 * and code have no place for it but the layers' parameters. Keras does not use that, and loses it.
 */

static void
add_to_layer (StrataLayer *layer,
              JsonObject  *object)
{
  JsonObject *config = strata_json_get_object (object, "config");
  g_autoptr (JsonObject) learned = strata_layer_dup_learned (layer);
  g_autoptr (GList) names = learned != NULL ? json_object_get_members (learned) : NULL;

  for (GList *l = names; l != NULL && config != NULL; l = l->next)
    json_object_set_member (config, l->data, json_node_copy (json_object_get_member (learned, l->data)));
}

static void
add_to_model (StrataModel *model,
              JsonObject  *object)
{
  JsonObject *config = strata_json_get_object (object, "config");
  JsonArray *layers = config != NULL ? strata_json_get_array (config, "layers") : NULL;
  guint n = strata_model_get_n_layers (model), n_written = layers != NULL ? json_array_get_length (layers) : 0;

  for (guint i = 0; i < n && n_written >= n; i++)
    {
      /* A sequential model's input is written, but none of its layers. */
      JsonObject *inner = strata_json_element_object (layers, n_written - n + i);
      StrataLayer *layer = strata_model_get_layer (model, i);

      if (inner != NULL && STRATA_IS_MODEL (layer))
        add_to_model (STRATA_MODEL (layer), inner);
      else if (inner != NULL)
        add_to_layer (layer, inner);
    }
}

/**
 * strata_config_add_learned: (skip)
 * @config: what strata_config_write_model() made of @model
 *
 * Adds what its layers learned to their parameters.
 */
void
strata_config_add_learned (StrataModel *model,
                           JsonNode    *config)
{
  add_to_model (model, json_node_get_object (config));
}

/**
 * strata_config_warn_unlearned: (skip)
 * @warnings: (nullable) (element-type utf8): gets a sentence for each layer that lacks what it learned
 */
void
strata_config_warn_unlearned (StrataLayer *layer,
                              GPtrArray   *warnings)
{
  if (warnings == NULL)
    return;
  if (strata_layer_is_unlearned (layer))
    g_ptr_array_add (warnings, g_strdup_printf (_("The layer “%s” has no vocabulary: Keras does not write one that was "
                                                  "learned into this format; let the layer learn it again, or begin "
                                                  "with "
                                                  "the .keras file"), strata_layer_get_name (layer)));
  for (guint i = 0; i < strata_layer_get_n_children (layer) && !strata_layer_can_adapt (layer); i++)
    strata_config_warn_unlearned (strata_layer_get_child (layer, i, NULL), warnings);
}
