/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/normalization/norm-base.h"
#include "ops/elementwise.h"
#include "ops/narrow.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  StrataInts axis;
  double epsilon;
  StrataVariable *scale;
} RMSNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, RMSNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis", .description = "The dimensions over which the size is taken"),
  STRATA_NORM_PARAM_EPSILON (RMSNormalization, "1e-06"),
  { NULL },
};

static gboolean
rms_normalization_build (StrataLayer       *layer,
                         const StrataSpec  *inputs,
                         guint              n_inputs,
                         GError           **error)
{
  RMSNormalization *self = (RMSNormalization *) layer;
  g_autoptr (StrataObject) ones = strata_object_new (STRATA_KIND_INITIALIZER, "Ones", NULL, NULL);
  StrataShape shape = { 0 };
  int axis;

  self->axis.scalar = FALSE;
  for (int i = 0; i < self->axis.n; i++)
    {
      if (!strata_norm_get_axis (layer, self->axis.v[i], &inputs[0].shape, &axis, error))
        return FALSE;
      strata_shape_append (&shape, inputs[0].shape.dims[axis]);
    }
  self->scale = strata_layer_add_weight (layer, "scale", &shape, ones, error);
  return self->scale != NULL;
}

static void
rms_normalization_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  RMSNormalization *self = (RMSNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *size, *scale;
  StrataShape spread = { .rank = x->shape.rank };
  guint axes = 0;

  for (int i = 0; i < spread.rank; i++)
    spread.dims[i] = 1;
  for (int i = 0; i < self->axis.n; i++)
    {
      int axis = self->axis.v[i] < 0 ? self->axis.v[i] + x->shape.rank : self->axis.v[i];

      axes |= STRATA_AXIS (axis);
      spread.dims[axis] = x->shape.dims[axis];
    }
  size = strata_offset (b, strata_reduce_mean (b, strata_square (b, x), axes, TRUE), self->epsilon);
  x = strata_multiply (b, x, strata_rsqrt (b, size));
  scale = strata_narrow (b, strata_builder_read (b, self->scale), call->precision);
  x = strata_multiply (b, x, strata_reshape (b, scale, &spread));
  call->announces_float = TRUE;
  strata_call_return (call, strata_norm_fit (b, call->inputs[0], x));
}

const StrataLayerInfo strata_layer_rms_normalization = {
  .object = {
    .name = "RMSNormalization",
    .title = "RMS normalization",
    .category = "Normalization",
    .description = "Divides the numbers of each sample by their size; simpler than layer normalization",
    .formula = "y = scale · x / √(mean(x²) + epsilon)",
    .params = params,
    .instance_size = sizeof (RMSNormalization),
    .samples = (const char *const[]){
      "{}",
      "{\"epsilon\": 0.01}",
      "{\"axis\": [1, 2]}",
      "{\"axis\": [-1]}",
      NULL },
  },
  .flags = STRATA_LAYER_COMPUTES_WIDE,
  .min_rank = 2,
  .sample_inputs = "2,4,5",
  .build = rms_normalization_build,
  .call = rms_normalization_call,
};
