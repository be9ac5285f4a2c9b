/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-transpose-base.h"

#include <inttypes.h>

#include "ops/elementwise.h"

gboolean
strata_conv_transpose_layer_configured (StrataObject  *object,
                                        GError       **error)
{
  StrataConvLayer *self = (StrataConvLayer *) object;

  for (int d = 0; d < self->output_padding.n; d++)
    if (self->output_padding.v[d] >= self->strides.v[d])
      {
        strata_set_error (error, STRATA_ERROR_VALUE,
                          "output_padding must be smaller than the strides: %" PRId64 " is not less than "
                          "%" PRId64,
                          self->output_padding.v[d], self->strides.v[d]);
        return FALSE;
      }
  return TRUE;
}

/* (spatial..., filters, channels): the kernel of the convolution that this one turns around. */
gboolean
strata_conv_transpose_layer_build (StrataLayer       *layer,
                                   const StrataSpec  *inputs,
                                   guint              n_inputs,
                                   GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataShape shape = { 0 };
  gint64 channels;

  if (!strata_conv_layer_get_channels (self, &inputs[0], &channels, error))
    return FALSE;
  for (int d = 0; d < strata_conv_layer_get_nd (self); d++)
    strata_shape_append (&shape, self->kernel_size.v[d]);
  strata_shape_append (&shape, self->filters);
  strata_shape_append (&shape, channels);
  self->kernel = strata_layer_add_weight_full (layer, "kernel", &shape, self->kernel_initializer,
                                               self->kernel_regularizer, self->kernel_constraint, error);
  return self->kernel != NULL && strata_conv_layer_add_bias (self, self->filters, error);
}

/**
 * strata_conv_transpose_plan: (skip)
 * @options: stride and dilation along dimension @d; what the convolution that is turned around adds there is set
 * @n: size of the input, or %STRATA_UNKNOWN
 * @kernel: size of the kernel
 * @output_padding: how much larger than need be the output is, or %STRATA_UNKNOWN to have it worked out
 *
 * Returns: Keras's size of the output along dimension @d; 0 or less where none is left
 */
gint64
strata_conv_transpose_plan (StrataConvOptions *options,
                            int                d,
                            gint64             n,
                            gint64             kernel,
                            gboolean           same,
                            gint64             output_padding)
{
  gint64 stride = options->stride[d], reach = (kernel - 1) * options->dilation[d] + 1, size, cut;
  gboolean given = output_padding >= 0;

  if (n == STRATA_UNKNOWN)
    return STRATA_UNKNOWN;
  if (same)
    size = given ? (n - 1) * stride + reach % 2 + output_padding : n * stride;
  else
    size = (n - 1) * stride + (given ? reach + output_padding : MAX (reach, stride));
  /* What sticks out is cut on both sides; the first side loses the smaller half. */
  cut = (n - 1) * stride + reach - size;
  options->before[d] = MAX (cut, 0) / 2;
  options->after[d] = cut - options->before[d];
  return size;
}

void
strata_conv_transpose_layer_call (StrataLayer   *layer,
                                  StrataBuilder *b,
                                  StrataCall    *call)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataValue *x = strata_to_channels_last (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), self->data_format);
  StrataConvOptions options = { .groups = 1 };
  gint64 sizes[STRATA_CONV_MAX_DIMS] = { 0 };

  for (int d = 0; d < strata_conv_layer_get_nd (self); d++)
    {
      gint64 n = x->shape.dims[d + 1];

      options.stride[d] = self->strides.v[d];
      options.dilation[d] = self->dilation_rate.v[d];
      sizes[d] = strata_conv_transpose_plan (&options, d, n, self->kernel_size.v[d],
                                             g_str_equal (self->padding, "same"),
                                             self->output_padding.n >= 0 ? self->output_padding.v[d] : STRATA_UNKNOWN);
      if (n != STRATA_UNKNOWN && sizes[d] <= 0)
        {
          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               "an input of %" PRId64 " along dimension %d leaves no output", n, d + 1);
          return;
        }
    }
  strata_conv_layer_finish (self, b, call,
                            strata_conv_input_gradient (b, x, strata_builder_read (b, self->kernel), &options, sizes));
}
