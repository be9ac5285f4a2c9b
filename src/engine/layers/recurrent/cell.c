/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/cell.h"

#include <string.h>

#include "initializers/initializer.h"
#include "ops/constants.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

/**
 * strata_cell_get_interface: (skip)
 *
 * Returns: (nullable): how the layer goes through sequences, if it is a cell
 */
const StrataCellInterface *
strata_cell_get_interface (StrataLayer *self)
{
  const StrataLayerInfo *info = strata_layer_get_info (self);

  return info != NULL ? info->cell : NULL;
}

guint
strata_cell_get_n_states (StrataLayer *self)
{
  return strata_cell_get_interface (self)->get_n_states (self);
}

StrataShape
strata_cell_get_state_shape (StrataLayer *self,
                             guint        i,
                             gint64       batch)
{
  StrataShape shape = strata_cell_get_interface (self)->get_state_shape (self, i);

  strata_shape_insert (&shape, 0, batch);
  return shape;
}

/**
 * strata_cell_get_output_shape: (skip)
 *
 * Returns: what comes out at each step
 */
StrataShape
strata_cell_get_output_shape (StrataLayer *self,
                              gint64       batch)
{
  guint n = strata_layer_get_n_children (self);
  StrataLayer *last = n > 0 ? strata_layer_get_child (self, n - 1, NULL) : NULL;

  return last != NULL && strata_cell_get_interface (last) != NULL ? strata_cell_get_output_shape (last, batch)
         : strata_cell_get_state_shape (self, 0, batch);
}

StrataValue *
strata_cell_run (StrataLayer    *self,
                 StrataBuilder  *b,
                 StrataValue    *x,
                 StrataValue   **states,
                 StrataValue    *mask,
                 gboolean        training)
{
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  return strata_cell_get_interface (self)->run (self, b, x, states, mask, training);
}

/**
 * strata_cell_call: (skip)
 *
 * One step of a cell by itself: input and states come in, output and states go out.
 */
void
strata_cell_call (StrataLayer   *self,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataValue *states[STRATA_MAX_STATES], *y;
  guint n = strata_cell_get_n_states (self);

  if (call->n_inputs != n + 1)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected an input and %u states, received %u tensors", n,
                           call->n_inputs);
      return;
    }
  for (guint i = 0; i < n; i++)
    states[i] = strata_cast (b, call->inputs[i + 1], STRATA_FLOAT32);
  y = strata_expand_dims (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), 0);
  strata_call_return (call, strata_squeeze (b, strata_cell_run (self, b, y, states, NULL, call->training), 0));
  for (guint i = 0; i < n; i++)
    strata_call_return (call, states[i]);
}

/**
 * strata_cell_layer_add_weights: (skip)
 *
 * Makes the weights of a cell, of given shapes.
 */
gboolean
strata_cell_layer_add_weights (StrataCellLayer    *self,
                               const StrataShape  *kernel,
                               const StrataShape  *recurrent,
                               const StrataShape  *bias,
                               GError            **error)
{
  StrataLayer *layer = STRATA_LAYER (self);

  self->kernel = strata_layer_add_weight_full (layer, "kernel", kernel, self->kernel_initializer,
                                               self->kernel_regularizer, self->kernel_constraint, error);
  if (self->kernel == NULL)
    return FALSE;
  self->recurrent_kernel = strata_layer_add_weight_full (layer, "recurrent_kernel", recurrent,
                                                         self->recurrent_initializer, self->recurrent_regularizer,
                                                         self->recurrent_constraint, error);
  if (self->recurrent_kernel == NULL || !self->use_bias)
    return self->recurrent_kernel != NULL;
  self->bias = strata_layer_add_weight_full (layer, "bias", bias, self->bias_initializer, self->bias_regularizer,
                                             self->bias_constraint, error);
  return self->bias != NULL;
}

static gboolean
initialize_bias (StrataVariable  *variable,
                 StrataTensor    *tensor,
                 GError         **error)
{
  gint64 units = strata_tensor_get_size (tensor) / 4;

  if (!strata_initializer_fill_seeded (STRATA_INITIALIZER (variable->initializer), tensor, variable->seed, error))
    return FALSE;
  for (gint64 i = units; i < 2 * units; i++)
    strata_tensor_get_floats (tensor)[i] = 1;
  return TRUE;
}

