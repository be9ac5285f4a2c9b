/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/locally-connected-base.h"

#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

gboolean
strata_local_layer_configured (StrataObject  *object,
                               GError       **error)
{
  StrataConvLayer *self = (StrataConvLayer *) object;

  if (((StrataLocalLayer *) object)->implementation != 1)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                        "with implementation=%" PRId64
                        ", weights are kept in an order of Keras 2's own; make the layer "
                        "with implementation=1 in Keras 2, give it the weights of each place, and save it again",
                        ((StrataLocalLayer *) object)->implementation);
      return FALSE;
    }
  self->dilation_rate = (StrataInts){ .n = 2, .v = { 1, 1 } };
  self->groups = 1;
  return TRUE;
}

/* Sizes of the input and of the output along one dimension or two: the second is 1 where there is but one. */
typedef struct
{
  int nd;
  gint64 in[2], out[2], window[2], stride[2], channels;
} Sizes;

static gboolean
find_sizes (StrataConvLayer   *self,
            const StrataShape *x,
            Sizes             *sizes)
{
  *sizes = (Sizes){ .nd = x->rank - 2, .in = { 1, 1 }, .out = { 1, 1 }, .window = { 1, 1 }, .stride = { 1, 1 } };
  sizes->channels = x->dims[strata_get_channel_axis (self->data_format, x->rank)];
  for (int d = 0; d < sizes->nd; d++)
    {
      sizes->in[d] = x->dims[strata_get_spatial_axis (self->data_format, d)];
      sizes->window[d] = self->kernel_size.v[d];
      sizes->stride[d] = self->strides.v[d];
      if (sizes->in[d] < sizes->window[d])
        return FALSE;
      sizes->out[d] = (sizes->in[d] - sizes->window[d]) / sizes->stride[d] + 1;
    }
  return sizes->channels > 0;
}

gboolean
strata_local_layer_build (StrataLayer       *layer,
                          const StrataSpec  *inputs,
                          guint              n_inputs,
                          GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataShape bias;
  Sizes sizes;
  gint64 places;

  if (!find_sizes (self, &inputs[0].shape, &sizes))
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "the size of the input must be known, and not less than the window: there are weights for each "
                        "place");
      return FALSE;
    }
  places = sizes.out[0] * sizes.out[1];
  self->kernel = strata_conv_layer_add_kernel (self, "kernel",
                                               &STRATA_SHAPE (places,
                                                              sizes.window[0] * sizes.window[1] * sizes.channels,
                                                              self->filters),
                                               self->kernel_initializer, self->kernel_regularizer,
                                                   self->kernel_constraint, error);
  if (self->kernel == NULL || !self->use_bias)
    return self->kernel != NULL;
  bias = sizes.nd == 1 ? STRATA_SHAPE (sizes.out[0], self->filters)
         : STRATA_SHAPE (sizes.out[0], sizes.out[1], self->filters);
  self->bias = strata_conv_layer_add_kernel (self, "bias", &bias, self->bias_initializer, self->bias_regularizer,
                                             self->bias_constraint, error);
  return self->bias != NULL;
}

/* Which of the input's places each window sees, window by window. */
static StrataValue *
make_places (StrataBuilder *b,
             const Sizes   *sizes)
{
  gint64 n = sizes->out[0] * sizes->out[1], size = sizes->window[0] * sizes->window[1];
  StrataTensor *places = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (n * size));
  gint32 *numbers = strata_tensor_get_data (places);

  for (gint64 i = 0; i < n * size; i++)
    {
      gint64 place = i / size, cell = i % size;
      gint64 row = place / sizes->out[1] * sizes->stride[0] + cell / sizes->window[1];
      gint64 column = place % sizes->out[1] * sizes->stride[1] + cell % sizes->window[1];

      numbers[i] = row * sizes->in[1] + column;
    }
  return strata_builder_constant (b, places);
}

/*
 * (places, batch, window × channels), in the order that Keras 2 has: channels come first where they do so in the
 * input.
 */
static StrataValue *
take_windows (StrataConvLayer *self,
              StrataBuilder   *b,
              StrataValue     *x,
              const Sizes     *sizes)
{
  gint64 n = sizes->out[0] * sizes->out[1], size = sizes->window[0] * sizes->window[1], batch = x->shape.dims[0];
  static const int last[] = { 0, 2, 1, 3 }, first[] = { 0, 2, 3, 1 };

  x = strata_reshape (b, x, &STRATA_SHAPE (batch, sizes->in[0] * sizes->in[1], sizes->channels));
  x = strata_gather (b, strata_transpose (b, x, (int[]){ 1, 0, 2 }), make_places (b, sizes));
  x = strata_reshape (b, x, &STRATA_SHAPE (n, size, batch, sizes->channels));
  x = strata_transpose (b, x, strata_is_channels_first (self->data_format) ? first : last);
  return strata_reshape (b, x, &STRATA_SHAPE (n, batch, size * sizes->channels));
}

void
strata_local_layer_call (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *y;
  StrataShape shape;
  Sizes sizes;

  if (strata_builder_has_failed (b) || !find_sizes (self, &x->shape, &sizes))
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected an input of a size that is known");
      return;
    }
  y = take_windows (self, b, strata_to_channels_last (b, x, self->data_format), &sizes);
  y = strata_transpose (b, strata_matmul (b, y, strata_builder_read (b, self->kernel), FALSE, FALSE),
                        (int[]){ 1, 0, 2 });
  shape = sizes.nd == 1 ? STRATA_SHAPE (x->shape.dims[0], sizes.out[0], self->filters)
          : STRATA_SHAPE (x->shape.dims[0], sizes.out[0], sizes.out[1], self->filters);
  y = strata_reshape (b, y, &shape);
  y = strata_from_channels_last (b, y, self->data_format);
  if (self->bias != NULL && !strata_builder_has_failed (b))
    {
      /* Where channels are first, Keras 2 takes the numbers of the bias as they lie for that order. */
      StrataShape whole = y->shape;

      strata_shape_remove (&whole, 0);
      y = strata_add (b, y, strata_reshape (b, strata_builder_read (b, self->bias), &whole));
    }
  y = strata_activation_apply (self->activation, b, y);
  strata_layer_add_activity (layer, b, self->activity_regularizer, y);
  strata_call_return (call, y);
}
