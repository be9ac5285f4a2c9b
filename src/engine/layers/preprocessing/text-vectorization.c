/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "layers/preprocessing/lookup-base.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  gint64 max_tokens, output_sequence_length, vocabulary_size;
  char *standardize, *split, *output_mode, *encoding;
  StrataInts ngrams;
  JsonNode *vocabulary, *idf_weights;
  gboolean pad_to_max_tokens, sparse, ragged;
  StrataLookupLayer *lookup;
  StrataTokenOptions options;
} TextVectorization;

static const StrataParam params[] = {
  STRATA_LOOKUP_PARAM_MAX_TOKENS (TextVectorization),
  STRATA_PARAM (CHOICE, TextVectorization, standardize, "\"lower_and_strip_punctuation\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("lower_and_strip_punctuation", "lower", "strip_punctuation"),
                .title = "Standardize",
                .description = "What is done to a text before it is cut"),
  STRATA_PARAM (CHOICE, TextVectorization, split, "\"whitespace\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("whitespace", "character"),
                .title = "Split", .description = "Where a text is cut into tokens"),
  STRATA_PARAM (INTS, TextVectorization, ngrams, "null", .nullable = TRUE, .minimum = 1, .maximum = 16,
                .soft_minimum = 1, .soft_maximum = 3,
                .title = "N-grams",
                .description = "Up to how many neighbours are tokens together, too; or a list of how many"),
  STRATA_LOOKUP_PARAM_OUTPUT_MODE (TextVectorization),
  STRATA_PARAM (INT, TextVectorization, output_sequence_length, "null", .nullable = TRUE, .minimum = 1,
                .maximum = G_MAXINT32, .soft_minimum = 10,
                .soft_maximum = 500, .title = "Length",
                .description = "How many tokens a text has in the end: longer ones are cut, shorter ones filled up "
                               "with 0"),
  STRATA_LOOKUP_PARAM_PAD (TextVectorization),
  STRATA_LOOKUP_PARAM_SPARSE (TextVectorization),
  STRATA_PARAM (BOOL, TextVectorization, ragged, "false", .title = "Ragged",
                .description = "Keras's mark for rows of different lengths; not possible here"),
  STRATA_LOOKUP_PARAM_VOCABULARY (TextVectorization),
  STRATA_LOOKUP_PARAM_IDF (TextVectorization),
  STRATA_PARAM (STRING, TextVectorization, encoding, "\"utf-8\"", .title = "Encoding",
                .description = "How texts are written; only UTF-8 is possible"),
  STRATA_LOOKUP_PARAM_SIZE (TextVectorization),
  { NULL },
};

static gboolean
set_options (TextVectorization  *self,
             GError            **error)
{
  StrataTokenOptions *options = &self->options;

  *options = (StrataTokenOptions){
    .lower = self->standardize != NULL && g_str_has_prefix (self->standardize, "lower"),
    .strip = self->standardize != NULL && g_str_has_suffix (self->standardize, "punctuation"),
    .split = self->split == NULL ? STRATA_SPLIT_NONE : g_str_equal (self->split, "character") ? STRATA_SPLIT_CHARACTER
    : STRATA_SPLIT_WHITESPACE,
  };
  if (self->ngrams.n > 0)
    options->n_ngrams = self->ngrams.scalar ? self->ngrams.v[0] : self->ngrams.n;
  if (options->n_ngrams > STRATA_MAX_NGRAMS)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "ngrams may have at most %d lengths", STRATA_MAX_NGRAMS);
      return FALSE;
    }
  for (int i = 0; i < options->n_ngrams; i++)
    options->ngrams[i] = self->ngrams.scalar ? i + 1 : self->ngrams.v[i];
  return TRUE;
}

