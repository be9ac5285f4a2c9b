/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/lookup-base.h"

static const StrataParam params[] = {
  STRATA_LOOKUP_PARAMS (STRING, text, "\"[UNK]\""),
  STRATA_PARAM (STRING, StrataLookupLayer, encoding, "\"utf-8\"", .title = "Encoding",
                .description = "How texts are written; only UTF-8 is possible"),
  { NULL },
};

const StrataLayerInfo strata_layer_string_lookup = {
  .object = {
    .name = "StringLookup",
    .title = "Text lookup",
    .category = "Preprocessing",
    .description = "Gives each text its index in a vocabulary, or goes back from index to text",
    .formula = "y = place of x in the vocabulary, after those for masked and for unknown values",
    .params = params,
    .instance_size = sizeof (StrataLookupLayer),
    .samples = (const char *const[]){
      "{\"vocabulary\": [\"red\", \"green\", \"blue\"]}",
      "{\"vocabulary\": [\"red\", \"green\", \"blue\"], \"num_oov_indices\": 3, \"mask_token\": \"none\"}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"multi_hot\", \"mask_token\": \"blue\"}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"count\", \"max_tokens\": 6, \"pad_to_max_tokens\": "
      "true}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"tf_idf\", \"idf_weights\": [0.5, 1.5]}",
      "{\"vocabulary\": [\"red\", \"green\"], \"output_mode\": \"one_hot\", \"num_oov_indices\": 2, \"salt\": [3, 7]}",
      NULL },
    .configured = strata_lookup_layer_configured,
    .finalize = strata_lookup_layer_finalize,
  },
  .min_rank = 1,
  .sample_inputs = "text:3,4",
  .call = strata_lookup_layer_call,
  .adapt = strata_lookup_layer_adapt,
  .dup_learned = strata_lookup_layer_dup_learned,
  .save_assets = strata_lookup_layer_save_assets,
  .load_assets = strata_lookup_layer_load_assets,
};
