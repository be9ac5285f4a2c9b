/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/normalization/norm-base.h"

#include <stdlib.h>

#include "ops/elementwise.h"
#include "ops/moments.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataNormLayer norm;
  StrataInts axis;
  gboolean rms_scaling;
} LayerNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, LayerNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis",
                .description = "The dimensions over which mean and spread are taken"),
  STRATA_NORM_PARAM_EPSILON (StrataNormLayer, "0.001"),
  STRATA_NORM_PARAMS_AFFINE,
  STRATA_PARAM (BOOL, LayerNormalization, rms_scaling, "false", .title = "RMS scaling",
                .description = "Whether to divide by the spread only; RMSNormalization does this rightly"),
  { NULL },
};

static int
compare_axes (gconstpointer a,
              gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
layer_normalization_build (StrataLayer       *layer,
                           const StrataSpec  *inputs,
                           guint              n_inputs,
                           GError           **error)
{
  LayerNormalization *self = (LayerNormalization *) layer;
  StrataShape shape = { 0 };
  int axis;

  if (!self->axis.scalar)
    qsort (self->axis.v, self->axis.n, sizeof self->axis.v[0], compare_axes);
  self->axis.scalar = FALSE;
  for (int i = 0; i < self->axis.n; i++)
    {
      if (!strata_norm_get_axis (layer, self->axis.v[i], &inputs[0].shape, &axis, error))
        return FALSE;
      strata_shape_append (&shape, inputs[0].shape.dims[axis]);
    }
  return strata_norm_add_affine (&self->norm, &shape, self->norm.scale || self->rms_scaling,
                                 self->norm.center && !self->rms_scaling, error);
}

static void
layer_normalization_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  LayerNormalization *self = (LayerNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mean, *variance, *y;
  StrataShape spread = { .rank = x->shape.rank };
  guint axes = 0;

  for (int i = 0; i < x->shape.rank; i++)
    spread.dims[i] = 1;
  for (int i = 0; i < self->axis.n; i++)
    {
      int axis = self->axis.v[i] < 0 ? self->axis.v[i] + x->shape.rank : self->axis.v[i];

      axes |= STRATA_AXIS (axis);
      spread.dims[axis] = x->shape.dims[axis];
    }

  mean = strata_moments (b, x, axes, &variance);
  y = self->rms_scaling ? x : strata_subtract (b, x, mean);
  y = strata_multiply (b, y, strata_rsqrt (b, strata_offset (b, variance, self->norm.epsilon)));
  if (self->norm.gamma != NULL)
    y = strata_multiply (b, y, strata_reshape (b, strata_builder_read (b, self->norm.gamma), &spread));
  if (self->norm.beta != NULL)
    y = strata_add (b, y, strata_reshape (b, strata_builder_read (b, self->norm.beta), &spread));
  strata_call_return (call, strata_cast (b, strata_norm_fit (b, call->inputs[0], y), STRATA_FLOAT32));
}

const StrataLayerInfo strata_layer_layer_normalization = {
  .object = {
    .name = "LayerNormalization",
    .title = "Layer normalization",
    .category = "Normalization",
    .description = "Brings the numbers of each sample to mean 0 and spread 1, whatever the batch",
    .formula = "y = gamma · (x − mean) / √(variance + epsilon) + beta",
    .params = params,
    .instance_size = sizeof (LayerNormalization),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": 1, \"epsilon\": 0.01}",
      "{\"axis\": [1, 2]}",
      "{\"center\": false}",
      "{\"scale\": false, \"axis\": [-1]}",
      "{\"rms_scaling\": true}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_COMPUTES_WIDE | STRATA_LAYER_TAKES_WIDE,
  .min_rank = 2,
  .sample_inputs = "2,4,5",
  .build = layer_normalization_build,
  .call = layer_normalization_call,
};