/* Keras has a lookup inside, too, and files hold its vocabulary there as well. */
static gboolean
make_lookup (TextVectorization  *self,
             GError            **error)
{
  static const char *const shared[] = { "max_tokens", "output_mode", "pad_to_max_tokens", "vocabulary", "idf_weights",
                                        "encoding", "vocabulary_size" };
  g_autoptr (JsonObject) config = json_object_new ();
  StrataLayer *lookup;

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    json_object_set_member (config, shared[i], strata_object_get_param (STRATA_OBJECT (self), shared[i]));
  json_object_set_string_member (config, "mask_token", "");
  lookup = strata_layer_new ("StringLookup", config, error);
  if (lookup == NULL)
    return FALSE;
  strata_layer_remove_children (STRATA_LAYER (self));
  strata_layer_add_child (STRATA_LAYER (self), "_lookup_layer", lookup);
  self->lookup = (StrataLookupLayer *) lookup;
  g_object_unref (lookup);
  self->vocabulary_size = strata_lookup_layer_get_size (self->lookup);
  if (strata_token_table_get_size (self->lookup->table) == 0 && self->lookup->vocabulary_size != STRATA_NONE_INT)
    self->vocabulary_size = self->lookup->vocabulary_size;
  return TRUE;
}

static gboolean
text_vectorization_configured (StrataObject  *object,
                               GError       **error)
{
  TextVectorization *self = (TextVectorization *) object;

  if (self->ragged)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                      "rows of different lengths (ragged) are not possible; give output_sequence_length instead");
  else if (self->output_sequence_length != STRATA_NONE_INT && !g_str_equal (self->output_mode, "int"))
    strata_set_error (error, STRATA_ERROR_VALUE, "output_sequence_length goes only with output_mode “int”");
  else
    return set_options (self, error) && make_lookup (self, error);
  return FALSE;
}

/* Cutting at nothing leaves as many tokens as there are texts. */
static gint64
get_length (TextVectorization *self,
            StrataValue       *x)
{
  if (self->output_sequence_length != STRATA_NONE_INT)
    return self->output_sequence_length;
  return self->options.split == STRATA_SPLIT_NONE && self->options.n_ngrams == 0 && x->shape.rank == 2
         ? x->shape.dims[1] : STRATA_UNKNOWN;
}

static StrataValue *
vectorize (TextVectorization *self,
           StrataBuilder     *b,
           StrataValue       *x)
{
  gint64 depth;

  if (g_str_equal (self->output_mode, "int"))
    return strata_split_tokens (b, x, self->lookup->table, &self->options, get_length (self, x));
  depth = strata_lookup_layer_get_depth (self->lookup, b);
  if (strata_builder_has_failed (b))
    return x;
  if (g_str_equal (self->output_mode, "one_hot"))
    {
      if (get_length (self, x) == STRATA_UNKNOWN)
        strata_builder_fail (b, STRATA_ERROR_UNSUPPORTED,
                             "output_mode “one_hot” would give rows of different lengths; use multi_hot, or split "
                             "None");
      return strata_encode_categories (b,
                                       strata_split_tokens (b, x, self->lookup->table, &self->options,
                                                            get_length (self, x)), depth, "one_hot", NULL);
    }
  x = strata_count_tokens (b, x, self->lookup->table, &self->options, depth);
  if (g_str_equal (self->output_mode, "multi_hot"))
    return strata_minimum (b, x, strata_builder_scalar (b, 1));
  return g_str_equal (self->output_mode, "tf_idf") ? strata_lookup_layer_weigh (self->lookup, b, x) : x;
}

static gboolean
counts (TextVectorization *self)
{
  return !g_str_equal (self->output_mode, "int") && !g_str_equal (self->output_mode, "tf_idf");
}

static void
text_vectorization_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  TextVectorization *self = (TextVectorization *) layer;
  StrataValue *x = call->inputs[0];

  if (x->dtype != STRATA_STRING)
    strata_builder_fail (b, STRATA_ERROR_TYPE, "expected texts, received %s; give the Input the data type “string”",
                         strata_dtype_get_name (x->dtype));
  else if (self->options.split != STRATA_SPLIT_NONE && x->shape.rank == 2 && x->shape.dims[1] > 1)
    strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected one text a sample, received %" PRId64,
                         x->shape.dims[1]);
  else
    {
      gboolean single = self->options.split == STRATA_SPLIT_NONE && x->shape.rank == 1;
      StrataValue *y = vectorize (self, b, single ? strata_expand_dims (b, x, -1) : x);

      y = single ? strata_squeeze (b, y, 1) : y;
      if (counts (self))
        strata_lookup_layer_return_counts (b, call, y);
      else
        strata_call_return (call, y);
    }
}