/**
 * strata_cell_layer_open_forget_gate: (skip)
 *
 * Makes the bias of the second gate begin as one.
 */
void
strata_cell_layer_open_forget_gate (StrataCellLayer *self)
{
  if (self->use_bias && self->unit_forget_bias && self->bias->initializer != NULL)
    self->bias->initialize = initialize_bias;
}

/**
 * strata_cell_layer_build: (skip)
 * @gates: how many numbers go into each unit
 * @bias: shape of the bias
 *
 * Makes the weights of a cell.
 */
gboolean
strata_cell_layer_build (StrataCellLayer    *self,
                         const StrataSpec   *input,
                         gint64              gates,
                         const StrataShape  *bias,
                         GError            **error)
{
  gint64 features = input->shape.dims[input->shape.rank - 1];

  if (features == STRATA_UNKNOWN)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "the last dimension of the input must be known");
      return FALSE;
    }
  return strata_cell_layer_add_weights (self, &STRATA_SHAPE (features, gates * self->units),
                                        &STRATA_SHAPE (self->units, gates * self->units), bias, error);
}

/**
 * strata_cell_draw: (skip)
 *
 * Returns: (transfer none): what numbers are multiplied by of which part @rate is forgotten
 */
StrataValue *
strata_cell_draw (StrataBuilder     *b,
                  const StrataShape *shape,
                  double             rate,
                  gint64             seed)
{
  StrataValue *kept = strata_greater_equal (b, strata_draw_uniform (b, shape, seed), strata_builder_scalar (b, rate));

  return strata_scale (b, kept, 1 / MAX (1 - rate, 1e-7));
}

/**
 * strata_cell_layer_draw: (skip)
 * @n: how many gates have noise of their own
 * @noise: (out): for each gate, what the state is multiplied by, or %NULL
 *
 * Draws what of the state is forgotten, once for all steps.
 */
void
strata_cell_layer_draw (StrataCellLayer  *self,
                        StrataBuilder    *b,
                        gint64            batch,
                        guint             n,
                        gboolean          training,
                        StrataValue     **noise)
{
  for (guint i = 0; i < n; i++)
    noise[i] = training && self->recurrent_dropout > 0
                 ? strata_cell_draw (b, &STRATA_SHAPE (batch, self->units), self->recurrent_dropout,
                                     self->seed == STRATA_NONE_INT ? self->seed : self->seed + 101 + i)
                 : NULL;
}

static StrataValue *
take_gate (StrataBuilder *b,
           StrataValue   *x,
           gint64         units,
           guint          gate)
{
  return strata_slice (b, x, -1, gate * units, units);
}

/**
 * strata_cell_layer_get_state_shape: (skip)
 *
 * Returns: what each state is of a sample: a number a unit
 */
StrataShape
strata_cell_layer_get_state_shape (StrataLayer *layer,
                                   guint        i)
{
  return STRATA_SHAPE (((StrataCellLayer *) layer)->units);
}

/**
 * strata_cell_layer_project: (skip)
 * @x: of shape (time, batch, features)
 * @bias: (nullable): what is added
 * @gates: how many gates have noise of their own
 *
 * What the input gives to the gates, for all steps in one product. Where there
 * is recurrent dropout, Keras drops the input for each gate by itself, too.
 * Returns: (transfer none): (time, batch, gates of all units)
 */
StrataValue *
strata_cell_layer_project (StrataCellLayer *self,
                           StrataBuilder   *b,
                           StrataValue     *x,
                           StrataValue     *bias,
                           guint            gates,
                           gboolean         training)
{
  StrataValue *kernel = strata_builder_read (b, self->kernel), *y, *parts[4];
  StrataShape step = STRATA_SHAPE (x->shape.dims[1], x->shape.dims[2]);

  if (!training || self->dropout <= 0)
    y = strata_matmul (b, x, kernel, FALSE, FALSE);
  else if (gates == 1 || self->recurrent_dropout <= 0)
    y = strata_matmul (b, strata_multiply (b, x, strata_cell_draw (b, &step, self->dropout, self->seed)), kernel, FALSE,
                       FALSE);
  else
    {
      for (guint i = 0; i < gates; i++)
        {
          StrataValue *kept = strata_cell_draw (b, &step, self->dropout, self->seed == STRATA_NONE_INT ? self->seed
                                                : self->seed + i);

          parts[i] = strata_matmul (b, strata_multiply (b, x, kept), take_gate (b, kernel, self->units, i), FALSE,
                                    FALSE);
        }
      y = strata_concatenate (b, parts, gates, -1);
    }
  return bias != NULL ? strata_add (b, y, bias) : y;
}

