/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "activations/activation.h"
#include "ops/shaping.h"

/* Activations are called alike in keras.ops and keras.activations, and have the same parameters. */
static void
emit_activation (StrataOperands *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) config = strata_operation_new_config (self->operation, self->config, NULL);
  g_autoptr (StrataObject) activation = NULL;
  StrataValue *x = strata_operands_get_float (self, 0);
  int rank = x->shape.rank, axis = rank - 1;

  if (json_object_has_member (self->config, "axis"))
    axis = strata_operands_axis (self, "axis", rank);
  json_object_remove_member (config, "axis");
  activation = strata_object_new (STRATA_KIND_ACTIVATION, self->operation->name, config, &error);
  if (activation == NULL)
    strata_operands_fail (self, "cannot be computed: %s", error->message);
  if (strata_builder_has_failed (self->b))
    return;

  /* Activations go along the last dimension: where another is meant, it trades places with that. */
  x = strata_swap_axes (self->b, x, axis, -1);
  x = strata_activation_apply (STRATA_ACTIVATION (activation), self->b, x);
  strata_operands_return (self, strata_swap_axes (self->b, x, axis, -1), STRATA_FLOAT32);
}

#define NN(op_name, ...) { .name = op_name, .module = "keras.src.ops.nn", .emit = emit_activation, ##__VA_ARGS__ }

const StrataOperation strata_operations_activations[] = {
  NN ("Relu"),
  NN ("Relu6"),
  NN ("Sigmoid"),
  NN ("Softplus"),
  NN ("Softsign"),
  NN ("Silu"),
  NN ("LogSigmoid"),
  NN ("Selu"),
  NN ("HardSigmoid"),
  NN ("HardSilu"),
  NN ("HardTanh"),
  NN ("TanhShrink"),
  NN ("SparsePlus"),
  NN ("SparseSigmoid"),
  NN ("Celu", .parameters = "alpha=1.0"),
  NN ("Elu", .parameters = "alpha=1.0"),
  NN ("Gelu", .parameters = "approximate=true"),
  NN ("Glu", .parameters = "axis=-1"),
  NN ("HardShrink", .parameters = "threshold=0.5"),
  NN ("SoftShrink", .parameters = "threshold=0.5"),
  NN ("LeakyRelu", .parameters = "negative_slope=0.2"),
  NN ("LogSoftmax", .parameters = "axis=-1"),
  NN ("Softmax", .parameters = "axis=-1"),
  NN ("Sparsemax", .parameters = "axis=-1"),
  NN ("Squareplus", .parameters = "b=4"),
  NN ("Threshold", .parameters = "threshold,default_value"),
  { .name = "ReLU", .module = "keras.src.activations.activations", .python = "keras.activations.relu",
    .parameters = "negative_slope=0.0,max_value=null,threshold=0.0", .emit = emit_activation },
  { NULL },
};
