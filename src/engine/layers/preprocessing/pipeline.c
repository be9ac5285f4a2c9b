/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *layers;
} Pipeline;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Pipeline, layers, NULL, .title = "Layers",
                .description = "Layers, each of which takes what the one before puts out"),
  { NULL },
};

static gboolean
pipeline_configured (StrataObject  *object,
                     GError       **error)
{
  Pipeline *self = (Pipeline *) object;
  g_autoptr (JsonArray) list = JSON_NODE_HOLDS_ARRAY (self->layers) ? json_node_dup_array (self->layers) : NULL,
                               written = json_array_new ();

  if (list == NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "layers must be a list of layers");
      return FALSE;
    }
  strata_layer_remove_children (STRATA_LAYER (self));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autoptr (StrataObject) layer = strata_object_deserialize (STRATA_KIND_LAYER, json_array_get_element (list, i),
                                                                  error);

      if (layer == NULL)
        return FALSE;
      strata_layer_add_child (STRATA_LAYER (self), "layers", STRATA_LAYER (layer));
      json_array_add_element (written, strata_object_serialize (layer));
    }
  json_node_set_array (self->layers, written);
  return TRUE;
}

static gboolean
pipeline_build (StrataLayer       *layer,
                const StrataSpec  *inputs,
                guint              n_inputs,
                GError           **error)
{
  StrataSpec *spec = g_newa (StrataSpec, STRATA_MAX_RESULTS);
  guint n = 1;

  spec[0] = inputs[0];
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (!strata_layer_infer (strata_layer_get_child (layer, i, NULL), spec, n, spec, &n, error))
      return FALSE;
  return TRUE;
}

static void
pipeline_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  StrataValue *x = call->inputs[0], *mask = strata_call_get_mask (call, 0);

  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      StrataCall inner = { .inputs = &x, .n_inputs = 1, .masks = &mask, .training = call->training };

      if (!strata_layer_call (strata_layer_get_child (layer, i, NULL), b, &inner) || inner.n_outputs == 0)
        return;
      x = inner.outputs[0];
      mask = inner.output_masks[0];
    }
  strata_call_return (call, x);
  call->output_masks[0] = mask;
}

const StrataLayerInfo strata_layer_pipeline = {
  .object = {
    .name = "Pipeline",
    .title = "Pipeline",
    .category = "Preprocessing",
    .description = "Several layers in a row as one, for preparing data",
    .formula = "y = fₙ(… f₂(f₁(x)))",
    .params = params,
    .instance_size = sizeof (Pipeline),
    .samples = (const char *const[]){
      "{\"layers\": [{\"class_name\": \"Rescaling\", \"config\": {\"scale\": 0.5}}, {\"class_name\": \"Dense\", "
      "\"config\": {\"units\": 3}}]}",
      "{\"layers\": [{\"class_name\": \"CenterCrop\", \"config\": {\"height\": 2, \"width\": 3}}]}",
      "{\"layers\": []}",
      NULL },
    .configured = pipeline_configured,
  },
  .flags = STRATA_LAYER_WRAPS | STRATA_LAYER_BRIEF_CONFIG | STRATA_LAYER_LACKS_DTYPE,
  .sample_inputs = "2,4,5,3",
  .build = pipeline_build,
  .call = pipeline_call,
};
