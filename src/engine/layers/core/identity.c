/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

static void
identity_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  strata_call_return (call, call->inputs[0]);
}

const StrataLayerInfo strata_layer_identity = {
  .object = {
    .name = "Identity",
    .title = "Identity",
    .category = "Core",
    .description = "Passes its input on unchanged; holds a place, or names a point",
    .formula = "y = x",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"here\"}", NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = identity_call,
};
