/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/locally-connected-base.h"

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

/* How Keras 2 keeps the kernel. */
enum
{
  KERNEL_PLACES = 1, /* a matrix for each place */
  KERNEL_WHOLE = 2,  /* from all inputs to all outputs, of which most count nothing */
  KERNEL_LIST = 3,   /* those of the whole that count, one output after another */
};

gboolean
strata_local_layer_configured (StrataObject  *object,
                               GError       **error)
{
  StrataConvLayer *self = (StrataConvLayer *) object;

  if (((StrataLocalLayer *) object)->implementation == KERNEL_PLACES && !g_str_equal (self->padding, "valid"))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "with implementation=1, there is no padding but “valid”");
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
  gint64 in[2], out[2], window[2], stride[2], before[2], after[2], channels, filters;
  gboolean first; /* channels come before places */
} Sizes;

static gboolean
find_sizes (StrataConvLayer   *self,
            const StrataShape *x,
            Sizes             *sizes)
{
  gboolean same = g_str_equal (self->padding, "same");

  *sizes = (Sizes){ .nd = x->rank - 2, .in = { 1, 1 }, .out = { 1, 1 }, .window = { 1, 1 }, .stride = { 1, 1 } };
  sizes->first = strata_is_channels_first (self->data_format);
  sizes->channels = x->dims[strata_get_channel_axis (self->data_format, x->rank)];
  sizes->filters = self->filters;
  for (int d = 0; d < sizes->nd; d++)
    {
      gint64 in = x->dims[strata_get_spatial_axis (self->data_format, d)];
      gint64 window = self->kernel_size.v[d], stride = self->strides.v[d];

      if (in < (same ? 1 : window))
        return FALSE;
      sizes->in[d] = in;
      sizes->window[d] = window;
      sizes->stride[d] = stride;
      sizes->out[d] = (same ? in - 1 : in - window) / stride + 1;
      /* Keras 2 has the middle of the first window on the first place, whatever the stride. */
      sizes->before[d] = same ? window / 2 : 0;
      sizes->after[d] = MAX ((sizes->out[d] - 1) * stride + window - sizes->before[d] - in, 0);
    }
  return sizes->channels > 0;
}

static gint64
count_inputs (const Sizes *sizes)
{
  return sizes->in[0] * sizes->in[1] * sizes->channels;
}

static gint64
count_outputs (const Sizes *sizes)
{
  return sizes->out[0] * sizes->out[1] * sizes->filters;
}

/* Where the input is that a window sees in one of its cells; -1 where that is outside. */
static gint64
find_place (const Sizes *sizes,
            gint64       window,
            gint64       cell)
{
  gint64 row = window / sizes->out[1] * sizes->stride[0] + cell / sizes->window[1] - sizes->before[0];
  gint64 column = window % sizes->out[1] * sizes->stride[1] + cell % sizes->window[1] - sizes->before[1];
  gboolean inside = row >= 0 && row < sizes->in[0] && column >= 0 && column < sizes->in[1];

  return inside ? row * sizes->in[1] + column : -1;
}

/* How many cells of a window are inside. */
static gint64
count_cells (const Sizes *sizes,
             gint64       window)
{
  gint64 n = 0;

  for (gint64 cell = 0; cell < sizes->window[0] * sizes->window[1]; cell++)
    n += find_place (sizes, window, cell) >= 0;
  return n;
}

static StrataShape
get_kernel_shape (StrataConvLayer *self,
                  const Sizes     *sizes)
{
  gint64 places = sizes->out[0] * sizes->out[1], window = sizes->window[0] * sizes->window[1], n = 0;
  const gint64 *in = sizes->in, *out = sizes->out, c = sizes->channels, f = sizes->filters;

  switch (((StrataLocalLayer *) self)->implementation)
    {
    case KERNEL_PLACES:
      return STRATA_SHAPE (places, window * c, f);
    case KERNEL_LIST:
      for (gint64 i = 0; i < places; i++)
        n += count_cells (sizes, i);
      return STRATA_SHAPE (n * c * f);
    default:
      if (sizes->nd == 1)
        return sizes->first ? STRATA_SHAPE (c, in[0], f, out[0]) : STRATA_SHAPE (in[0], c, out[0], f);
      return sizes->first ? STRATA_SHAPE (c, in[0], in[1], f, out[0], out[1])
                          : STRATA_SHAPE (in[0], in[1], c, out[0], out[1], f);
    }
}

gboolean
strata_local_layer_build (StrataLayer       *layer,
                          const StrataSpec  *inputs,
                          guint              n_inputs,
                          GError           **error)
{
  StrataConvLayer *self = (StrataConvLayer *) layer;
  StrataShape shape;
  Sizes sizes;

  if (!find_sizes (self, &inputs[0].shape, &sizes))
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "the size of the input must be known, and not less than the window: there are weights for each "
                        "place");
      return FALSE;
    }
  if ((double) count_outputs (&sizes) * count_inputs (&sizes) > G_MAXINT32)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "the input is too large to have weights for each place");
      return FALSE;
    }
  shape = get_kernel_shape (self, &sizes);
  self->kernel = strata_layer_add_weight_full (layer, "kernel", &shape, self->kernel_initializer,
                                               self->kernel_regularizer, self->kernel_constraint, error);
  if (self->kernel == NULL || !self->use_bias)
    return self->kernel != NULL;
  shape = sizes.nd == 1 ? STRATA_SHAPE (sizes.out[0], self->filters)
          : STRATA_SHAPE (sizes.out[0], sizes.out[1], self->filters);
  self->bias = strata_layer_add_weight_full (layer, "bias", &shape, self->bias_initializer, self->bias_regularizer,
                                             self->bias_constraint, error);
  return self->bias != NULL;
}

