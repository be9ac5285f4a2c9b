/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "base/json.h"
#include "layers/convolution/conv-transpose-base.h"
#include "layers/image/spatial.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* What layers compute, with the weights as operands. */

/* Windows slide as they do in the layer of pooling for as many dimensions. */
static void
emit_pool (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  g_autofree char *name = g_strdup_printf ("%sing%dD", self->operation->name, x->shape.rank - 2);
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (GError) error = NULL;

  if (strata_builder_has_failed (self->b))
    return;
  if (x->shape.rank < 3 || x->shape.rank > 5)
    {
      strata_operands_fail (self, "takes 3 to 5 dimensions");
      return;
    }
  layer = strata_layer_new (name, self->config, &error);
  if (layer == NULL)
    strata_operands_fail (self, "cannot be computed: %s", error->message);
  else
    strata_operands_return (self, strata_layer_call_on (layer, self->b, x, FALSE), STRATA_FLOAT32);
}

static const char *
get_text (StrataOperands *self,
          const char     *name)
{
  return strata_json_get_string (self->config, name, "");
}

/* One number for all dimensions, or one for each. */
static gint64
get_size (StrataOperands *self,
          const char     *name,
          int             d)
{
  StrataInts ints;

  if (!strata_operands_ints (self, name, &ints) || (!ints.scalar && ints.n <= d) || ints.v[ints.scalar ? 0 : d] < 1)
    {
      strata_operands_fail (self, "needs whole numbers for “%s”", name);
      return 1;
    }
  return ints.v[ints.scalar ? 0 : d];
}

static StrataValue *
slide (StrataOperands *self,
       StrataValue    *x,
       StrataValue    *kernel,
       gint64          groups)
{
  StrataConvOptions options = { .groups = groups };
  gboolean same = g_ascii_strcasecmp (get_text (self, "padding"), "same") == 0;
  gboolean causal = g_str_equal (get_text (self, "padding"), "causal");

  for (int d = 0; d < x->shape.rank - 2; d++)
    {
      options.stride[d] = get_size (self, "strides", d);
      options.dilation[d] = get_size (self, "dilation_rate", d);
      if (same && x->shape.dims[d + 1] >= 0)
        strata_get_same_margins (x->shape.dims[d + 1], kernel->shape.dims[d], options.stride[d], options.dilation[d],
                                 &options.before[d], &options.after[d]);
      else if (same)
        options.before[d] = options.after[d] = 0;
      else if (causal)
        options.before[d] = (kernel->shape.dims[d] - 1) * options.dilation[d];
    }
  return strata_builder_has_failed (self->b) ? x : strata_conv (self->b, x, kernel, &options);
}

/* @kernel on @x, whose channels are last: (..., in / groups, out), or, depthwise, (..., in, of each). */
static StrataValue *
convolve (StrataOperands *self,
          StrataValue    *x,
          StrataValue    *kernel,
          gboolean        depthwise)
{
  int rank = x->shape.rank;
  gint64 channels = x->shape.dims[rank - 1], groups;

  if (rank < 3 || rank > 2 + STRATA_CONV_MAX_DIMS || kernel->shape.rank != rank || channels < 1 ||
      kernel->shape.dims[rank - 2] < 1 ||
      channels % kernel->shape.dims[rank - 2] != 0)
    {
      strata_operands_fail (self, "needs a kernel that fits its input");
      return x;
    }
  groups = channels / kernel->shape.dims[rank - 2];
  if (depthwise)
    {
      StrataShape shape = kernel->shape;

      groups = channels;
      shape.dims[rank - 1] *= shape.dims[rank - 2];
      shape.dims[rank - 2] = 1;
      kernel = strata_reshape (self->b, kernel, &shape);
    }
  return slide (self, x, kernel, groups);
}

static void
emit_conv (StrataOperands *self)
{
  const char *format = get_text (self, "data_format");
  StrataValue *x = strata_operands_get_float (self, 0), *kernel = strata_operands_get_float (self, 1);

  if (strata_builder_has_failed (self->b))
    return;
  x = convolve (self, strata_to_channels_last (self->b, x, format), kernel,
                g_str_equal (self->operation->name, "DepthwiseConv"));
  strata_operands_return (self, strata_from_channels_last (self->b, x, format), STRATA_FLOAT32);
}

