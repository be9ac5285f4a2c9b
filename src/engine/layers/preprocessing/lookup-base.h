/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/preprocessing/category-base.h"
#include "ops/text.h"
#include "text/token-counts.h"

G_BEGIN_DECLS

/**
 * StrataLookupLayer:
 *
 * What layers share that give tokens, texts or numbers, an index from a
 * vocabulary. The vocabulary is a parameter, or learned from data and then kept
 * beside the parameters.
 */
typedef struct
{
  StrataLayer parent;
  gint64 max_tokens, num_oov_indices, vocabulary_size, mask_number, oov_number;
  char *mask_text, *oov_text, *output_mode, *oov_method, *vocabulary_dtype, *encoding;
  JsonNode *vocabulary, *idf_weights, *salt;
  gboolean invert, sparse, pad_to_max_tokens;
  StrataTokenTable *table;
  StrataTensor *idf; /* what the count of each index is multiplied by, or NULL */
} StrataLookupLayer;

#define STRATA_LOOKUP_PARAM_MAX_TOKENS(T)                                                                              \
  STRATA_PARAM (INT, T, max_tokens, "null", .nullable = TRUE, .minimum = 2, .maximum = G_MAXINT32,                     \
                .soft_minimum = 100,                                                                                   \
                .soft_maximum = 100000, .title = "Vocabulary at most",                                                 \
                .description = "How many indices there may be, the special ones included")
#define STRATA_LOOKUP_PARAM_OUTPUT_MODE(T)                                                                             \
  STRATA_PARAM (CHOICE, T, output_mode, "\"int\"",                                                                     \
                .choices = STRATA_CHOICES ("int", "one_hot", "multi_hot", "count", "tf_idf"),                          \
                .title = "Output mode", .description = "The index of each token, or a vector for a sample: of what "   \
                                                       "occurs, how often, or how telling that is")
#define STRATA_LOOKUP_PARAM_PAD(T)                                                                                     \
  STRATA_PARAM (BOOL, T, pad_to_max_tokens, "false", .title = "As wide as allowed",                                    \
                .description = "Whether vectors are as wide as the vocabulary may be, even where it is smaller")
#define STRATA_LOOKUP_PARAM_VOCABULARY(T)                                                                              \
  STRATA_PARAM (JSON, T, vocabulary, "null", .nullable = TRUE, .title = "Vocabulary",                                  \
                .description = "The tokens in order, where they are not learned from data")
#define STRATA_LOOKUP_PARAM_IDF(T)                                                                                     \
  STRATA_PARAM (JSON, T, idf_weights, "null", .nullable = TRUE, .title = "IDF weights",                                \
                .description = "For output mode tf_idf with a given vocabulary: how telling each token is")
#define STRATA_LOOKUP_PARAM_SPARSE(T)                                                                                  \
  STRATA_PARAM (BOOL, T, sparse, "false", .title = "Sparse",                                                           \
                .description = "Keras's mark for sparse tensors; the numbers are the same")
#define STRATA_LOOKUP_PARAM_SIZE(T)                                                                                    \
  STRATA_PARAM (INT, T, vocabulary_size, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXINT32,                \
                .title = "Vocabulary size",                                                                            \
                .description = "How many indices the vocabulary has; files tell it")
#define STRATA_LOOKUP_PARAM_SALT(T)                                                                                    \
  STRATA_PARAM (JSON, T, salt, "null", .nullable = TRUE, .title = "Salt",                                              \
                .description = "A number, or two, that the hash depends on")

/* Parameters of StringLookup and IntegerLookup; type is of their tokens, field what the fields of special tokens end
 * in. */
#define STRATA_LOOKUP_PARAMS(type_, field_, unknown_)                                                                  \
  STRATA_LOOKUP_PARAM_MAX_TOKENS (StrataLookupLayer),                                                                  \
  STRATA_PARAM (INT, StrataLookupLayer, num_oov_indices, "1", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,  \
                .soft_maximum = 10, .title = "Indices for the unknown",                                                \
                .description = "Over how many indices unknown tokens are spread"),                                     \
  { .name = "mask_token", .type = STRATA_PARAM_##type_,                                                                \
    .offset = (int) G_STRUCT_OFFSET (StrataLookupLayer, mask_##field_),                                                \
    .fallback = "null", .nullable = TRUE, .title = "Mask token",                                                       \
    .description = "The token that stands for nothing; its index is 0" },                                              \
  { .name = "oov_token", .type = STRATA_PARAM_##type_,                                                                 \
    .offset = (int) G_STRUCT_OFFSET (StrataLookupLayer, oov_##field_),                                                 \
    .fallback = unknown_, .nullable = TRUE, .title = "Unknown token",                                                  \
    .description = "What unknown indices become on the way back" },                                                    \
  STRATA_LOOKUP_PARAM_VOCABULARY (StrataLookupLayer), STRATA_LOOKUP_PARAM_IDF (StrataLookupLayer),                     \
  STRATA_PARAM (BOOL, StrataLookupLayer, invert, "false", .title = "Invert",                                           \
                .description = "Whether indices become tokens, rather than tokens indices"),                           \
  STRATA_LOOKUP_PARAM_OUTPUT_MODE (StrataLookupLayer), STRATA_LOOKUP_PARAM_PAD (StrataLookupLayer),                    \
  STRATA_LOOKUP_PARAM_SPARSE (StrataLookupLayer), STRATA_LOOKUP_PARAM_SIZE (StrataLookupLayer),                        \
  STRATA_PARAM (CHOICE, StrataLookupLayer, oov_method, "\"floormod\"",                                                 \
                .choices = STRATA_CHOICES ("floormod", "farmhash"),                                                    \
                .title = "Spread of the unknown",                                                                      \
                .description = "By which rule unknown numbers are spread over their indices"),                         \
  STRATA_LOOKUP_PARAM_SALT (StrataLookupLayer)

gboolean     strata_lookup_layer_configured  (StrataObject *object, GError **error);
void         strata_lookup_layer_finalize    (StrataObject *object);
void         strata_lookup_layer_call        (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
gboolean     strata_lookup_layer_adapt       (StrataLayer *layer, StrataTensor *data, GError **error);
JsonObject  *strata_lookup_layer_dup_learned (StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
void         strata_lookup_layer_save_assets (StrataLayer *layer, StrataAssets *assets);
gboolean     strata_lookup_layer_load_assets (StrataLayer *layer, const StrataAssets *assets, GError **error);

/* For layers that look up what they made of their input */
gint64       strata_lookup_layer_get_size    (StrataLookupLayer *self);
gint64       strata_lookup_layer_get_depth   (StrataLookupLayer *self, StrataBuilder *b);
void         strata_lookup_layer_return_counts (StrataBuilder *b, StrataCall *call, StrataValue *y);
StrataValue *strata_lookup_layer_weigh       (StrataLookupLayer *self, StrataBuilder *b, StrataValue *counts);
gboolean     strata_lookup_layer_learn       (StrataLookupLayer *self, StrataTokenCounts *counts, GError **error);

/* Salts, for layers that hash */
gboolean     strata_salt_read (JsonNode *salt, guint64 key[2], gboolean *salted, GError **error);

G_END_DECLS
