/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/lookup-base.h"

typedef struct
{
  StrataLayer parent;
  gint64 num_bins;
  char *output_mode;
  gboolean sparse;
} HashedCrossing;

static const StrataParam params[] = {
  STRATA_PARAM (INT, HashedCrossing, num_bins, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 2,
                .soft_maximum = 10000,
                .title = "Bins", .description = "Into how many numbers combinations are spread"),
  STRATA_PARAM (CHOICE, HashedCrossing, output_mode, "\"int\"", .choices = STRATA_CHOICES ("int", "one_hot"),
                .title = "Output mode", .description = "The number of the bin, or a vector of zeros and a one"),
  STRATA_LOOKUP_PARAM_SPARSE (HashedCrossing),
  { NULL },
};

static void
hashed_crossing_call (StrataLayer   *layer,
                      StrataBuilder *b,
                      StrataCall    *call)
{
  HashedCrossing *self = (HashedCrossing *) layer;
  const StrataShape *shape = &call->inputs[0]->shape;

  if (call->n_inputs < 2 || (shape->rank == 2 && shape->dims[1] != 1))
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "expected two or more inputs with one token a sample each, received %u", call->n_inputs);
      return;
    }
  strata_call_return (call,
                      strata_encode_categories (b,
                                                strata_cross_tokens (b, call->inputs, call->n_inputs, self->num_bins),
                                                self->num_bins,
                                                      self->output_mode, NULL));
}

const StrataLayerInfo strata_layer_hashed_crossing = {
  .object = {
    .name = "HashedCrossing",
    .title = "Hashed crossing",
    .category = "Preprocessing",
    .description = "Makes one category of the combination of several, and spreads them over bins",
    .formula = "y = hash(x₁, x₂, …) mod bins",
    .params = params,
    .instance_size = sizeof (HashedCrossing),
    .samples = (const char *const[]){
      "{\"num_bins\": 5}",
      "{\"num_bins\": 7, \"output_mode\": \"one_hot\"}",
      NULL },
  },
  .flags = STRATA_LAYER_MERGES | STRATA_LAYER_BRIEF_CONFIG,
  .min_rank = 1,
  .max_rank = 2,
  .sample_inputs = "text:4,1;int32<10:4,1",
  .call = hashed_crossing_call,
};
