/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

/* Keras keeps it with InceptionResNetV2. */
typedef struct
{
  StrataLayer parent;
  double scale;
} CustomScaleLayer;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, CustomScaleLayer, scale, NULL, .minimum = -G_MAXINT32, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 1,
                .title = "Scale", .description = "How much of the second input is added"),
  { NULL },
};

static void
custom_scale_layer_call (StrataLayer   *self,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  StrataValue *branch;

  if (!strata_merge_check_pair (b, call))
    return;
  branch = strata_scale (b, call->inputs[1], ((CustomScaleLayer *) self)->scale);
  strata_call_return (call, strata_add (b, call->inputs[0], branch));
}

const StrataLayerInfo strata_layer_custom_scale_layer = {
  .object = {
    .name = "CustomScaleLayer",
    .module = "keras.src.applications.inception_resnet_v2",
    .title = "Scaled addition",
    .category = "Merging",
    .description = "Adds a scaled branch to its shortcut",
    .formula = "y = x₁ + scale · x₂",
    .params = params,
    .instance_size = sizeof (CustomScaleLayer),
    .samples = (const char *const[]){
      "{\"scale\": 0.17}",
      "{\"scale\": 1}",
      "{\"scale\": -2.5}",
      NULL },
  },
  .flags = STRATA_LAYER_MERGES | STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3;2,5,3",
  .call = custom_scale_layer_call,
};
