/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "layers/common-params.h"
#include "layers/layer.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"

typedef struct
{
  StrataLayer parent;
  gint64 units;
  StrataActivation *activation;
  gboolean use_bias;
  StrataObject *kernel_initializer, *bias_initializer;
  StrataObject *kernel_regularizer, *bias_regularizer, *activity_regularizer;
  StrataObject *kernel_constraint, *bias_constraint;
  StrataVariable *kernel, *bias;
} Dense;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Dense, units, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1, .soft_maximum = 1024,
                .title = "Units", .description = "How many numbers come out"),
  STRATA_PARAM_ACTIVATION (Dense, activation, "\"linear\""),
  STRATA_PARAM_USE_BIAS (Dense, use_bias),
  STRATA_PARAM_INITIALIZER (Dense, kernel_initializer, "\"GlorotUniform\"", "Kernel initializer",
                            "How the weights begin"),
  STRATA_PARAM_INITIALIZER (Dense, bias_initializer, "\"Zeros\"", "Bias initializer", "How the bias begins"),
  STRATA_PARAM_REGULARIZER (Dense, kernel_regularizer, "Kernel regularizer", "Penalty on large weights"),
  STRATA_PARAM_REGULARIZER (Dense, bias_regularizer, "Bias regularizer", "Penalty on a large bias"),
  STRATA_PARAM_REGULARIZER (Dense, activity_regularizer, "Activity regularizer", "Penalty on large outputs"),
  STRATA_PARAM_CONSTRAINT (Dense, kernel_constraint, "Kernel constraint", "What the weights are kept to"),
  STRATA_PARAM_CONSTRAINT (Dense, bias_constraint, "Bias constraint", "What the bias is kept to"),
  { NULL },
};

static gboolean
dense_build (StrataLayer       *layer,
             const StrataSpec  *inputs,
             guint              n_inputs,
             GError           **error)
{
  Dense *self = (Dense *) layer;
  gint64 width = inputs[0].shape.dims[inputs[0].shape.rank - 1];

  if (width == STRATA_UNKNOWN)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "the last dimension of the input must be known");
      return FALSE;
    }

  self->kernel = strata_layer_add_weight_full (layer, "kernel", &STRATA_SHAPE (width, self->units),
                                               self->kernel_initializer, self->kernel_regularizer,
                                               self->kernel_constraint, error);
  if (self->kernel == NULL || !self->use_bias)
    return self->kernel != NULL;

  self->bias = strata_layer_add_weight_full (layer, "bias", &STRATA_SHAPE (self->units), self->bias_initializer,
                                             self->bias_regularizer, self->bias_constraint, error);
  return self->bias != NULL;
}

static void
dense_call (StrataLayer   *layer,
            StrataBuilder *b,
            StrataCall    *call)
{
  Dense *self = (Dense *) layer;
  StrataValue *x = call->inputs[0], *y;

  y = strata_matmul (b, strata_cast (b, x, STRATA_FLOAT32), strata_builder_read (b, self->kernel), FALSE, FALSE);
  if (self->use_bias)
    y = strata_add (b, y, strata_builder_read (b, self->bias));
  y = strata_activation_apply (self->activation, b, y);
  strata_layer_add_activity (layer, b, self->activity_regularizer, y);
  strata_call_return (call, y);
}

const StrataLayerInfo strata_layer_dense = {
  .object = {
    .name = "Dense",
    .title = "Dense",
    .category = "Core",
    .description = "Each output is a weighted sum of all inputs",
    .formula = "y = activation(x · kernel + bias)",
    .params = params,
    .instance_size = sizeof (Dense),
    .samples = (const char *const[]){
      "{\"units\": 3}",
      "{\"units\": 5, \"activation\": \"relu\", \"use_bias\": false}",
      "{\"units\": 4, \"activation\": \"softmax\", \"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": "
      "{\"l2\": 0.01}}}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 2,
  .build = dense_build,
  .call = dense_call,
};
