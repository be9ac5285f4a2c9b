/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/normalization/norm-base.h"

#include <math.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/moments.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataNormLayer norm;
  StrataInts axis;
  double momentum;
  StrataObject *moving_mean_initializer, *moving_variance_initializer;
  gboolean synchronized, renorm;
  JsonNode *renorm_clipping;
  double renorm_momentum;
  StrataVariable *moving_mean, *moving_variance;
  StrataVariable *moving_stddev, *renorm_mean, *renorm_stddev; /* of batch renormalization */
} BatchNormalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, BatchNormalization, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1,
                .soft_maximum = 3, .title = "Axis",
                .description = "The dimension of the channels, each of which is normalized by itself"),
  STRATA_PARAM (FLOAT, BatchNormalization, momentum, "0.99", .minimum = 0, .maximum = 1, .soft_minimum = 0.8,
                .soft_maximum = 0.999,
                .title = "Momentum", .description = "How slowly the averages that prediction uses follow the batches"),
  STRATA_NORM_PARAM_EPSILON (StrataNormLayer, "0.001"),
  STRATA_NORM_PARAMS_AFFINE,
  STRATA_PARAM_INITIALIZER (BatchNormalization, moving_mean_initializer, "\"Zeros\"", "Moving mean initializer",
                            "How the average mean begins"),
  STRATA_PARAM_INITIALIZER (BatchNormalization, moving_variance_initializer, "\"Ones\"", "Moving variance initializer",
                            "How the average variance begins"),
  STRATA_PARAM (BOOL, BatchNormalization, synchronized, "false", .title = "Synchronized",
                .description = "Keras's mark for statistics over several devices; with one it changes nothing"),
  STRATA_PARAM (BOOL, BatchNormalization, renorm, "false", .title = "Renormalization",
                .description = "Whether training, too, normalizes by averages over batches (Ioffe, 2017), which helps "
                               "small batches"),
  STRATA_PARAM (JSON, BatchNormalization, renorm_clipping, "null", .nullable = TRUE, .title = "Renormalization limits",
                .description = "How far renormalization goes: rmin and rmax limit the spread's ratio, dmax the mean's "
                               "distance"),
  STRATA_PARAM (FLOAT, BatchNormalization, renorm_momentum, "0.99", .minimum = 0, .maximum = 1, .soft_minimum = 0.8,
                .soft_maximum = 0.999,
                .title = "Renormalization momentum",
                .description = "How slowly the averages of batch renormalization follow"),
  { NULL },
};

/* Keras writes no limits as an empty dictionary. */
static gboolean
check_clipping (BatchNormalization  *self,
                GError             **error)
{
  JsonObject *limits;

  if (self->renorm_clipping == NULL || JSON_NODE_HOLDS_NULL (self->renorm_clipping))
    {
      g_clear_pointer (&self->renorm_clipping, json_node_unref);
      self->renorm_clipping = strata_json_wrap (json_object_new ());
      return TRUE;
    }
  limits = JSON_NODE_HOLDS_OBJECT (self->renorm_clipping) ? json_node_get_object (self->renorm_clipping) : NULL;
  if (limits == NULL)
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "renorm_clipping must name rmin, rmax and dmax, or some of them");
  else if (strata_json_get_double (limits, "rmax", INFINITY) < strata_json_get_double (limits, "rmin", -INFINITY))
    strata_set_error (error, STRATA_ERROR_VALUE, "rmax must be greater than rmin in renorm_clipping");
  else if (strata_json_get_double (limits, "dmax", 0) < 0)
    strata_set_error (error, STRATA_ERROR_VALUE, "dmax must not be negative in renorm_clipping");
  else
    return TRUE;
  return FALSE;
}

static gboolean
batch_normalization_configured (StrataObject  *object,
                                GError       **error)
{
  BatchNormalization *self = (BatchNormalization *) object;

  if (self->renorm && !check_clipping (self, error))
    return FALSE;
  if (self->axis.n != 1)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "axis must be one whole number");
      return FALSE;
    }
  self->axis.scalar = TRUE;
  return TRUE;
}

