/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/upsampling-base.h"

static const StrataParam params[] = {
  STRATA_UPSAMPLING_PARAM_SIZE (0, "2"),
  { NULL },
};

/* Keras writes the one number as such. */
static gboolean
up_sampling1d_configured (StrataObject  *object,
                          GError       **error)
{
  StrataUpSamplingLayer *self = (StrataUpSamplingLayer *) object;

  self->size.scalar = self->size.n == 1;
  if (self->size.scalar)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "size must be one whole number");
  return FALSE;
}

const StrataLayerInfo strata_layer_up_sampling1d = {
  .object = {
    .name = "UpSampling1D",
    .title = "Upsampling 1D",
    .category = "Reshaping",
    .description = "Repeats each step of a sequence",
    .formula = "y[i] = x[⌊i / size⌋]",
    .params = params,
    .instance_size = sizeof (StrataUpSamplingLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"size\": 1}",
      "{\"size\": 2}",
      "{\"size\": 3}",
      "{\"size\": 5}",
      NULL },
    .configured = up_sampling1d_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,4,3",
  .call = strata_upsampling_layer_call,
};
