/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>

#include "layers/recurrent/conv-lstm.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

typedef struct
{
  StrataCellLayer parent;
  int nd;
  StrataShape state; /* of a sample, in the order of dimensions that the layer was given */
} ConvLstmCell;

static const StrataParam params[] = { STRATA_CONV_LSTM_PARAMS (StrataCellLayer, 0), { NULL } };

/* A number stands for all dimensions, which the input tells. */
static gboolean
spread (StrataInts  *numbers,
        int          nd,
        const char  *name,
        GError     **error)
{
  if (numbers->n == 1 && nd > 1)
    for (; numbers->n < nd; numbers->n++)
      numbers->v[numbers->n] = numbers->v[0];
  if (numbers->n == nd)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "%s has %d numbers, the input has %d dimensions that the kernel moves along", name,
                    numbers->n, nd);
  return FALSE;
}

/* How the kernel of the input moves, or that of the state, which always keeps the size. */
static void
get_options (ConvLstmCell      *self,
             const StrataShape *x,
             gboolean           state,
             StrataConvOptions *options)
{
  StrataCellLayer *cell = &self->parent;

  *options = (StrataConvOptions){ .groups = 1 };
  for (int d = 0; d < self->nd; d++)
    {
      options->stride[d] = state ? 1 : cell->strides.v[d];
      options->dilation[d] = state ? 1 : cell->dilation_rate.v[d];
      if (state || g_str_equal (cell->padding, "same"))
        strata_get_same_margins (x->dims[d + 1], cell->kernel_size.v[d], options->stride[d], options->dilation[d],
                                 &options->before[d],
                                 &options->after[d]);
    }
}

static gboolean
find_state_shape (ConvLstmCell       *self,
                  const StrataShape  *input,
                  GError            **error)
{
  StrataCellLayer *cell = &self->parent;
  gboolean first = strata_is_channels_first (cell->data_format), same = g_str_equal (cell->padding, "same");

  self->state = (StrataShape){ 0 };
  for (int d = 0; d < self->nd; d++)
    {
      gint64 in = input->dims[d + (first ? 2 : 1)], reach = (cell->kernel_size.v[d] - 1) * cell->dilation_rate.v[d];
      gint64 out = ((same ? in : in - reach) + cell->strides.v[d] - 1) / cell->strides.v[d];

      if (in == STRATA_UNKNOWN || out <= 0)
        {
          strata_set_error (error, STRATA_ERROR_SHAPE, in == STRATA_UNKNOWN
                              ? N_("the size of the images must be known; give the Input a height and width")
                              : N_("the kernel does not fit into the input; use a smaller kernel or padding “same”"));
          return FALSE;
        }
      strata_shape_append (&self->state, out);
    }
  strata_shape_insert (&self->state, first ? 0 : self->nd, cell->filters);
  return TRUE;
}

static gboolean
conv_lstm_cell_build (StrataLayer       *layer,
                      const StrataSpec  *inputs,
                      guint              n_inputs,
                      GError           **error)
{
  ConvLstmCell *self = (ConvLstmCell *) layer;
  StrataCellLayer *cell = &self->parent;
  gint64 channels = inputs[0].shape.dims[strata_get_channel_axis (cell->data_format, inputs[0].shape.rank)];
  StrataShape kernel = { 0 }, recurrent;

  self->nd = inputs[0].shape.rank - 2;
  if (channels == STRATA_UNKNOWN)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "the number of channels of the input must be known");
      return FALSE;
    }
  if (!spread (&cell->kernel_size, self->nd, "kernel_size", error) ||
      !spread (&cell->strides, self->nd, "strides", error) ||
      !spread (&cell->dilation_rate, self->nd, "dilation_rate", error) ||
          !find_state_shape (self, &inputs[0].shape, error))
    return FALSE;
  for (int d = 0; d < self->nd; d++)
    strata_shape_append (&kernel, cell->kernel_size.v[d]);
  recurrent = kernel;
  strata_shape_append (&kernel, channels);
  strata_shape_append (&kernel, 4 * cell->filters);
  strata_shape_append (&recurrent, cell->filters);
  strata_shape_append (&recurrent, 4 * cell->filters);
  if (!strata_cell_layer_add_weights (cell, &kernel, &recurrent, &STRATA_SHAPE (4 * cell->filters), error))
    return FALSE;
  strata_cell_layer_open_forget_gate (cell);
  return TRUE;
}

static guint
get_n_states (StrataLayer *layer)
{
  return 2;
}

static StrataShape
get_state_shape (StrataLayer *layer,
                 guint        i)
{
  return ((ConvLstmCell *) layer)->state;
}

static StrataValue *
take_gate (StrataCellLayer *self,
           StrataBuilder   *b,
           StrataValue     *x,
           guint            gate)
{
  return strata_slice (b, x, -1, gate * self->filters, self->filters);
}

/* Each gate sees an image of its own where some of it is forgotten: noise is %NULL or has one for each. */
static StrataValue *
convolve (ConvLstmCell       *self,
          StrataBuilder      *b,
          StrataValue        *x,
          StrataVariable     *weights,
          StrataValue *const *noise,
          gboolean            state)
{
  StrataValue *kernel = strata_builder_read (b, weights), *parts[4];
  StrataConvOptions options;

  get_options (self, &x->shape, state, &options);
  if (noise[0] == NULL)
    return strata_conv (b, x, kernel, &options);
  for (guint i = 0; i < 4; i++)
    parts[i] = strata_conv (b, strata_multiply (b, x, noise[i]), take_gate (&self->parent, b, kernel, i), &options);
  return strata_concatenate (b, parts, 4, -1);
}