/* The root of what the initializer makes for variances. */
static StrataVariable *
add_spread (BatchNormalization  *self,
            const char          *name,
            const StrataShape   *shape,
            GError             **error)
{
  StrataVariable *spread = strata_layer_add_state (STRATA_LAYER (self), name, STRATA_FLOAT32, shape,
                                                   self->moving_variance_initializer, error);

  if (spread == NULL || !strata_variable_materialize (spread, error))
    return NULL;
  for (gint64 i = 0; i < strata_shape_get_size (shape); i++)
    strata_variable_get_floats (spread)[i] = sqrtf (strata_variable_get_floats (spread)[i]);
  return spread;
}

static gboolean
add_renorm (BatchNormalization  *self,
            const StrataShape   *shape,
            GError             **error)
{
  self->moving_stddev = add_spread (self, "moving_stddev", shape, error);
  if (self->moving_stddev == NULL)
    return FALSE;
  self->renorm_mean = strata_layer_add_state (STRATA_LAYER (self), "renorm_mean", STRATA_FLOAT32, shape,
                                              self->moving_mean_initializer, error);
  if (self->renorm_mean == NULL)
    return FALSE;
  self->renorm_stddev = add_spread (self, "renorm_stddev", shape, error);
  return self->renorm_stddev != NULL;
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
  if (!strata_norm_add_affine (&self->norm, &shape, self->norm.scale, self->norm.center, error))
    return FALSE;
  self->moving_mean = strata_layer_add_state (layer, "moving_mean", STRATA_FLOAT32, &shape,
                                              self->moving_mean_initializer, error);
  self->moving_variance = strata_layer_add_state (layer, "moving_variance", STRATA_FLOAT32, &shape,
                                                  self->moving_variance_initializer, error);
  return self->moving_mean != NULL && self->moving_variance != NULL &&
         (!self->renorm || add_renorm (self, &shape, error));
}

/* Statistics of what a mask counts, be it 1 or 0.5; a little is added to the count, as Keras does. */
static StrataValue *
get_masked_moments (StrataBuilder  *b,
                    StrataValue    *x,
                    StrataValue    *mask,
                    guint           axes,
                    StrataValue   **variance)
{
  StrataValue *counts = strata_cast (b, strata_cast (b, mask, STRATA_BOOL), STRATA_FLOAT32);
  StrataValue *weights = strata_broadcast_to (b, strata_expand_dims (b, counts, -1), &x->shape);
  StrataValue *zero = strata_builder_scalar (b, 0);
  StrataValue *count = strata_offset (b, strata_reduce_sum (b, weights, axes, TRUE), 1e-7);
  StrataValue *mean = strata_divide (b, strata_reduce_sum (b, strata_where (b, weights, x, zero), axes, TRUE), count);
  StrataValue *distance = strata_where (b, weights, strata_subtract (b, x, mean), zero);

  *variance = strata_divide (b, strata_reduce_sum (b, strata_square (b, distance), axes, TRUE), count);
  return mean;
}

/* Mean and variance of each channel, as vectors. */
static StrataValue *
get_moments (StrataBuilder      *b,
             StrataValue        *x,
             StrataValue        *mask,
             int                 axis,
             const StrataShape  *channels,
             StrataValue       **variance)
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

