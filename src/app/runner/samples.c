/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/samples.h"

#include "base/json.h"

/* Losses that compare distributions want rows, not numbers of classes. */
static gboolean
wants_rows (JsonObject *compile)
{
  JsonNode *loss = json_object_get_member (compile, "loss");
  const char *name = NULL;

  if (loss != NULL && strata_json_is_string (loss))
    name = json_node_get_string (loss);
  else if (loss != NULL && JSON_NODE_HOLDS_OBJECT (loss))
    name = strata_json_get_string (json_node_get_object (loss), "class_name", NULL);
  return g_strcmp0 (name, "categorical_crossentropy") == 0 || g_strcmp0 (name, "CategoricalCrossentropy") == 0;
}

static StrataSource *
share (StrataSource *source)
{
  return source != NULL ? g_object_ref (source) : NULL;
}

/**
 * strata_samples_for_model: (skip)
 * @set: data, which stays as it is
 * @compile: how @model is compiled
 *
 * Returns: (transfer full): the same samples in the shapes that @model and its loss take
 */
StrataDataSet *
strata_samples_for_model (StrataDataSet  *set,
                          StrataModel    *model,
                          JsonObject     *compile,
                          GError        **error)
{
  g_autoptr (StrataDataSet) samples = strata_data_set_new ();

  samples->x = share (set->x);
  samples->y = share (set->y);
  samples->test_x = share (set->test_x);
  samples->test_y = share (set->test_y);
  samples->n_classes = set->n_classes;
  if (strata_model_get_n_inputs (model) == 1 &&
      !strata_data_set_adapt (samples, &strata_model_get_input_spec (model, 0)->shape, error))
    return NULL;
  if (wants_rows (compile))
    strata_data_set_one_hot (samples);
  return g_steal_pointer (&samples);
}