static gboolean
text_vectorization_adapt (StrataLayer   *layer,
                          StrataTensor  *data,
                          GError       **error)
{
  TextVectorization *self = (TextVectorization *) layer;
  g_autoptr (StrataTokenCounts) counts = strata_token_counts_new (TRUE);
  const StrataShape *shape = strata_tensor_get_shape (data);
  gint64 width = shape->rank > 1 ? strata_shape_get_span (shape, 1, shape->rank) : 1;
  const char *const *texts = strata_tensor_get_data (data);

  if (strata_tensor_get_dtype (data) != STRATA_STRING)
    {
      strata_set_error (error, STRATA_ERROR_TYPE, "the data must be texts");
      return FALSE;
    }
  for (gint64 i = 0; i < strata_tensor_get_size (data); i += width)
    {
      gsize n;
      const StrataToken *tokens = strata_tokens_split (&self->options, texts + i, width, &n);

      for (gsize k = 0; k < n; k++)
        strata_token_counts_add_text (counts, tokens[k].text, tokens[k].length);
      strata_token_counts_end_document (counts);
    }
  if (!strata_lookup_layer_learn (self->lookup, counts, error))
    return FALSE;
  self->vocabulary_size = strata_lookup_layer_get_size (self->lookup);
  return TRUE;
}

static JsonObject *
text_vectorization_dup_learned (StrataLayer *layer)
{
  return strata_lookup_layer_dup_learned (STRATA_LAYER (((TextVectorization *) layer)->lookup));
}

static void
text_vectorization_save_assets (StrataLayer  *layer,
                                StrataAssets *assets)
{
  strata_layer_save_assets (STRATA_LAYER (((TextVectorization *) layer)->lookup), assets);
}

static gboolean
text_vectorization_load_assets (StrataLayer         *layer,
                                const StrataAssets  *assets,
                                GError             **error)
{
  TextVectorization *self = (TextVectorization *) layer;

  if (!strata_layer_load_assets (STRATA_LAYER (self->lookup), assets, error))
    return FALSE;
  self->vocabulary_size = strata_lookup_layer_get_size (self->lookup);
  return TRUE;
}

const StrataLayerInfo strata_layer_text_vectorization = {
  .object = {
    .name = "TextVectorization",
    .title = "Text vectorization",
    .category = "Preprocessing",
    .description = "Cuts texts into words and gives each its number, or counts them",
    .formula = "y[i] = index of the i-th word in the vocabulary",
    .params = params,
    .instance_size = sizeof (TextVectorization),
    .samples = (const char *const[]){
      "{\"vocabulary\": [\"red\", \"green\", \"blue\"], \"output_sequence_length\": 4}",
      "{\"vocabulary\": [\"red\", \"green\", \"green blue\"], \"ngrams\": 2, \"output_mode\": \"count\"}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"multi_hot\", \"max_tokens\": 7, "
      "\"pad_to_max_tokens\": true}",
      "{\"vocabulary\": [\"e\", \"r\", \"ed\"], \"split\": \"character\", \"ngrams\": [2, 1], "
      "\"output_sequence_length\": 6, \"standardize\": \"lower\"}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"tf_idf\", \"idf_weights\": [0.5, 1.5], "
      "\"standardize\": null}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"one_hot\", \"split\": null}",
      NULL },
    .configured = text_vectorization_configured,
  },
  .min_rank = 1,
  .max_rank = 2,
  .sample_inputs = "text:4,1",
  .call = text_vectorization_call,
  .adapt = text_vectorization_adapt,
  .dup_learned = text_vectorization_dup_learned,
  .save_assets = text_vectorization_save_assets,
  .load_assets = text_vectorization_load_assets,
};
