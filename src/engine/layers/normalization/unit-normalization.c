/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/normalization/norm-base.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

typedef struct
{
  StrataLayer parent;
  StrataInts axis;
} UnitNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, UnitNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis", .description = "The dimensions along which the length becomes 1"),
  { NULL },
};

static void
unit_normalization_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  UnitNormalization *self = (UnitNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *inverse;
  guint axes = 0;

  for (int i = 0; i < self->axis.n; i++)
    {
      if (self->axis.v[i] < -x->shape.rank || self->axis.v[i] >= x->shape.rank)
        {
          strata_builder_fail (b, STRATA_ERROR_VALUE, "there is no axis %d in an input of %d dimensions",
                               (int) self->axis.v[i], x->shape.rank);
          return;
        }
      axes |= strata_axis_bit (x, self->axis.v[i]);
    }
  inverse = strata_rsqrt (b, strata_reduce_sum (b, strata_square (b, x), axes, TRUE));
  strata_call_return (call, strata_multiply (b, x, strata_minimum (b, inverse, strata_builder_scalar (b, 1e12))));
}

const StrataLayerInfo strata_layer_unit_normalization = {
  .object = {
    .name = "UnitNormalization",
    .title = "Unit normalization",
    .category = "Normalization",
    .description = "Scales each sample to length 1",
    .formula = "y = x / √(Σ x²)",
    .params = params,
    .instance_size = sizeof (UnitNormalization),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": 1}",
      "{\"axis\": [1, 2]}",
      "{\"axis\": [-1]}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 2,
  .sample_inputs = "2,4,5",
  .call = unit_normalization_call,
};
