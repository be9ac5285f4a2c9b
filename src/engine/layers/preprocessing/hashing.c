/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "layers/preprocessing/lookup-base.h"
#include "text/fingerprint.h"

typedef struct
{
  StrataLayer parent;
  gint64 num_bins;
  JsonNode *mask_value, *salt;
  char *output_mode;
  gboolean sparse;
  StrataHashOptions options;
} Hashing;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Hashing, num_bins, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2,
                .soft_maximum = 10000,
                .title = "Bins", .description = "Into how many numbers tokens are spread"),
  STRATA_LOOKUP_PARAM_SALT (Hashing),
  STRATA_PARAM (JSON, Hashing, mask_value, "null", .nullable = TRUE, .title = "Mask value",
                .description = "The token that stands for nothing; it becomes 0"),
  STRATA_PARAM (CHOICE, Hashing, output_mode, "\"int\"",
                .choices = STRATA_CHOICES ("int", "one_hot", "multi_hot", "count"),
                .title = "Output mode", .description = "The number of the bin, or vectors of zeros and ones"),
  STRATA_LOOKUP_PARAM_SPARSE (Hashing),
  { NULL },
};

static gboolean
hashing_configured (StrataObject  *object,
                    GError       **error)
{
  Hashing *self = (Hashing *) object;
  StrataHashOptions *options = &self->options;

  options->bins = self->num_bins;
  options->masks = self->mask_value != NULL && !JSON_NODE_HOLDS_NULL (self->mask_value);
  options->mask_number = options->masks && strata_json_is_number (self->mask_value)
                         ? json_node_get_int (self->mask_value) : G_MININT64;
  if (options->masks && strata_json_is_string (self->mask_value))
    options->mask_hash = strata_fingerprint (json_node_get_string (self->mask_value),
                                             strlen (json_node_get_string (self->mask_value)));
  return strata_salt_read (self->salt, options->key, &options->salted, error);
}

static void
hashing_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  Hashing *self = (Hashing *) layer;

  strata_call_return (call,
                      strata_encode_categories (b, strata_hash_tokens (b, call->inputs[0], &self->options),
                                                self->num_bins, self->output_mode, NULL));
}

const StrataLayerInfo strata_layer_hashing = {
  .object = {
    .name = "Hashing",
    .title = "Hashing",
    .category = "Preprocessing",
    .description = "Spreads texts or numbers over bins, without a vocabulary",
    .formula = "y = hash(x) mod bins",
    .params = params,
    .instance_size = sizeof (Hashing),
    .samples = (const char *const[]){
      "{\"num_bins\": 5}",
      "{\"num_bins\": 5, \"mask_value\": \"red\"}",
      "{\"num_bins\": 4, \"salt\": 17, \"output_mode\": \"one_hot\"}",
      "{\"num_bins\": 4, \"salt\": [3, 7], \"output_mode\": \"multi_hot\"}",
      "{\"num_bins\": 3, \"output_mode\": \"count\"}",
      NULL },
    .configured = hashing_configured,
  },
  .min_rank = 1,
  .sample_inputs = "text:3,4",
  .call = hashing_call,
};
