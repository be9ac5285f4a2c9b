/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-base.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"

/**
 * strata_conv_layer_get_nd: (skip)
 *
 * Returns: how many spatial dimensions the class has
 */
int
strata_conv_layer_get_nd (StrataConvLayer *self)
{
  return STRATA_LAYER_GET_CLASS (self)->min_rank - 2;
}

/**
 * strata_conv_layer_configured: (skip)
 *
 * Checks the parameters against each other.
 */
gboolean
strata_conv_layer_configured (StrataObject  *object,
                              GError       **error)
{
  StrataConvLayer *self = (StrataConvLayer *) object;

  if (self->groups > 1 && self->filters % self->groups != 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "filters must be a multiple of groups: %" PRId64 " filters cannot be split into "
                        "%" PRId64 " groups",
                        self->filters, self->groups);
      return FALSE;
    }
  return TRUE;
}

/**
 * strata_conv_layer_get_channels: (skip)
 * @channels: (out): how many channels the input has
 */
gboolean
strata_conv_layer_get_channels (StrataConvLayer   *self,
                                const StrataSpec  *input,
                                gint64            *channels,
                                GError           **error)
{
  *channels = input->shape.dims[strata_get_channel_axis (self->data_format, input->shape.rank)];
  if (*channels > 0)
    return TRUE;

  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "the number of channels of the input must be known: its %s dimension",
                    strata_is_channels_first (self->data_format) ? "second" : "last");
  return FALSE;
}

gboolean
strata_conv_layer_add_bias (StrataConvLayer  *self,
                            gint64            n,
                            GError          **error)
{
  if (!self->use_bias)
    return TRUE;
  self->bias = strata_layer_add_weight_full (STRATA_LAYER (self), "bias", &STRATA_SHAPE (n), self->bias_initializer,
                                             self->bias_regularizer, self->bias_constraint, error);
  return self->bias != NULL;
}

gboolean
strata_conv_layer_build (StrataLayer       *layer,
                         const StrataSpec  *inputs,
                         guint              n_inputs,
                         GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataShape shape = { 0 };
  gint64 channels;

  if (!strata_conv_layer_get_channels (self, &inputs[0], &channels, error))
    return FALSE;
  if (channels % self->groups != 0)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "an input of %" PRId64 " channels cannot be split into %" PRId64 " groups; choose "
                        "groups that divide it",
                        channels, self->groups);
      return FALSE;
    }

  for (int d = 0; d < strata_conv_layer_get_nd (self); d++)
    strata_shape_append (&shape, self->kernel_size.v[d]);
  strata_shape_append (&shape, channels / self->groups);
  strata_shape_append (&shape, self->filters);
  self->kernel = strata_layer_add_weight_full (layer, "kernel", &shape, self->kernel_initializer,
                                               self->kernel_regularizer, self->kernel_constraint, error);
  return self->kernel != NULL && strata_conv_layer_add_bias (self, self->filters, error);
}

static void
get_margins (StrataConvLayer   *self,
             int                d,
             gint64             in,
             StrataConvOptions *options)
{
  gint64 reach = (self->kernel_size.v[d] - 1) * self->dilation_rate.v[d];

  options->before[d] = options->after[d] = 0;
  if (g_str_equal (self->padding, "same"))
    strata_get_same_margins (in, self->kernel_size.v[d], self->strides.v[d], self->dilation_rate.v[d],
                             &options->before[d],
                             &options->after[d]);
  else if (g_str_equal (self->padding, "causal"))
    options->before[d] = reach;
}

static char *
describe_sizes (const gint64 *sizes,
                int           n)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "×" : "", sizes[i]);
  return g_string_free (text, FALSE);
}

/**
 * strata_conv_layer_get_options: (skip)
 * @x: the input's shape, channels last
 * @options: (out): how the kernel moves over it
 *
 * Returns: whether the kernel fits; the builder has failed otherwise
 */
gboolean
strata_conv_layer_get_options (StrataConvLayer   *self,
                               StrataBuilder     *b,
                               const StrataShape *x,
                               StrataConvOptions *options)
{
  int nd = strata_conv_layer_get_nd (self);

  *options = (StrataConvOptions){ .groups = MAX (self->groups, 1) };
  for (int d = 0; d < nd; d++)
    {
      gint64 in = x->dims[d + 1], reach = (self->kernel_size.v[d] - 1) * self->dilation_rate.v[d] + 1;

      options->stride[d] = self->strides.v[d];
      options->dilation[d] = self->dilation_rate.v[d];
      get_margins (self, d, in, options);
      if (in != STRATA_UNKNOWN && in + options->before[d] + options->after[d] < reach)
        {
          g_autofree char *kernel = describe_sizes (self->kernel_size.v, nd), *size = describe_sizes (x->dims + 1, nd);

          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               reach > self->kernel_size.v[d]
                                 ? N_("a kernel of %s, dilated, does not fit into an input of %s; use a "
                                      "smaller kernel, "
                                      "padding “same”, or fewer layers before it that shrink the input")
                                 : N_("a kernel of %s does not fit into an input of %s; use a smaller kernel, padding "
                                      "“same”, or fewer layers before it that shrink the input"), kernel, size);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * strata_conv_layer_finish: (skip)
 * @y: what the convolution gave, channels last
 *
 * Adds the bias and does what comes after it.
 */
void
strata_conv_layer_finish (StrataConvLayer *self,
                          StrataBuilder   *b,
                          StrataCall      *call,
                          StrataValue     *y)
{
  StrataValue *bias = self->use_bias ? strata_builder_read (b, self->bias) : NULL;
  /* Images as wide as they have channels, channels first: Keras adds the bias along the width. */
  gboolean astray = bias != NULL && strata_is_channels_first (self->data_format) &&
                    y->shape.dims[y->shape.rank - 2] == y->shape.dims[y->shape.rank - 1];

  if (bias != NULL && !astray)
    y = strata_add (b, y, bias);
  y = strata_from_channels_last (b, y, self->data_format);
  if (astray)
    y = strata_add (b, y, bias);
  y = strata_activation_apply (self->activation, b, y);
  strata_layer_add_activity (STRATA_LAYER (self), b, self->activity_regularizer, y);
  strata_call_return (call, y);
}

void
strata_conv_layer_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataValue *x = strata_to_channels_last (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), self->data_format);
  StrataConvOptions options;

  if (!strata_conv_layer_get_options (self, b, &x->shape, &options))
    return;
  strata_conv_layer_finish (self, b, call, strata_conv (b, x, strata_builder_read (b, self->kernel), &options));
}
