/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/duplicate.h"

#include "io/keras/compile-config.h"
#include "io/keras/model-config.h"

/**
 * strata_duplicate_model: (skip)
 * @model: a model, which nobody trains meanwhile
 * @compile: what it is compiled with
 *
 * Returns: (transfer full): the same once more, with weights and optimizer as they are now
 */
StrataModel *
strata_duplicate_model (StrataModel  *model,
                        JsonNode     *compile,
                        GError      **error)
{
  g_autoptr (JsonNode) config = strata_model_to_config (model, error);
  g_autoptr (StrataModel) copy = config != NULL ? strata_model_from_config (config, error) : NULL;

  if (copy == NULL || !strata_layer_copy_weights (STRATA_LAYER (copy), STRATA_LAYER (model), error) ||
      !strata_model_compile (copy, json_node_get_object (compile), error))
    return NULL;
  strata_model_continue (copy, model);
  return g_steal_pointer (&copy);
}
