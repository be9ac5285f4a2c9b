/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/embedding.h"

#include <math.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"

typedef struct
{
  StrataEmbeddingLayer parent;
  gboolean tie_weights;
  JsonNode *reverse_dtype;
  double logit_soft_cap;
  StrataVariable *reverse_embeddings;
} ReversibleEmbedding;

static const StrataParam params[] = {
  STRATA_EMBEDDING_PARAMS,
  STRATA_PARAM (BOOL, ReversibleEmbedding, tie_weights, "true", .title = "Tie weights",
                .description = "Whether the way back uses the same vectors; without, it has weights of its own"),
  STRATA_PARAM (JSON, ReversibleEmbedding, reverse_dtype, "null", .nullable = TRUE, .title = "Type of the way back",
                .description = "Keras's type for the way back; Strata computes in float32"),
  STRATA_PARAM (FLOAT, ReversibleEmbedding, logit_soft_cap, "null", .nullable = TRUE, .soft_maximum = 100,
                .title = "Soft cap",
                .description = "What scores on the way back stay below, bent smoothly; none for no bound"),
  { NULL },
};

static gboolean
reversible_embedding_build (StrataLayer       *layer,
                            const StrataSpec  *inputs,
                            guint              n_inputs,
                            GError           **error)
{
  ReversibleEmbedding *self = (ReversibleEmbedding *) layer;

  if (!strata_embedding_build (layer, inputs, n_inputs, error))
    return FALSE;
  if (self->tie_weights)
    return TRUE;
  self->reverse_embeddings = strata_layer_add_weight (layer, "reverse_embeddings",
                                                      &STRATA_SHAPE (self->parent.output_dim, self->parent.input_dim),
                                                      self->parent.embeddings_initializer, error);
  return self->reverse_embeddings != NULL;
}

/* From vectors back to a score for each word. */
static void
call_reverse (ReversibleEmbedding *self,
              StrataBuilder       *b,
              StrataCall          *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *scores;

  if (self->tie_weights)
    scores = strata_matmul (b, x, strata_builder_read (b, self->parent.embeddings), FALSE, TRUE);
  else
    scores = strata_matmul (b, x, strata_builder_read (b, self->reverse_embeddings), FALSE, FALSE);
  if (!isnan (self->logit_soft_cap))
    scores = strata_scale (b, strata_tanh (b, strata_scale (b, scores, 1 / self->logit_soft_cap)),
                           self->logit_soft_cap);
  strata_layer_add_activity (STRATA_LAYER (self), b, self->parent.activity_regularizer, scores);
  strata_call_return (call, scores);
}

static void
reversible_embedding_call (StrataLayer   *layer,
                           StrataBuilder *b,
                           StrataCall    *call)
{
  if (call->arguments != NULL && strata_json_get_bool (call->arguments, "reverse", FALSE))
    call_reverse ((ReversibleEmbedding *) layer, b, call);
  else
    strata_embedding_call (layer, b, call);
}

static gboolean
reversible_embedding_configured (StrataObject  *object,
                                 GError       **error)
{
  double cap = ((ReversibleEmbedding *) object)->logit_soft_cap;

  if (isnan (cap) || cap != 0)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "logit_soft_cap must not be 0; without a cap it is none");
  return FALSE;
}

const StrataLayerInfo strata_layer_reversible_embedding = {
  .object = {
    .name = "ReversibleEmbedding",
    .title = "Embedding there and back",
    .category = "Core",
    .description = "Gives words vectors, and called with reverse=True gives vectors a score for each word",
    .formula = "y[t] = embeddings[x[t]];  back: y[t, w] = Σ x[t, d] · embeddings[w, d]",
    .params = params,
    .instance_size = sizeof (ReversibleEmbedding),
    .samples = (const char *const[]){
      "{\"input_dim\": 10, \"output_dim\": 3}",
      "{\"input_dim\": 10, \"output_dim\": 2, \"tie_weights\": false}",
      "{\"input_dim\": 12, \"output_dim\": 4, \"mask_zero\": true, \"logit_soft_cap\": 5.0}",
      NULL },
    .configured = reversible_embedding_configured,
  },
  .min_rank = 1,
  .max_rank = STRATA_MAX_RANK - 1,
  .sample_inputs = "int32<10:2,6",
  .build = reversible_embedding_build,
  .call = reversible_embedding_call,
};