/**
 * strata_cell_layer_recur: (skip)
 * @kernel: weights of the state, for @gates gates
 * @noise: for each gate, what the state is multiplied by, or %NULL
 *
 * Returns: (transfer none): what the state gives to the gates
 */
StrataValue *
strata_cell_layer_recur (StrataCellLayer    *self,
                         StrataBuilder      *b,
                         StrataValue        *state,
                         StrataValue        *kernel,
                         StrataValue *const *noise,
                         guint               gates)
{
  StrataValue *parts[4];

  if (noise[0] == NULL)
    return strata_matmul (b, state, kernel, FALSE, FALSE);
  if (gates == 1)
    return strata_matmul (b, strata_multiply (b, state, noise[0]), kernel, FALSE, FALSE);
  for (guint i = 0; i < gates; i++)
    parts[i] = strata_matmul (b, strata_multiply (b, state, noise[i]), take_gate (b, kernel, self->units, i), FALSE,
                              FALSE);
  return strata_concatenate (b, parts, gates, -1);
}

/**
 * strata_cell_spread_mask: (skip)
 * @mask: of shape (time, batch), or one step of it
 * @rank: of what it is to go with
 *
 * Returns: (transfer none): the mask with dimensions of 1 at its end
 */
StrataValue *
strata_cell_spread_mask (StrataBuilder *b,
                         StrataValue   *mask,
                         int            rank)
{
  StrataShape shape = mask->shape;

  while (shape.rank < rank)
    strata_shape_append (&shape, 1);
  return strata_reshape (b, mask, &shape);
}

/**
 * strata_cell_layer_unroll: (skip)
 * @given: of shape (time, batch, ...): what the input gives at each step
 * @states: (inout): states before, then states after
 * @mask: (nullable): (time, batch)
 * @step: one step; its output is its first state
 *
 * Goes through the steps one by one.
 * Returns: (transfer none): (time, batch, units)
 */
StrataValue *
strata_cell_layer_unroll (StrataCellLayer     *self,
                          StrataBuilder       *b,
                          StrataValue         *given,
                          StrataValue        **states,
                          guint                n_states,
                          StrataValue         *mask,
                          StrataValue *const  *noise,
                          StrataStepFunc       step)
{
  gint64 n = given->shape.dims[0];
  g_autofree StrataValue **steps = NULL, **masks = NULL;
  StrataValue *output = NULL;

  if (!strata_can_list (b, n))
    return strata_builder_nothing (b);
  steps = g_new (StrataValue *, n);
  masks = g_new0 (StrataValue *, n);
  strata_unstack (b, given, steps);
  if (mask != NULL)
    strata_unstack (b, strata_cell_spread_mask (b, mask, given->shape.rank), masks);
  for (gint64 t = 0; t < n && !strata_builder_has_failed (b); t++)
    {
      StrataValue *before[STRATA_MAX_STATES], *y;

      memcpy (before, states, n_states * sizeof states[0]);
      y = step (self, b, steps[t], states, noise);
      if (masks[t] != NULL)
        {
          y = strata_where (b, masks[t], y, output != NULL ? output : strata_builder_scalar (b, 0));
          for (guint i = 0; i < n_states; i++)
            states[i] = strata_where (b, masks[t], states[i], before[i]);
        }
      output = y;
      steps[t] = strata_expand_dims (b, y, 0);
    }
  return strata_builder_has_failed (b) ? strata_builder_nothing (b) : strata_concatenate (b, steps, n, 0);
}

/**
 * strata_cell_is_usual: (skip)
 *
 * Returns: whether @activation is the one called @name
 */
gboolean
strata_cell_is_usual (StrataActivation *activation,
                      const char       *name)
{
  return activation != NULL && g_str_equal (strata_object_get_class_name (STRATA_OBJECT (activation)), name);
}
