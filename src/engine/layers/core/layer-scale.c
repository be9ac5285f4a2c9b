/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/common-params.h"
#include "ops/elementwise.h"

/* Going deeper with image transformers, Touvron et al., 2021. Keras keeps it with ConvNeXt. */
typedef struct
{
  StrataLayer parent;
  double init_values;
  gint64 projection_dim;
  StrataVariable *gamma;
} LayerScale;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, LayerScale, init_values, NULL, .minimum = -G_MAXINT32, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 1,
                .title = "Initial value", .description = "How strong the branch is in the beginning"),
  STRATA_PARAM (INT, LayerScale, projection_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_maximum = 1024,
                .title = "Channels", .description = "How many channels the input has: each has a factor"),
  { NULL },
};

static gboolean
layer_scale_build (StrataLayer       *layer,
                   const StrataSpec  *inputs,
                   guint              n_inputs,
                   GError           **error)
{
  LayerScale *self = (LayerScale *) layer;
  StrataShape shape = { .rank = 1, .dims = { self->projection_dim } };
  g_autoptr (JsonObject) value = json_object_new ();
  g_autoptr (StrataObject) constant = NULL;

  json_object_set_double_member (value, "value", self->init_values);
  constant = strata_object_new (STRATA_KIND_INITIALIZER, "Constant", value, NULL);
  self->gamma = strata_layer_add_weight (layer, "gamma", &shape, constant, error);
  return self->gamma != NULL;
}

static void
layer_scale_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataValue *gamma = strata_builder_read (b, ((LayerScale *) layer)->gamma);

  strata_call_return (call, strata_multiply (b, call->inputs[0], gamma));
}

const StrataLayerInfo strata_layer_layer_scale = {
  .object = {
    .name = "LayerScale",
    .module = "keras.src.applications.convnext",
    .title = "Layer scale",
    .category = "Core",
    .description = "Learns how strong each channel of a branch is, weak in the beginning",
    .formula = "y = γ · x",
    .params = params,
    .instance_size = sizeof (LayerScale),
    .samples = (const char *const[]){
      "{\"init_values\": 1e-06, \"projection_dim\": 3}",
      "{\"init_values\": 0.5, \"projection_dim\": 3}",
      "{\"init_values\": 1, \"projection_dim\": 1}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 2,
  .sample_inputs = "2,5,3",
  .build = layer_scale_build,
  .call = layer_scale_call,
};
