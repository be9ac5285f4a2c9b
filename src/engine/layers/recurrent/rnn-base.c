/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/rnn-base.h"

#include <string.h>

#include "base/registry.h"
#include "layers/activation-child.h"
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

/* A cell of the class that goes with the layer's, with its type and the parameters that both have. */
static StrataLayer *
make_cell (StrataRnnLayer  *self,
           GError         **error)
{
  const char *class_name = strata_object_get_class_name (STRATA_OBJECT (self));
  /* ConvLSTM1D to ConvLSTM3D have one cell. */
  g_autofree char *name = g_strdup_printf ("%.*sCell", (int) strcspn (class_name, "123"), class_name);
  const StrataObjectInfo *info = strata_registry_lookup (STRATA_KIND_LAYER, name);
  g_autoptr (JsonObject) config = json_object_new ();
  StrataLayer *cell;

  for (const StrataParam *param = info->params; param->name != NULL; param++)
    json_object_set_member (config, param->name, strata_object_get_param (STRATA_OBJECT (self), param->name));
  json_object_set_member (config, "dtype", strata_object_get_param (STRATA_OBJECT (self), "dtype"));
  cell = strata_layer_new (name, config, error);
  if (cell == NULL)
    return NULL;
  strata_layer_set_trainable (cell, strata_layer_get_trainable (STRATA_LAYER (self)));
  strata_layer_share_activations (STRATA_LAYER (self), cell);
  return cell;
}

static gboolean
add_states (StrataRnnLayer    *self,
            const StrataSpec  *input,
            GError           **error)
{
  gint64 batch = input->shape.dims[0];

  if (batch == STRATA_UNKNOWN)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "a stateful layer needs a batch size that is known: give the Input "
                        "a batch size, or set stateful to false");
      return FALSE;
    }
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  for (guint i = 0; i < strata_cell_get_n_states (self->cell); i++)
    {
      StrataShape shape = strata_cell_get_state_shape (self->cell, i, batch);

      g_ptr_array_add (self->states, strata_variable_new_lazy ("rnn_state", STRATA_FLOAT32, &shape, FALSE));
    }
  return TRUE;
}

gboolean
strata_rnn_layer_build (StrataLayer       *layer,
                        const StrataSpec  *inputs,
                        guint              n_inputs,
                        GError           **error)
{
  StrataRnnLayer *self = (StrataRnnLayer *) layer;
  StrataSpec step = inputs[0];

  if (self->cell == NULL)
    self->cell = make_cell (self, error);
  if (self->cell == NULL)
    return FALSE;
  strata_layer_remove_children (layer);
  strata_layer_add_child (layer, "cell", self->cell);
  strata_shape_remove (&step.shape, 1);
  return strata_layer_build (self->cell, &step, 1, error) && (!self->stateful || add_states (self, &inputs[0], error));
}

void
strata_rnn_layer_finalize (StrataObject *object)
{
  StrataRnnLayer *self = (StrataRnnLayer *) object;

  /* Where the cell is a parameter, it is freed as such. */
  if (strata_object_find_param (object, "cell") == NULL)
    g_clear_object (&self->cell);
  g_clear_pointer (&self->states, g_ptr_array_unref);
}

gboolean
strata_is_rnn_layer (StrataLayer *layer)
{
  const StrataLayerInfo *info = strata_layer_get_info (layer);

  return info != NULL && info->call == strata_rnn_layer_call;
}

/**
 * strata_rnn_layer_reset_states: (skip)
 *
 * Makes a stateful layer forget the batches before.
 */
void
strata_rnn_layer_reset_states (StrataLayer *layer)
{
  StrataRnnLayer *self = (StrataRnnLayer *) layer;

  for (guint i = 0; self->states != NULL && i < self->states->len; i++)
    strata_variable_fill (self->states->pdata[i], 0);
}

/* Returns whether the states are given, rather than zero. */
static gboolean
get_states (StrataRnnLayer    *self,
            StrataBuilder     *b,
            const StrataCall  *call,
            StrataValue      **states)
{
  guint n = strata_cell_get_n_states (self->cell);
  guint n_given = strata_call_get_tensors (call, "initial_state", states, STRATA_MAX_STATES);

  if (n_given == 0 && call->arguments == NULL)
    for (; n_given + 1 < call->n_inputs && n_given < STRATA_MAX_STATES; n_given++)
      states[n_given] = call->inputs[n_given + 1];
  if (n_given > 0 && n_given != n)
    strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected %u initial states, received %u", n, n_given);
  for (guint i = 0; i < n_given; i++)
    states[i] = strata_cast (b, states[i], STRATA_FLOAT32);
  if (n_given > 0)
    return TRUE;

  for (guint i = 0; i < n; i++)
    if (self->states != NULL)
      states[i] = strata_builder_read (b, self->states->pdata[i]);
    else
      {
        StrataShape shape = strata_cell_get_state_shape (self->cell, i, call->inputs[0]->shape.dims[0]);

        states[i] = strata_broadcast_to (b, strata_builder_scalar (b, 0), &shape);
      }
  return self->states != NULL;
}

