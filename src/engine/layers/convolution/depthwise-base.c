/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/depthwise-base.h"

#include "ops/elementwise.h"
#include "ops/shaping.h"

/* (spatial..., channels, multiplier) */
static gboolean
add_depthwise (StrataConvLayer   *self,
               const char        *name,
               const StrataSpec  *input,
               gint64            *channels,
               GError           **error)
{
  StrataShape shape = { 0 };

  if (!strata_conv_layer_get_channels (self, input, channels, error))
    return FALSE;
  for (int d = 0; d < strata_conv_layer_get_nd (self); d++)
    strata_shape_append (&shape, self->kernel_size.v[d]);
  strata_shape_append (&shape, *channels);
  strata_shape_append (&shape, self->depth_multiplier);
  self->kernel = strata_layer_add_weight_full (STRATA_LAYER (self), name, &shape, self->depthwise_initializer,
                                               self->depthwise_regularizer, self->depthwise_constraint, error);
  return self->kernel != NULL;
}

gboolean
strata_depthwise_layer_build (StrataLayer       *layer,
                              const StrataSpec  *inputs,
                              guint              n_inputs,
                              GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  gint64 channels;

  return add_depthwise (self, "kernel", &inputs[0], &channels, error) &&
         strata_conv_layer_add_bias (self, channels * self->depth_multiplier, error);
}

/* A grouped convolution of as many groups as channels: its kernel holds the same numbers in the same order. */
static StrataValue *
convolve_channels (StrataConvLayer *self,
                   StrataBuilder   *b,
                   StrataValue     *x)
{
  StrataValue *kernel = strata_builder_read (b, self->kernel);
  StrataShape shape = kernel->shape;
  int rank = shape.rank;
  StrataConvOptions options;

  if (!strata_conv_layer_get_options (self, b, &x->shape, &options))
    return NULL;
  options.groups = shape.dims[rank - 2];
  shape.dims[rank - 1] *= shape.dims[rank - 2];
  shape.dims[rank - 2] = 1;
  return strata_conv (b, x, strata_reshape (b, kernel, &shape), &options);
}

void
strata_depthwise_layer_call (StrataLayer   *layer,
                             StrataBuilder *b,
                             StrataCall    *call)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataValue *x = strata_to_channels_last (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), self->data_format);
  StrataValue *y = convolve_channels (self, b, x);

  if (y != NULL)
    strata_conv_layer_finish (self, b, call, y);
}

gboolean
strata_separable_layer_build (StrataLayer       *layer,
                              const StrataSpec  *inputs,
                              guint              n_inputs,
                              GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataShape shape = { 0 };
  gint64 channels;

  if (!add_depthwise (self, "depthwise_kernel", &inputs[0], &channels, error))
    return FALSE;
  for (int d = 0; d < strata_conv_layer_get_nd (self); d++)
    strata_shape_append (&shape, 1);
  strata_shape_append (&shape, channels * self->depth_multiplier);
  strata_shape_append (&shape, self->filters);
  self->pointwise = strata_layer_add_weight_full (layer, "pointwise_kernel", &shape, self->pointwise_initializer,
                                                  self->pointwise_regularizer, self->pointwise_constraint, error);
  return self->pointwise != NULL && strata_conv_layer_add_bias (self, self->filters, error);
}

void
strata_separable_layer_call (StrataLayer   *layer,
                             StrataBuilder *b,
                             StrataCall    *call)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataValue *x = strata_to_channels_last (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), self->data_format);
  StrataValue *y = convolve_channels (self, b, x);
  StrataConvOptions one = { .stride = { 1, 1, 1 }, .dilation = { 1, 1, 1 }, .groups = 1 };

  if (y != NULL)
    strata_conv_layer_finish (self, b, call, strata_conv (b, y, strata_builder_read (b, self->pointwise), &one));
}
