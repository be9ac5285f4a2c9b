/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"

#include "layers/common-params.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  StrataActivation *activation;
} Activation;

static const StrataParam params[] = {
  STRATA_PARAM (OBJECT, Activation, activation, NULL, .kind = STRATA_KIND_ACTIVATION, .nullable = TRUE,
                .title = "Activation",
                .description = "What is done to each number"),
  { NULL },
};

static void
activation_call (StrataLayer   *layer,
                 StrataBuilder *b,
                 StrataCall    *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  strata_call_return (call, strata_activation_apply (((Activation *) layer)->activation, b, x));
}

const StrataLayerInfo strata_layer_activation = {
  .object = {
    .name = "Activation",
    .title = "Activation",
    .category = "Activation",
    .description = "Bends each number by a function; without it, layers in a row are no more than one",
    .formula = "y = activation(x)",
    .params = params,
    .instance_size = sizeof (Activation),
    .samples = (const char *const[]){
      "{\"activation\": \"relu\"}",
      "{\"activation\": \"linear\"}",
      "{\"activation\": \"softmax\"}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 1,
  .sample_inputs = "2,5,3",
  .call = activation_call,
};
