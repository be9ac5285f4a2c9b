/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/samples.h"

#include "base/json.h"
#include "data/table-set.h"
#include "document/output-setting.h"

/* Losses that compare distributions want rows, not numbers of classes. */
static gboolean
wants_rows (JsonNode *loss)
{
  const char *name = NULL;

  if (loss != NULL && strata_json_is_string (loss))
    name = json_node_get_string (loss);
  else if (loss != NULL && JSON_NODE_HOLDS_OBJECT (loss))
    name = strata_json_get_string (json_node_get_object (loss), "class_name", NULL);
  return g_strcmp0 (name, "categorical_crossentropy") == 0 || g_strcmp0 (name, "CategoricalCrossentropy") == 0;
}

/* Targets as the losses take them. */
static void
fit_targets (StrataDataSet *samples,
             StrataDataSet *set,
             StrataModel   *model,
             JsonObject    *compile)
{
  guint n = set->y != NULL ? strata_source_get_n_arrays (set->y) : 0;
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_data_set_unref);

  if (n == 1 && wants_rows (strata_output_setting_find (compile, "loss", 0, strata_model_get_output_name (model, 0))))
    strata_data_set_one_hot (samples);
  if (n < 2 || n != strata_model_get_n_outputs (model))
    return;
  for (guint i = 0; i < n; i++)
    {
      StrataDataSet *output = strata_data_set_dup_output (set, i);

      g_ptr_array_add (outputs, output);
      if (wants_rows (strata_output_setting_find (compile, "loss", i, strata_model_get_output_name (model, i))))
        strata_data_set_one_hot (output);
    }
  g_clear_object (&samples->y);
  g_clear_object (&samples->test_y);
  strata_data_set_join_outputs (samples, outputs);
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
  fit_targets (samples, set, model, compile);
  return g_steal_pointer (&samples);
}
