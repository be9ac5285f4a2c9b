/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/common-params.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"

typedef struct
{
  StrataLayer parent;
  gint64 input_dim, output_dim;
  StrataObject *embeddings_initializer, *embeddings_regularizer, *embeddings_constraint, *activity_regularizer;
  gboolean mask_zero;
  StrataVariable *embeddings;
} Embedding;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Embedding, input_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2, .soft_maximum = 50000,
                .title = "Vocabulary", .description = "How many different words there are: the largest index plus one"),
  STRATA_PARAM (INT, Embedding, output_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2, .soft_maximum = 512,
                .title = "Dimensions", .description = "How many numbers stand for a word"),
  STRATA_PARAM_INITIALIZER (Embedding, embeddings_initializer, "\"uniform\"", "Initializer", "How the vectors begin"),
  STRATA_PARAM_REGULARIZER (Embedding, embeddings_regularizer, "Regularizer", "Penalty on large vectors"),
  STRATA_PARAM_REGULARIZER (Embedding, activity_regularizer, "Activity regularizer", "Penalty on large outputs"),
  STRATA_PARAM_CONSTRAINT (Embedding, embeddings_constraint, "Constraint", "What the vectors are kept to"),
  STRATA_PARAM (BOOL, Embedding, mask_zero, "false", .title = "Mask zero",
                .description = "Whether index 0 is padding, which layers after it skip"),
  { NULL },
};

static gboolean
embedding_build (StrataLayer       *layer,
                 const StrataSpec  *inputs,
                 guint              n_inputs,
                 GError           **error)
{
  Embedding *self = (Embedding *) layer;

  self->embeddings = strata_layer_add_weight (layer, "embeddings", &STRATA_SHAPE (self->input_dim, self->output_dim),
                                              self->embeddings_initializer, error);
  if (self->embeddings == NULL)
    return FALSE;
  g_set_object (&self->embeddings->regularizer, self->embeddings_regularizer);
  g_set_object (&self->embeddings->constraint, self->embeddings_constraint);
  return TRUE;
}

static void
embedding_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  Embedding *self = (Embedding *) layer;
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
    .instance_size = sizeof (Embedding),
    .samples = (const char *const[]){
      "{\"input_dim\": 10, \"output_dim\": 3}",
      "{\"input_dim\": 10, \"output_dim\": 1}",
      "{\"input_dim\": 12, \"output_dim\": 4, \"mask_zero\": true}",
      "{\"input_dim\": 10, \"output_dim\": 3, \"embeddings_initializer\": \"Zeros\"}",
      "{\"input_dim\": 20, \"output_dim\": 5, \"embeddings_initializer\": \"GlorotUniform\"}",
      NULL },
  },
  .min_rank = 1,
  .max_rank = STRATA_MAX_RANK - 1,
  .sample_inputs = "int32<10:2,6",
  .build = embedding_build,
  .call = embedding_call,
};
