/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/lookup-base.h"

static const StrataParam params[] = {
  STRATA_LOOKUP_PARAMS (INT, number, "-1"),
  STRATA_PARAM (CHOICE, StrataLookupLayer, vocabulary_dtype, "\"int64\"", .choices = STRATA_CHOICES ("int64"),
                .title = "Vocabulary type",
                .description = "What the tokens are"),
  { NULL },
};

const StrataLayerInfo strata_layer_integer_lookup = {
  .object = {
    .name = "IntegerLookup",
    .title = "Number lookup",
    .category = "Preprocessing",
    .description = "Gives each whole number its index in a vocabulary, or goes back from index to number",
    .formula = "y = place of x in the vocabulary, after those for masked and for unknown values",
    .params = params,
    .instance_size = sizeof (StrataLookupLayer),
    .samples = (const char *const[]){
      "{\"vocabulary\": [3, 5, 7]}",
      "{\"vocabulary\": [3, 5, 7], \"num_oov_indices\": 3, \"mask_token\": 0}",
      "{\"vocabulary\": [3, 5, 7], \"num_oov_indices\": 2, \"oov_method\": \"farmhash\"}",
      "{\"vocabulary\": [3, 5], \"output_mode\": \"multi_hot\", \"mask_token\": 7}",
      "{\"vocabulary\": [3, 5], \"output_mode\": \"tf_idf\", \"idf_weights\": [0.5, 1.5]}",
      "{\"vocabulary\": [3, 5], \"invert\": true}",
      NULL },
    .configured = strata_lookup_layer_configured,
    .finalize = strata_lookup_layer_finalize,
  },
  .min_rank = 1,
  .sample_inputs = "int32<10:3,4",
  .call = strata_lookup_layer_call,
  .adapt = strata_lookup_layer_adapt,
  .dup_learned = strata_lookup_layer_dup_learned,
  .save_assets = strata_lookup_layer_save_assets,
  .load_assets = strata_lookup_layer_load_assets,
};
