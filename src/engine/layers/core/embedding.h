/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/common-params.h"

G_BEGIN_DECLS

/* What layers share that give words vectors; a layer has its own table of parameters. */
typedef struct
{
  StrataLayer parent;
  gint64 input_dim, output_dim;
  StrataObject *embeddings_initializer, *embeddings_regularizer, *embeddings_constraint, *activity_regularizer;
  gboolean mask_zero;
  StrataVariable *embeddings;
} StrataEmbeddingLayer;

#define STRATA_EMBEDDING_PARAMS                                                                                        \
  STRATA_PARAM (INT, StrataEmbeddingLayer, input_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2,    \
                .soft_maximum = 50000,                                                                                 \
                .title = "Vocabulary",                                                                                 \
                .description = "How many different words there are: the largest index plus one"),                      \
  STRATA_PARAM (INT, StrataEmbeddingLayer, output_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2,   \
                .soft_maximum = 512,                                                                                   \
                .title = "Dimensions", .description = "How many numbers stand for a word"),                            \
  STRATA_PARAM_INITIALIZER (StrataEmbeddingLayer, embeddings_initializer, "\"uniform\"", "Initializer",                \
                            "How the vectors begin"),                                                                  \
  STRATA_PARAM_REGULARIZER (StrataEmbeddingLayer, embeddings_regularizer, "Regularizer", "Penalty on large vectors"),  \
  STRATA_PARAM_REGULARIZER (StrataEmbeddingLayer, activity_regularizer, "Activity regularizer",                        \
                            "Penalty on large outputs"),                                                               \
  STRATA_PARAM_CONSTRAINT (StrataEmbeddingLayer, embeddings_constraint, "Constraint", "What the vectors are kept to"), \
  STRATA_PARAM (BOOL, StrataEmbeddingLayer, mask_zero, "false", .title = "Mask zero",                                  \
                .description = "Whether index 0 is padding, which layers after it skip")

gboolean strata_embedding_build (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_embedding_call  (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
