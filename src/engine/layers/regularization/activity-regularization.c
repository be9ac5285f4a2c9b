/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

typedef struct
{
  StrataLayer parent;
  double l1, l2;
} ActivityRegularization;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, ActivityRegularization, l1, "0.0", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 0.1,
                .title = "L1", .description = "Penalty on the sum of sizes, which makes many outputs zero"),
  STRATA_PARAM (FLOAT, ActivityRegularization, l2, "0.0", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 0.1,
                .title = "L2", .description = "Penalty on the sum of squares, which keeps outputs small"),
  { NULL },
};

static void
activity_regularization_call (StrataLayer   *layer,
                              StrataBuilder *b,
                              StrataCall    *call)
{
  ActivityRegularization *self = (ActivityRegularization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  double n = x->shape.rank > 0 ? x->shape.dims[0] : 1;

  if (self->l1 > 0)
    strata_builder_add_loss (b,
                             strata_scale (b, strata_reduce_sum (b, strata_absolute (b, x), STRATA_ALL_AXES, FALSE),
                                           self->l1 / n));
  if (self->l2 > 0)
    strata_builder_add_loss (b,
                             strata_scale (b, strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE),
                                           self->l2 / n));
  strata_call_return (call, x);
}

const StrataLayerInfo strata_layer_activity_regularization = {
  .object = {
    .name = "ActivityRegularization",
    .title = "Activity regularization",
    .category = "Regularization",
    .description = "Passes its input on, and adds its size to the loss",
    .formula = "loss += (l1 · Σ|x| + l2 · Σx²) / batch",
    .params = params,
    .instance_size = sizeof (ActivityRegularization),
    .samples = (const char *const[]){
      "{}",
      "{\"l1\": 0.1}",
      "{\"l2\": 0.2}",
      "{\"l1\": 0.01, \"l2\": 0.01}",
      "{\"l1\": 1.0, \"l2\": 0.5}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = activity_regularization_call,
};
