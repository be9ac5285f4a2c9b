/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/embedding.h"

#include "ops/elementwise.h"
#include "ops/indexing.h"

static const StrataParam params[] = {
  STRATA_EMBEDDING_PARAMS,
  { NULL },
};

gboolean
strata_embedding_build (StrataLayer       *layer,
                        const StrataSpec  *inputs,
                        guint              n_inputs,
                        GError           **error)
{
  StrataEmbeddingLayer *self = (StrataEmbeddingLayer *) layer;

  self->embeddings = strata_layer_add_weight_full (layer, "embeddings",
                                                   &STRATA_SHAPE (self->input_dim, self->output_dim),
                                                   self->embeddings_initializer, self->embeddings_regularizer,
                                                   self->embeddings_constraint, error);
  return self->embeddings != NULL;
}

void
strata_embedding_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataEmbeddingLayer *self = (StrataEmbeddingLayer *) layer;
  StrataValue *x = call->inputs[0], *y = strata_gather (b, strata_builder_read (b, self->embeddings), x);

  strata_layer_add_activity (layer, b, self->activity_regularizer, y);
  strata_call_return (call, y);
  if (self->mask_zero)
    call->output_masks[0] = strata_not_equal (b, x, strata_builder_scalar (b, 0));
}

const StrataLayerInfo strata_layer_embedding = {
  .object = {
    .name = "Embedding",
    .title = "Embedding",
    .category = "Core",
    .description = "Gives each word, known by its number, a vector that is learned",
    .formula = "y[t] = embeddings[x[t]]",
    .params = params,
    .instance_size = sizeof (StrataEmbeddingLayer),
    .samples = (const char *const[]){
      "{\"input_dim\": 10, \"output_dim\": 3}",
      "{\"input_dim\": 10, \"output_dim\": 1}",
      "{\"input_dim\": 12, \"output_dim\": 4, \"mask_zero\": true}",
      "{\"input_dim\": 10, \"output_dim\": 3, \"embeddings_initializer\": \"Zeros\"}",
      "{\"input_dim\": 20, \"output_dim\": 5, \"embeddings_initializer\": \"GlorotUniform\"}",
      NULL },
  },
  .flags = STRATA_LAYER_COMPUTES_WIDE | STRATA_LAYER_TAKES_WIDE,
  .min_rank = 1,
  .max_rank = STRATA_MAX_RANK - 1,
  .sample_inputs = "int32<10:2,6",
  .build = strata_embedding_build,
  .call = strata_embedding_call,
};