/* Which of the input's places each window sees, window by window; what is behind the last one is zero. */
static StrataValue *
make_places (StrataBuilder *b,
             const Sizes   *sizes)
{
  gint64 n = sizes->out[0] * sizes->out[1], size = sizes->window[0] * sizes->window[1];
  StrataTensor *places = strata_constant_new (b, STRATA_INT32, &STRATA_SHAPE (n * size));
  gint32 *numbers;

  if (places == NULL)
    return strata_builder_nothing (b);
  numbers = strata_tensor_get_data (places);
  for (gint64 i = 0; i < n * size; i++)
    {
      gint64 place = find_place (sizes, i / size, i % size);

      numbers[i] = place >= 0 ? place : sizes->in[0] * sizes->in[1];
    }
  return strata_builder_constant (b, places);
}

/*
 * (places, batch, window × channels), in the order that Keras 2 has: channels come first where they do so in the
 * input.
 */
static StrataValue *
take_windows (StrataBuilder *b,
              StrataValue   *x,
              const Sizes   *sizes)
{
  gint64 n = sizes->out[0] * sizes->out[1], size = sizes->window[0] * sizes->window[1], batch = x->shape.dims[0];
  static const int last[] = { 0, 2, 1, 3 }, first[] = { 0, 2, 3, 1 };

  x = strata_reshape (b, x, &STRATA_SHAPE (batch, sizes->in[0] * sizes->in[1], sizes->channels));
  x = strata_transpose (b, x, (int[]){ 1, 0, 2 });
  if (sizes->before[0] + sizes->after[0] + sizes->before[1] + sizes->after[1] > 0)
    x = strata_pad (b, x, (gint64[]){ 0, 0, 0 }, (gint64[]){ 1, 0, 0 }, 0);
  x = strata_gather (b, x, make_places (b, sizes));
  x = strata_reshape (b, x, &STRATA_SHAPE (n, size, batch, sizes->channels));
  x = strata_transpose (b, x, sizes->first ? first : last);
  return strata_reshape (b, x, &STRATA_SHAPE (n, batch, size * sizes->channels));
}

/* The number of something in an image that is laid out as the layer has it. */
static gint64
number_of (const Sizes *sizes,
           gint64       place,
           gint64       channel,
           gint64       places,
           gint64       channels)
{
  return sizes->first ? channel * places + place : place * channels + channel;
}

/* Where the kernel has the weights of one window, in the order of take_windows(). @done inputs are seen before it. */
static void
find_weights (const Sizes *sizes,
              gboolean     list,
              gint64       window,
              gint64       done,
              gint64       total,
              gint32      *numbers)
{
  gint64 size = sizes->window[0] * sizes->window[1], f = sizes->filters, c = sizes->channels, rank = 0;
  gint64 n = count_cells (sizes, window), outputs = sizes->out[0] * sizes->out[1];

  for (gint64 cell = 0; cell < size; cell++)
    {
      gint64 place = find_place (sizes, window, cell);

      for (gint64 i = 0; place >= 0 && i < c * f; i++)
        {
          gint64 channel = i / f, filter = i % f;
          gint64 input = list ? number_of (sizes, rank, channel, n, c)
                         : number_of (sizes, place, channel, sizes->in[0] * sizes->in[1], c);
          gint64 output = !list ? number_of (sizes, window, filter, outputs, f)
                          : sizes->first ? filter * total + done : done * f + filter * n * c;

          numbers[number_of (sizes, cell, channel, size, c) * f + filter] =
            list ? output + input : input * count_outputs (sizes) + output;
        }
      rank += place >= 0;
    }
}

/* The kernel as a matrix for each place. What belongs to cells outside meets zeros, so that any weight will do. */
static StrataValue *
take_kernel (StrataConvLayer *self,
             StrataBuilder   *b,
             const Sizes     *sizes)
{
  gint64 places = sizes->out[0] * sizes->out[1], size = sizes->window[0] * sizes->window[1] * sizes->channels;
  StrataValue *kernel = strata_builder_read (b, self->kernel);
  gint64 done = 0, total = strata_shape_get_size (&self->kernel->shape) / sizes->filters;
  gboolean list = ((StrataLocalLayer *) self)->implementation == KERNEL_LIST;
  StrataTensor *numbers;

  if (((StrataLocalLayer *) self)->implementation == KERNEL_PLACES)
    return kernel;
  numbers = strata_constant_new (b, STRATA_INT32, &STRATA_SHAPE (places, size, sizes->filters));
  if (numbers == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < places; i++)
    {
      find_weights (sizes, list, i, done, total,
                    (gint32 *) strata_tensor_get_data (numbers) + i * size * sizes->filters);
      done += count_cells (sizes, i) * sizes->channels;
    }
  kernel = strata_reshape (b, kernel, &STRATA_SHAPE (strata_shape_get_size (&self->kernel->shape)));
  return strata_gather (b, kernel, strata_builder_constant (b, numbers));
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
  y = take_windows (b, strata_to_channels_last (b, x, self->data_format), &sizes);
  y = strata_transpose (b, strata_matmul (b, y, take_kernel (self, b, &sizes), FALSE, FALSE), (int[]){ 1, 0, 2 });
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
