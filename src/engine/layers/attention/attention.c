/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/dot-attention.h"

#include "ops/elementwise.h"
#include "ops/matmul.h"

static const StrataParam params[] = {
  STRATA_DOT_ATTENTION_PARAM_SCALE ("false"),
  STRATA_PARAM (CHOICE, StrataDotAttention, score_mode, "\"dot\"", .choices = STRATA_CHOICES ("dot", "concat"),
                .title = "Score mode",
                .description = "dot multiplies query and key; concat bends their sum"),
  STRATA_DOT_ATTENTION_PARAM_DROPOUT,
  STRATA_PARAM_SEED (StrataDotAttention),
  { NULL },
};

static gboolean
attention_build (StrataLayer       *layer,
                 const StrataSpec  *inputs,
                 guint              n_inputs,
                 GError           **error)
{
  StrataDotAttention *self = (StrataDotAttention *) layer;
  g_autoptr (StrataObject) ones = strata_object_new (STRATA_KIND_INITIALIZER, "Ones", NULL, NULL);

  if (self->use_scale)
    self->scale = strata_layer_add_weight (layer, "scale", &STRATA_SCALAR, ones, error);
  if (g_str_equal (self->score_mode, "concat"))
    self->weight = strata_layer_add_weight (layer, "concat_score_weight", &STRATA_SCALAR, ones, error);
  return TRUE;
}

static StrataValue *
get_scores (StrataDotAttention *self,
            StrataBuilder      *b,
            StrataValue        *query,
            StrataValue        *key)
{
  StrataValue *scale = self->scale != NULL ? strata_builder_read (b, self->scale) : NULL, *scores;

  if (self->weight != NULL)
    return strata_multiply (b, strata_builder_read (b, self->weight),
                            strata_dot_attention_compare (b, query, key, scale, NULL));
  scores = strata_matmul (b, query, key, FALSE, TRUE);
  return scale != NULL ? strata_multiply (b, scores, scale) : scores;
}

static void
attention_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  strata_dot_attention_call ((StrataDotAttention *) layer, b, call, get_scores);
}

const StrataLayerInfo strata_layer_attention = {
  .object = {
    .name = "Attention",
    .title = "Attention",
    .category = "Attention",
    .description = "Mixes the values whose keys are like the query (Luong)",
    .formula = "y = softmax(Q · Kᵀ) · V",
    .params = params,
    .instance_size = sizeof (StrataDotAttention),
    .samples = (const char *const[]){
      "{}",
      "{\"use_scale\": true}",
      "{\"score_mode\": \"concat\"}",
      "{\"score_mode\": \"concat\", \"use_scale\": true}",
      "{\"dropout\": 0.3, \"seed\": 4}",
      NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,4,5;2,3,5",
  .call_params = strata_attention_call_params,
  .build = attention_build,
  .call = attention_call,
};
