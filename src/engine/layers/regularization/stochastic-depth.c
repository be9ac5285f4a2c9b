/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/regularization/dropout-base.h"
#include "ops/elementwise.h"

/* Deep networks with stochastic depth, Huang et al., 2016. Keras keeps it with ConvNeXt. */
typedef struct
{
  StrataLayer parent;
  double drop_path_rate;
} StochasticDepth;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, StochasticDepth, drop_path_rate, NULL, .minimum = 0, .maximum = 1, .soft_minimum = 0,
                .soft_maximum = 0.8,
                .title = "Rate", .description = "Which part of the samples skips the branch"),
  { NULL },
};

static void
stochastic_depth_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataValue *x = call->inputs[0];
  StrataShape noise = x->shape;

  for (int i = 1; i < noise.rank; i++)
    noise.dims[i] = 1;
  if (call->training)
    x = strata_dropout (b, x, &noise, ((StochasticDepth *) layer)->drop_path_rate, STRATA_NONE_INT);
  strata_call_return (call, x);
}

const StrataLayerInfo strata_layer_stochastic_depth = {
  .object = {
    .name = "StochasticDepth",
    .module = "keras.src.applications.convnext",
    .title = "Stochastic depth",
    .category = "Regularization",
    .description = "Lets whole samples skip a branch at random while training",
    .formula = "y = x / (1 − rate) where a sample is kept, 0 elsewhere",
    .params = params,
    .instance_size = sizeof (StochasticDepth),
    .samples = (const char *const[]){
      "{\"drop_path_rate\": 0.5}",
      "{\"drop_path_rate\": 0.0}",
      "{\"drop_path_rate\": 0.1}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 1,
  .sample_inputs = "2,5,3",
  .call = stochastic_depth_call,
};
