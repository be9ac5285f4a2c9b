/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/dot-attention.h"

#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_DOT_ATTENTION_PARAM_SCALE ("true"),
  STRATA_DOT_ATTENTION_PARAM_DROPOUT,
  STRATA_PARAM_SEED (StrataDotAttention),
  { NULL },
};

static gboolean
additive_attention_build (StrataLayer       *layer,
                          const StrataSpec  *inputs,
                          guint              n_inputs,
                          GError           **error)
{
  StrataDotAttention *self = (StrataDotAttention *) layer;
  g_autoptr (StrataObject) initializer = strata_object_new (STRATA_KIND_INITIALIZER, "GlorotUniform", NULL, NULL);

  if (!self->use_scale)
    return TRUE;
  self->scale = strata_layer_add_weight (layer, "scale", &STRATA_SHAPE (inputs[0].shape.dims[2]), initializer, error);
  return self->scale != NULL;
}

static StrataValue *
get_scores (StrataDotAttention *self,
            StrataBuilder      *b,
            StrataValue        *query,
            StrataValue        *key)
{
  return strata_dot_attention_compare (b, query, key, NULL, self->scale != NULL ? strata_builder_read (b, self->scale)
                                       : NULL);
}

static void
additive_attention_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  strata_dot_attention_call ((StrataDotAttention *) layer, b, call, get_scores);
}

const StrataLayerInfo strata_layer_additive_attention = {
  .object = {
    .name = "AdditiveAttention",
    .title = "Additive attention",
    .category = "Attention",
    .description = "Mixes the values whose keys go with the query, as a small network judges (Bahdanau)",
    .formula = "y = softmax(Σ scale · tanh(Q + K)) · V",
    .params = params,
    .instance_size = sizeof (StrataDotAttention),
    .samples = (const char *const[]){
      "{}",
      "{\"use_scale\": false}",
      "{\"dropout\": 0.3, \"seed\": 4}",
      NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,4,5;2,3,5",
  .call_params = strata_attention_call_params,
  .build = additive_attention_build,
  .call = additive_attention_call,
};