/* Each channel by itself, then all of a pixel together. */
static void
emit_separable_conv (StrataOperands *self)
{
  const char *format = get_text (self, "data_format");
  StrataValue *x = strata_operands_get_float (self, 0), *depthwise = strata_operands_get_float (self, 1);
  StrataValue *pointwise = strata_operands_get_float (self, 2);
  StrataConvOptions options = { .stride = { 1, 1, 1 }, .dilation = { 1, 1, 1 }, .groups = 1 };

  if (strata_builder_has_failed (self->b))
    return;
  x = convolve (self, strata_to_channels_last (self->b, x, format), depthwise, TRUE);
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self,
                            strata_from_channels_last (self->b, strata_conv (self->b, x, pointwise, &options), format),
                            STRATA_FLOAT32);
}

/* The convolution that makes the input of the output, turned around; its kernel is (..., out, in). */
static void
emit_conv_transpose (StrataOperands *self)
{
  const char *format = get_text (self, "data_format");
  StrataValue *x = strata_operands_get_float (self, 0), *kernel = strata_operands_get_float (self, 1);
  StrataConvOptions options = { .groups = 1 };
  gint64 sizes[STRATA_CONV_MAX_DIMS] = { 0 };
  gboolean same = g_ascii_strcasecmp (get_text (self, "padding"), "same") == 0;
  StrataInts margins;
  int rank = x->shape.rank;

  if (!strata_builder_has_failed (self->b) &&
      (rank < 3 || rank > 2 + STRATA_CONV_MAX_DIMS || kernel->shape.rank != rank))
    strata_operands_fail (self, "needs a kernel that fits its input");
  if (strata_builder_has_failed (self->b))
    return;
  x = strata_to_channels_last (self->b, x, format);
  strata_operands_ints (self, "output_padding", &margins);
  for (int d = 0; d < rank - 2; d++)
    {
      options.stride[d] = get_size (self, "strides", d);
      options.dilation[d] = get_size (self, "dilation_rate", d);
      sizes[d] = strata_conv_transpose_plan (&options, d, x->shape.dims[d + 1], kernel->shape.dims[d], same,
                                             margins.n > 0 ? margins.v[margins.scalar ? 0 : MIN (d, margins.n - 1)]
                                                 : STRATA_UNKNOWN);
      if (x->shape.dims[d + 1] >= 0 && sizes[d] <= 0)
        strata_operands_fail (self, "leaves no output");
    }
  if (!strata_builder_has_failed (self->b))
    x = strata_conv_input_gradient (self->b, x, kernel, &options, sizes);
  strata_operands_return (self, strata_from_channels_last (self->b, x, format), STRATA_FLOAT32);
}

static void
emit_moments (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *mean, *variance;
  guint axes = strata_operands_axes (self, "axes", x->shape.rank);
  gboolean keep_dims = strata_operands_flag (self, "keepdims");

  if (strata_builder_has_failed (self->b))
    return;
  mean = strata_reduce_mean (self->b, x, axes, TRUE);
  variance = strata_reduce_mean (self->b, strata_square (self->b, strata_subtract (self->b, x, mean)), axes, keep_dims);
  strata_operands_return (self, keep_dims ? mean : strata_reduce_mean (self->b, x, axes, FALSE), STRATA_FLOAT32);
  strata_operands_return (self, variance, STRATA_FLOAT32);
}

/* A vector of weights beside the other dimensions of @x. */
static StrataValue *
align (StrataBuilder *b,
       StrataValue   *weights,
       StrataValue   *x,
       int            axis)
{
  StrataShape shape = { .rank = x->shape.rank };

  if (weights->shape.rank != 1)
    return weights;
  for (int i = 0; i < shape.rank; i++)
    shape.dims[i] = i == axis ? weights->shape.dims[0] : 1;
  return strata_reshape (b, weights, &shape);
}