/* What brings a batch's statistics to the averages: x · ratio + distance; no gradient goes through either. */
static void
get_correction (BatchNormalization  *self,
                StrataBuilder       *b,
                StrataValue         *mean,
                StrataValue         *stddev,
                StrataValue        **ratio,
                StrataValue        **distance)
{
  JsonObject *limits = json_node_get_object (self->renorm_clipping);
  double most = strata_json_get_double (limits, "dmax", G_MAXFLOAT);
  StrataValue *usual = strata_maximum (b, strata_builder_read (b, self->renorm_stddev),
                                       strata_builder_scalar (b, sqrt (self->norm.epsilon)));

  *ratio = strata_clip (b, strata_divide (b, stddev, usual), strata_json_get_double (limits, "rmin", -G_MAXFLOAT),
                        strata_json_get_double (limits, "rmax", G_MAXFLOAT));
  *distance = strata_divide (b, strata_subtract (b, mean, strata_builder_read (b, self->renorm_mean)), usual);
  *distance = strata_stop_gradient (b, strata_clip (b, *distance, -most, most));
  *ratio = strata_stop_gradient (b, *ratio);
}

static void
follow_renorm (BatchNormalization *self,
               StrataBuilder      *b,
               StrataValue        *mean,
               StrataValue        *stddev)
{
  StrataValue *square;

  follow (b, self->renorm_mean, mean, self->renorm_momentum);
  follow (b, self->renorm_stddev, stddev, self->renorm_momentum);
  follow (b, self->moving_mean, mean, self->momentum);
  follow (b, self->moving_stddev, stddev, self->momentum);
  square = strata_square (b, strata_builder_read (b, self->moving_stddev));
  strata_builder_assign (b, self->moving_variance, strata_relu (b, strata_offset (b, square, -self->norm.epsilon)));
}

static void
batch_normalization_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  BatchNormalization *self = (BatchNormalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mask = strata_call_get_mask (call, 0);
  StrataValue *mean, *variance, *factor, *shift, *ratio = NULL, *distance = NULL;
  int axis = self->axis.v[0] < 0 ? self->axis.v[0] + x->shape.rank : self->axis.v[0];
  StrataShape channels = STRATA_SHAPE (x->shape.dims[axis]), spread = { .rank = x->shape.rank - axis };

  if (call->training && strata_layer_get_trainable (layer))
    {
      mean = get_moments (b, x, mask, axis, &channels, &variance);
      if (self->renorm)
        {
          StrataValue *stddev = strata_sqrt (b, strata_offset (b, variance, self->norm.epsilon));

          get_correction (self, b, mean, stddev, &ratio, &distance);
          follow_renorm (self, b, mean, stddev);
        }
      else
        {
          follow (b, self->moving_mean, mean, self->momentum);
          follow (b, self->moving_variance, variance, self->momentum);
        }
    }
  else
    {
      mean = strata_builder_read (b, self->moving_mean);
      variance = strata_builder_read (b, self->moving_variance);
    }

  factor = strata_rsqrt (b, strata_offset (b, variance, self->norm.epsilon));
  if (ratio != NULL)
    factor = strata_multiply (b, factor, ratio);
  if (self->norm.scale)
    {
      factor = strata_multiply (b, factor, strata_builder_read (b, self->norm.gamma));
      distance = distance != NULL ? strata_multiply (b, distance, strata_builder_read (b, self->norm.gamma)) : NULL;
    }
  shift = strata_negative (b, strata_multiply (b, mean, factor));
  if (distance != NULL)
    shift = strata_add (b, shift, distance);
  if (self->norm.center)
    shift = strata_add (b, shift, strata_builder_read (b, self->norm.beta));

  for (int i = 0; i < spread.rank; i++)
    spread.dims[i] = i == 0 ? channels.dims[0] : 1;
  strata_call_return (call,
                      strata_multiply_add (b, x, strata_reshape (b, factor, &spread),
                                           strata_reshape (b, shift, &spread)));
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
      "{\"renorm\": true, \"renorm_clipping\": {\"rmax\": 1.2, \"rmin\": 0.8, \"dmax\": 0.5}, \"trainable\": false}",
      NULL },
    .configured = batch_normalization_configured,
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_TAKES_MASK | STRATA_LAYER_MIXES_SAMPLES |
           STRATA_LAYER_COMPUTES_WIDE,
  .min_rank = 2,
  .sample_inputs = "4,3,5",
  .build = batch_normalization_build,
  .call = batch_normalization_call,
};