/* Steps at which something counted already: before that nothing comes out, whatever the states. */
static StrataValue *
get_begun (StrataBuilder *b,
           StrataValue   *mask)
{
  gint64 n = mask->shape.dims[0];
  StrataTensor *up_to = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n, n));

  if (up_to == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < n; i++)
    for (gint64 j = 0; j < n; j++)
      strata_tensor_get_floats (up_to)[i * n + j] = j <= i ? 1 : 0;
  return strata_greater (b, strata_matmul (b, strata_builder_constant (b, up_to), mask, FALSE, FALSE),
                         strata_builder_scalar (b, 0));
}

/* (batch, time, ...) to (time, batch, ...) and back. */
static StrataValue *
swap_time (StrataBuilder *b,
           StrataValue   *x)
{
  int permutation[STRATA_MAX_RANK];

  for (int i = 0; i < x->shape.rank; i++)
    permutation[i] = i < 2 ? 1 - i : i;
  return strata_transpose (b, x, permutation);
}

/* Where the length is not known, only shapes are asked for: one step tells them. */
static void
probe (StrataRnnLayer  *self,
       StrataBuilder   *b,
       StrataCall      *call,
       StrataValue     *x,
       StrataValue    **states)
{
  StrataShape shape = strata_cell_get_output_shape (self->cell, x->shape.dims[0]);
  StrataValue *y = strata_cell_run (self->cell, b, swap_time (b, strata_slice (b, x, 1, 0, 1)), states, NULL,
                                    call->training);

  strata_shape_insert (&shape, 1, STRATA_UNKNOWN);
  strata_call_return (call, self->return_sequences ? strata_reshape (b, x, &shape) : strata_squeeze (b, y, 0));
}

static StrataValue *
run (StrataRnnLayer  *self,
     StrataBuilder   *b,
     StrataValue     *x,
     StrataValue     *mask,
     StrataValue    **states,
     gboolean         begun,
     gboolean         training)
{
  StrataValue *y;

  x = swap_time (b, x);
  mask = mask != NULL ? swap_time (b, strata_cast (b, mask, STRATA_FLOAT32)) : NULL;
  if (self->go_backwards)
    {
      x = strata_reverse (b, x, 0);
      mask = mask != NULL ? strata_reverse (b, mask, 0) : NULL;
    }
  y = strata_cell_run (self->cell, b, x, states, mask, training);
  if (mask != NULL && self->zero_output_for_mask)
    y = strata_where (b, strata_cell_spread_mask (b, mask, y->shape.rank), y, strata_builder_scalar (b, 0));
  else if (mask != NULL && begun)
    y = strata_where (b, strata_cell_spread_mask (b, get_begun (b, mask), y->shape.rank), y,
                      strata_builder_scalar (b, 0));
  return self->return_sequences ? swap_time (b, y)
         : strata_squeeze (b, strata_slice (b, y, 0, x->shape.dims[0] - 1, 1), 0);
}

void
strata_rnn_layer_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataRnnLayer *self = (StrataRnnLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mask = strata_call_get_tensor (call, "mask");
  StrataValue *states[STRATA_MAX_STATES] = { NULL };
  gboolean given = get_states (self, b, call, states);

  if (x->shape.dims[1] == 0)
    strata_builder_fail (b, STRATA_ERROR_SHAPE, "a sequence must have at least one step");
  if (strata_builder_has_failed (b))
    return;
  /* Keras heeds the mask that comes with the sequence only where no other tensor is given. */
  if (mask == NULL && call->n_inputs == 1)
    mask = strata_call_get_mask (call, 0);
  if (x->shape.dims[1] == STRATA_UNKNOWN)
    probe (self, b, call, x, states);
  else
    strata_call_return (call, run (self, b, x, mask, states, given, call->training));

  for (guint i = 0; self->states != NULL && i < self->states->len; i++)
    strata_builder_assign (b, self->states->pdata[i], states[i]);
  for (guint i = 0; self->return_state && i < strata_cell_get_n_states (self->cell); i++)
    strata_call_return (call, states[i]);
  strata_layer_add_activity (layer, b, self->activity_regularizer, call->outputs[0]);
  if (self->return_sequences)
    call->output_masks[0] = mask != NULL ? mask : strata_call_get_mask (call, 0);
}
