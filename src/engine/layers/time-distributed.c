/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/wrapper-base.h"
#include "ops/shaping.h"

static const StrataParam params[] = { STRATA_PARAM_LAYER, { NULL } };

static gboolean
time_distributed_build (StrataLayer       *layer,
                        const StrataSpec  *inputs,
                        guint              n_inputs,
                        GError           **error)
{
  StrataSpec step = inputs[0];

  strata_shape_remove (&step.shape, 1);
  return strata_layer_build (((StrataWrapperLayer *) layer)->layer, &step, 1, error);
}

/* Steps are samples like others: all of them go through the layer at once. */
static void
time_distributed_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataValue *x = call->inputs[0], *y;
  StrataShape flat = x->shape, shape;

  strata_shape_remove (&flat, 1);
  flat.dims[0] = strata_shape_get_span (&x->shape, 0, 2);
  y = strata_layer_call_on (((StrataWrapperLayer *) layer)->layer, b, strata_reshape (b, x, &flat), call->training);
  if (strata_builder_has_failed (b))
    return;
  shape = y->shape;
  shape.dims[0] = x->shape.dims[0];
  strata_shape_insert (&shape, 1, x->shape.dims[1]);
  strata_call_return (call, strata_reshape (b, y, &shape));
}

const StrataLayerInfo strata_layer_time_distributed = {
  .object = {
    .name = "TimeDistributed",
    .title = "Time distributed",
    .category = "Recurrent",
    .description = "Applies the same layer to each step of a sequence",
    .formula = "y[t] = layer(x[t])",
    .params = params,
    .instance_size = sizeof (StrataWrapperLayer),
    .samples = (const char *const[]){
      "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}}",
      "{\"layer\": {\"class_name\": \"Conv2D\", \"config\": {\"filters\": 2, \"kernel_size\": 2, \"activation\": \"relu\"}}}",
      "{\"layer\": {\"class_name\": \"Flatten\", \"config\": {}}}",
      "{\"layer\": {\"class_name\": \"GlobalAveragePooling2D\", \"config\": {}}}",
      "{\"layer\": {\"class_name\": \"LayerNormalization\", \"config\": {}}}",
      NULL },
    .configured = strata_wrapper_layer_configured,
  },
  .flags = STRATA_LAYER_WRAPS | STRATA_LAYER_PASSES_MASK,
  .min_rank = 3,
  .sample_inputs = "2,3,4,4,2",
  .build = time_distributed_build,
  .call = time_distributed_call,
};
