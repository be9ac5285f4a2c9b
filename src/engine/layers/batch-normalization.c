/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/norm-base.h"
#include "ops/elementwise.h"
#include "ops/moments.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  StrataInts axis;
  double momentum;
  STRATA_NORM_FIELDS;
  StrataObject *moving_mean_initializer, *moving_variance_initializer;
  gboolean synchronized, renorm;
  JsonNode *renorm_clipping;
  double renorm_momentum;
  StrataVariable *moving_mean, *moving_variance;
} BatchNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, BatchNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1, .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis", .description = "The dimension of the channels, each of which is normalized by itself"),
  STRATA_PARAM (FLOAT, BatchNormalization, momentum, "0.99", .minimum = 0, .maximum = 1, .soft_minimum = 0.8, .soft_maximum = 0.999,
                .title = "Momentum", .description = "How slowly the averages that prediction uses follow the batches"),
  STRATA_NORM_PARAM_EPSILON (BatchNormalization, "0.001"),
  STRATA_NORM_PARAMS_AFFINE (BatchNormalization),
  STRATA_PARAM_INITIALIZER (BatchNormalization, moving_mean_initializer, "\"Zeros\"", "Moving mean initializer", "How the average mean begins"),
  STRATA_PARAM_INITIALIZER (BatchNormalization, moving_variance_initializer, "\"Ones\"", "Moving variance initializer",
                            "How the average variance begins"),
  STRATA_PARAM (BOOL, BatchNormalization, synchronized, "false", .title = "Synchronized",
                .description = "Keras's mark for statistics over several devices; with one it changes nothing"),
  STRATA_PARAM (BOOL, BatchNormalization, renorm, "false", .title = "Renormalization",
                .description = "Batch renormalization (Ioffe, 2017), which Strata does not do"),
  STRATA_PARAM (JSON, BatchNormalization, renorm_clipping, "null", .nullable = TRUE, .title = "Renormalization limits",
                .description = "Limits of batch renormalization"),
  STRATA_PARAM (FLOAT, BatchNormalization, renorm_momentum, "0.99", .minimum = 0, .maximum = 1, .soft_minimum = 0.8, .soft_maximum = 0.999,
                .title = "Renormalization momentum", .description = "How slowly the averages of batch renormalization follow"),
  { NULL },
};

static gboolean
batch_normalization_configured (StrataObject  *object,
                                GError       **error)
{
  BatchNormalization *self = (BatchNormalization *) object;

  if (self->renorm)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED, "batch renormalization (renorm) is not supported; set renorm to false");
      return FALSE;
    }
  if (self->axis.n != 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "axis must be one whole number");
      return FALSE;
    }
  self->axis.scalar = TRUE;
  return TRUE;
}

static gboolean
batch_normalization_build (StrataLayer       *layer,
                           const StrataSpec  *inputs,
                           guint              n_inputs,
                           GError           **error)
{
  BatchNormalization *self = (BatchNormalization *) layer;
  StrataShape shape;
  int axis;

  if (!strata_norm_get_axis (layer, self->axis.v[0], &inputs[0].shape, &axis, error))
    return FALSE;
  shape = STRATA_SHAPE (inputs[0].shape.dims[axis]);
  if (self->scale && !strata_norm_add_weight (layer, "gamma", &shape, self->gamma_initializer, self->gamma_regularizer,
                                              self->gamma_constraint, &self->gamma, error))
    return FALSE;
  if (self->center && !strata_norm_add_weight (layer, "beta", &shape, self->beta_initializer, self->beta_regularizer,
                                               self->beta_constraint, &self->beta, error))
    return FALSE;
  self->moving_mean = strata_layer_add_state (layer, "moving_mean", STRATA_FLOAT32, &shape, self->moving_mean_initializer, error);
  self->moving_variance = strata_layer_add_state (layer, "moving_variance", STRATA_FLOAT32, &shape, self->moving_variance_initializer, error);
  return self->moving_mean != NULL && self->moving_variance != NULL;
}