static StrataValue *
step (StrataCellLayer     *self,
      StrataBuilder       *b,
      StrataValue         *given,
      StrataValue        **states,
      StrataValue *const  *noise)
{
  StrataValue *sum = strata_add (b, given,
                                 convolve ((ConvLstmCell *) self, b, states[0], self->recurrent_kernel, noise, TRUE)),
                                 *gates[4];

  for (guint i = 0; i < 4; i++)
    gates[i] = strata_activation_apply (i == 2 ? self->activation : self->recurrent_activation, b,
                                        take_gate (self, b, sum, i));
  states[1] = strata_add (b, strata_multiply (b, gates[1], states[1]), strata_multiply (b, gates[0], gates[2]));
  return states[0] = strata_multiply (b, gates[3], strata_activation_apply (self->activation, b, states[1]));
}

static void
draw_noise (StrataCellLayer    *self,
            StrataBuilder      *b,
            const StrataShape  *shape,
            double              rate,
            gboolean            training,
            int                 which,
            StrataValue       **noise)
{
  for (int i = 0; i < 4; i++)
    noise[i] = training && rate > 0 && rate < 1
                 ? strata_cell_draw (b, shape, rate, self->seed == STRATA_NONE_INT ? self->seed
                                     : self->seed + which + i)
                 : NULL;
}

/* The images of all steps go through one convolution, as samples that are alike. */
static StrataValue *
project (ConvLstmCell  *self,
         StrataBuilder *b,
         StrataValue   *x,
         gboolean       training)
{
  StrataShape time = x->shape, flat = x->shape;
  StrataValue *noise[4], *y;

  time.dims[0] = 1;
  draw_noise (&self->parent, b, &time, self->parent.dropout, training, 0, noise);
  strata_shape_remove (&flat, 0);
  flat.dims[0] = strata_shape_get_span (&x->shape, 0, 2);
  for (int i = 0; i < 4 && noise[i] != NULL; i++)
    noise[i] = strata_reshape (b, strata_broadcast_to (b, noise[i], &x->shape), &flat);
  y = convolve (self, b, strata_reshape (b, x, &flat), self->parent.kernel, noise, FALSE);
  if (strata_builder_has_failed (b))
    return y;
  if (self->parent.use_bias)
    y = strata_add (b, y, strata_builder_read (b, self->parent.bias));
  flat = y->shape;
  flat.dims[0] = x->shape.dims[1];
  strata_shape_insert (&flat, 0, x->shape.dims[0]);
  return strata_reshape (b, y, &flat);
}

/* Channels move to the end, and back, behind @axis dimensions that are of no image. */
static StrataValue *
move_channels (StrataCellLayer *self,
               StrataBuilder   *b,
               StrataValue     *x,
               int              axis,
               gboolean         back)
{
  int permutation[STRATA_MAX_RANK], last = x->shape.rank - 1;

  if (!strata_is_channels_first (self->data_format) || strata_builder_has_failed (b))
    return x;
  for (int i = 0; i <= last; i++)
    permutation[i] = i < axis ? i : back ? (i == axis ? last : i - 1) : (i == last ? axis : i + 1);
  return strata_transpose (b, x, permutation);
}

static StrataValue *
run (StrataLayer    *layer,
     StrataBuilder  *b,
     StrataValue    *x,
     StrataValue   **states,
     StrataValue    *mask,
     gboolean        training)
{
  ConvLstmCell *self = (ConvLstmCell *) layer;
  StrataCellLayer *cell = &self->parent;
  StrataValue *given, *noise[4], *y;

  given = project (self, b, move_channels (cell, b, x, 2, FALSE), training);
  for (int i = 0; i < 2; i++)
    states[i] = move_channels (cell, b, states[i], 1, FALSE);
  draw_noise (cell, b, &states[0]->shape, cell->recurrent_dropout, training, 101, noise);
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  y = strata_cell_layer_unroll (cell, b, given, states, 2, mask, noise, step);
  for (int i = 0; i < 2; i++)
    states[i] = move_channels (cell, b, states[i], 1, TRUE);
  return move_channels (cell, b, y, 2, TRUE);
}

static const StrataCellInterface cell = { get_n_states, get_state_shape, run };

const StrataLayerInfo strata_layer_conv_lstm_cell = {
  .object = {
    .name = "ConvLSTMCell",
    .title = "Convolutional LSTM cell",
    .category = "Recurrent",
    .description = "One step of an LSTM that remembers an image",
    .formula = "c′ = f · c + i · g,  h′ = o · tanh(c′), each gate a convolution of input and state",
    .params = params,
    .instance_size = sizeof (ConvLstmCell),
    .samples = (const char *const[]){
      "{\"filters\": 2, \"kernel_size\": 2, \"padding\": \"same\"}",
      "{\"filters\": 2, \"kernel_size\": [2, 3], \"padding\": \"same\", \"activation\": \"relu\", \"use_bias\": false}",
      NULL },
    .configured = strata_conv_lstm_configured,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL,
  .min_rank = 3,
  .max_rank = 5,
  .sample_inputs = "2,4,5,3;2,4,5,2;2,4,5,2",
  .cell = &cell,
  .build = conv_lstm_cell_build,
  .call = strata_cell_call,
};