static void
emit_batch_norm (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *mean = strata_operands_get_float (self, 1);
  StrataValue *variance = strata_operands_get_float (self, 2);
  int axis = strata_operands_axis (self, "axis", x->shape.rank);
  StrataValue *factor;

  if (strata_builder_has_failed (b))
    return;
  factor = strata_rsqrt (b, strata_offset (b, align (b, variance, x, axis), strata_operands_number (self, "epsilon")));
  x = strata_multiply (b, strata_subtract (b, x, align (b, mean, x, axis)), factor);
  if (strata_operands_find (self, 4) != NULL)
    x = strata_multiply (b, x, align (b, strata_operands_get_float (self, 4), x, axis));
  if (strata_operands_find (self, 3) != NULL)
    x = strata_add (b, x, align (b, strata_operands_get_float (self, 3), x, axis));
  strata_operands_return (self, x, STRATA_FLOAT32);
}

/* Axes that are normalized over, and what is added to variances: Keras's default is 1e-7. */
static void
normalize (StrataOperands *self,
           gboolean        centre)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = x;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);
  double epsilon = strata_operands_param (self, "epsilon") != NULL ? strata_operands_number (self, "epsilon") : 1e-7;

  if (strata_builder_has_failed (b))
    return;
  if (centre)
    y = strata_subtract (b, x, strata_reduce_mean (b, x, axes, TRUE));
  y = strata_multiply (b, y,
                       strata_rsqrt (b,
                                     strata_offset (b, strata_reduce_mean (b, strata_square (b, y), axes, TRUE),
                                                    epsilon)));
  for (guint i = 1; i < 3; i++)
    if (strata_operands_find (self, i) != NULL)
      y = (i == 1 ? strata_multiply : strata_add) (b, y, strata_operands_get_float (self, i));
  strata_operands_return (self, y, STRATA_FLOAT32);
}

static void
emit_layer_norm (StrataOperands *self)
{
  if (strata_operands_flag (self, "rms_scaling"))
    strata_operands_fail (self, "is only computed without rms_scaling");
  else
    normalize (self, TRUE);
}

static void
emit_rms_norm (StrataOperands *self)
{
  normalize (self, FALSE);
}

#define NN .module = "keras.src.ops.nn"
#define WINDOW "strides=1,padding=\"valid\",data_format=null,dilation_rate=1"

const StrataOperation strata_operations_neural[] = {
  { .name = "MaxPool", NN, .arguments = "inputs",
    .parameters = "pool_size,strides=null,padding=\"valid\",data_format=null", .emit = emit_pool },
  { .name = "AveragePool", NN, .arguments = "inputs",
    .parameters = "pool_size,strides=null,padding=\"valid\",data_format=null", .emit = emit_pool },
  { .name = "Conv", NN, .arguments = "inputs,kernel", .parameters = WINDOW, .emit = emit_conv },
  { .name = "SeparableConv", NN, .arguments = "inputs,depthwise_kernel,pointwise_kernel", .parameters = WINDOW,
    .emit = emit_separable_conv },
  { .name = "ConvTranspose", NN, .arguments = "inputs,kernel",
    .parameters = "strides=1,padding=\"valid\",output_padding=null,data_format=null,dilation_rate=1",
    .emit = emit_conv_transpose },
  { .name = "DepthwiseConv", NN, .arguments = "inputs,kernel", .parameters = WINDOW, .emit = emit_conv },
  { .name = "Moments", NN, .parameters = "axes,keepdims=false,synchronized=false", .emit = emit_moments },
  { .name = "BatchNorm", NN, .python = "keras.ops.batch_normalization", .arguments = "x,mean,variance,offset,scale",
    .parameters = "axis,epsilon=0.001", .emit = emit_batch_norm },
  { .name = "LayerNorm", NN, .python = "keras.ops.layer_normalization", .arguments = "x,gamma,beta",
    .parameters = "axis=-1,epsilon=null,rms_scaling=false", .emit = emit_layer_norm },
  { .name = "RMSNorm", NN, .python = "keras.ops.rms_normalization", .arguments = "x,scale",
    .parameters = "axis=-1,epsilon=null", .emit = emit_rms_norm },
  { NULL },
};