/* Statistics of what a mask counts; a little is added to the count, as Keras does. */
static StrataValue *
get_masked_moments (StrataBuilder  *b,
                    StrataValue    *x,
                    StrataValue    *mask,
                    guint           axes,
                    StrataValue   **variance)
{
  StrataValue *weights = strata_broadcast_to (b, strata_expand_dims (b, strata_cast (b, mask, STRATA_FLOAT32), -1), &x->shape);
  StrataValue *zero = strata_builder_scalar (b, 0);
  StrataValue *count = strata_offset (b, strata_reduce_sum (b, weights, axes, TRUE), 1e-7);
  StrataValue *mean = strata_divide (b, strata_reduce_sum (b, strata_where (b, weights, x, zero), axes, TRUE), count);
  StrataValue *distance = strata_where (b, weights, strata_subtract (b, x, mean), zero);

  *variance = strata_divide (b, strata_reduce_sum (b, strata_square (b, distance), axes, TRUE), count);
  return mean;
}

/* Mean and variance of each channel, as vectors. */
static StrataValue *
get_moments (StrataBuilder     *b,
             StrataValue       *x,
             StrataValue       *mask,
             int                axis,
             const StrataShape *channels,
             StrataValue      **variance)
{
  guint axes = ((1u << x->shape.rank) - 1) & ~STRATA_AXIS (axis);
  StrataValue *mean;

  if (mask == NULL && axis == x->shape.rank - 1 && axis > 0)
    return strata_channel_moments (b, x, variance);
  mean = mask != NULL ? get_masked_moments (b, x, mask, axes, variance) : strata_moments (b, x, axes, variance);
  *variance = strata_reshape (b, *variance, channels);
  return strata_reshape (b, mean, channels);
}

static void
follow (StrataBuilder  *b,
        StrataVariable *moving,
        StrataValue    *value,
        double          momentum)
{
  StrataValue *old = strata_scale (b, strata_builder_read (b, moving), momentum);

  strata_builder_assign (b, moving, strata_add (b, old, strata_scale (b, value, 1 - momentum)));
}

static void
batch_normalization_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  BatchNormalization *self = (BatchNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mask = strata_call_get_mask (call, 0);
  StrataValue *mean, *variance, *factor, *shift;
  int axis = self->axis.v[0] < 0 ? self->axis.v[0] + x->shape.rank : self->axis.v[0];
  StrataShape channels = STRATA_SHAPE (x->shape.dims[axis]), spread = { .rank = x->shape.rank - axis };

  if (call->training && strata_layer_get_trainable (layer))
    {
      mean = get_moments (b, x, mask, axis, &channels, &variance);
      follow (b, self->moving_mean, mean, self->momentum);
      follow (b, self->moving_variance, variance, self->momentum);
    }
  else
    {
      mean = strata_builder_read (b, self->moving_mean);
      variance = strata_builder_read (b, self->moving_variance);
    }

  factor = strata_rsqrt (b, strata_offset (b, variance, self->epsilon));
  if (self->scale)
    factor = strata_multiply (b, factor, strata_builder_read (b, self->gamma));
  shift = strata_negative (b, strata_multiply (b, mean, factor));
  if (self->center)
    shift = strata_add (b, shift, strata_builder_read (b, self->beta));

  for (int i = 0; i < spread.rank; i++)
    spread.dims[i] = i == 0 ? channels.dims[0] : 1;
  strata_call_return (call, strata_multiply_add (b, x, strata_reshape (b, factor, &spread), strata_reshape (b, shift, &spread)));
}

const StrataLayerInfo strata_layer_batch_normalization = {
  .object = {
    .name = "BatchNormalization",
    .title = "Batch normalization",
    .category = "Normalization",
    .description = "Keeps each channel near mean 0 and spread 1, which lets deep networks train faster",
    .formula = "y = gamma · (x − mean) / √(variance + epsilon) + beta",
    .params = params,
    .instance_size = sizeof (BatchNormalization),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": 1}",
      "{\"center\": false, \"epsilon\": 0.01}",
      "{\"scale\": false, \"momentum\": 0.5}",
      "{\"axis\": [2], \"trainable\": false}",
      "{\"center\": false, \"scale\": false, \"momentum\": 0.9}",
      NULL },
    .configured = batch_normalization_configured,
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_MIXES_SAMPLES,
  .min_rank = 2,
  .sample_inputs = "4,3,5",
  .build = batch_normalization_build,
  .call = batch_normalization_call,
};
