/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "layers/normalization/norm-base.h"
#include "ops/elementwise.h"
#include "ops/moments.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataNormLayer norm;
  gint64 groups, axis;
} GroupNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INT, GroupNormalization, groups, "32", .minimum = -1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 64,
                .title = "Groups", .description = "Into how many groups the channels are split; -1 for one each"),
  STRATA_PARAM (INT, GroupNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis", .description = "The dimension of the channels"),
  STRATA_NORM_PARAM_EPSILON (StrataNormLayer, "0.001"),
  STRATA_NORM_PARAMS_AFFINE,
  { NULL },
};

static gboolean
group_normalization_build (StrataLayer       *layer,
                           const StrataSpec  *inputs,
                           guint              n_inputs,
                           GError           **error)
{
  GroupNormalization *self = (GroupNormalization *) layer;
  gint64 channels;
  int axis;

  if (!strata_norm_get_axis (layer, self->axis, &inputs[0].shape, &axis, error))
    return FALSE;
  channels = inputs[0].shape.dims[axis];
  if (self->groups == -1)
    self->groups = channels;
  if (self->groups < 1 || channels % self->groups != 0)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "%" PRId64 " channels cannot be split into %" PRId64 " groups; choose groups that "
                        "divide them", channels,
                        self->groups);
      return FALSE;
    }
  return strata_norm_add_affine (&self->norm, &STRATA_SHAPE (channels), self->norm.scale, self->norm.center,
                                 error);
}

static void
group_normalization_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  GroupNormalization *self = (GroupNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mean, *variance, *y;
  int axis = self->axis < 0 ? self->axis + x->shape.rank : self->axis;
  StrataShape apart = x->shape, spread = { .rank = x->shape.rank + 1 };
  guint axes;

  apart.dims[axis] /= self->groups;
  strata_shape_insert (&apart, axis, self->groups);
  for (int i = 0; i < spread.rank; i++)
    spread.dims[i] = i == axis || i == axis + 1 ? apart.dims[i] : 1;
  axes = ((1u << apart.rank) - 1) & ~STRATA_AXIS (0) & ~STRATA_AXIS (axis);

  y = strata_reshape (b, x, &apart);
  mean = strata_moments (b, y, axes, &variance);
  y = strata_multiply (b, strata_subtract (b, y, mean),
                       strata_rsqrt (b, strata_offset (b, variance, self->norm.epsilon)));
  if (self->norm.scale)
    y = strata_multiply (b, y, strata_reshape (b, strata_builder_read (b, self->norm.gamma), &spread));
  if (self->norm.center)
    y = strata_add (b, y, strata_reshape (b, strata_builder_read (b, self->norm.beta), &spread));
  y = strata_norm_fit (b, call->inputs[0], strata_reshape (b, y, &x->shape));
  strata_call_return (call, strata_cast (b, y, STRATA_FLOAT32));
}

const StrataLayerInfo strata_layer_group_normalization = {
  .object = {
    .name = "GroupNormalization",
    .title = "Group normalization",
    .category = "Normalization",
    .description = "Brings groups of channels of each sample to mean 0 and spread 1; good for small batches",
    .formula = "y = gamma · (x − mean) / √(variance + epsilon) + beta, for each group",
    .params = params,
    .instance_size = sizeof (GroupNormalization),
    .samples = (const char *const[]){
      "{\"groups\": 2}",
      "{\"groups\": 1, \"center\": false}",
      "{\"groups\": -1, \"scale\": false}",
      "{\"groups\": 4, \"axis\": 1}",
      "{\"groups\": 6, \"epsilon\": 0.01}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_COMPUTES_WIDE | STRATA_LAYER_TAKES_WIDE,
  .min_rank = 2,
  .max_rank = STRATA_MAX_RANK - 1,
  .sample_inputs = "2,4,3,6",
  .build = group_normalization_build,
  .call = group_normalization_call,
};
