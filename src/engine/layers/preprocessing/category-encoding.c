/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/category-base.h"

typedef struct
{
  StrataLayer parent;
  gint64 num_tokens;
  char *output_mode;
} CategoryEncoding;

static const StrataParam params[] = {
  STRATA_PARAM (INT, CategoryEncoding, num_tokens, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2,
                .soft_maximum = 1000,
                .title = "Categories", .description = "How many there are: the largest number plus one"),
  STRATA_PARAM (CHOICE, CategoryEncoding, output_mode, "\"multi_hot\"",
                .choices = STRATA_CHOICES ("one_hot", "multi_hot", "count"),
                .title = "Output mode",
                .description = "A vector for each number, or one for all of a sample: of what occurs, or of how often"),
  { NULL },
};

static void
category_encoding_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  CategoryEncoding *self = (CategoryEncoding *) layer;
  StrataValue *weights = strata_call_get_tensor (call, "count_weights");

  strata_call_return (call,
                      strata_encode_categories (b, call->inputs[0], self->num_tokens, self->output_mode, weights));
}

const StrataLayerInfo strata_layer_category_encoding = {
  .object = {
    .name = "CategoryEncoding",
    .title = "Category encoding",
    .category = "Preprocessing",
    .description = "Writes numbers of categories as vectors of zeros and ones",
    .formula = "y[c] = 1 if x holds c, else 0, or how often it does",
    .params = params,
    .instance_size = sizeof (CategoryEncoding),
    .samples = (const char *const[]){
      "{\"num_tokens\": 10}",
      "{\"num_tokens\": 10, \"output_mode\": \"one_hot\"}",
      "{\"num_tokens\": 12, \"output_mode\": \"count\"}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL,
  .min_rank = 1,
  .sample_inputs = "int32<10:3,4",
  .call = category_encoding_call,
};
