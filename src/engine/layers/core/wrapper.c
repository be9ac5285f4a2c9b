/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/wrapper-base.h"

static const StrataParam params[] = { STRATA_PARAM_LAYER, { NULL } };

const StrataLayerInfo strata_layer_wrapper = {
  .object = {
    .name = "Wrapper",
    .title = "Wrapper",
    .category = "Core",
    .description = "Holds another layer and passes everything through it",
    .formula = "y = layer(x)",
    .params = params,
    .instance_size = sizeof (StrataWrapperLayer),
    .samples = (const char *const[]){
      "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}}",
      "{\"layer\": {\"class_name\": \"LayerNormalization\", \"config\": {}}}",
      NULL },
    .configured = strata_wrapper_layer_configured,
  },
  .flags = STRATA_LAYER_WRAPS,
  .sample_inputs = "2,4",
  .build = strata_wrapper_layer_build,
  .call = strata_wrapper_layer_call,
};
