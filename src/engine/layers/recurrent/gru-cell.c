/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/cell.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/recurrent.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_CELL_PARAM_UNITS (StrataCellLayer),
  STRATA_CELL_PARAM_GATES (StrataCellLayer),
  STRATA_CELL_PARAM_RESET (StrataCellLayer),
  STRATA_CELL_PARAMS (StrataCellLayer),
  { NULL },
};

static gboolean
gru_cell_build (StrataLayer       *layer,
                const StrataSpec  *inputs,
                guint              n_inputs,
                GError           **error)
{
  StrataCellLayer *self = (StrataCellLayer *) layer;
  StrataShape bias = self->reset_after ? STRATA_SHAPE (2, 3 * self->units) : STRATA_SHAPE (3 * self->units);

  return strata_cell_layer_build (self, &inputs[0], 3, &bias, error);
}

static guint
get_n_states (StrataLayer *layer)
{
  return 1;
}

/* Where the reset gate comes after the product, input and state have a bias each. */
static StrataValue *
get_bias (StrataCellLayer *self,
          StrataBuilder   *b,
          int              row)
{
  StrataValue *bias;

  if (!self->use_bias || (row == 1 && !self->reset_after))
    return NULL;
  bias = strata_builder_read (b, self->bias);
  return self->reset_after ? strata_squeeze (b, strata_slice (b, bias, 0, row, 1), 0) : bias;
}

static StrataValue *
take (StrataCellLayer *self,
      StrataBuilder   *b,
      StrataValue     *x,
      int              gate)
{
  return strata_slice (b, x, -1, gate * self->units, self->units);
}

/* What the state adds to the candidate. */
static StrataValue *
get_part (StrataCellLayer    *self,
          StrataBuilder      *b,
          StrataValue        *state,
          StrataValue        *reset,
          StrataValue        *kept,
          StrataValue *const *noise)
{
  if (self->reset_after)
    return strata_multiply (b, reset, take (self, b, kept, 2));
  if (noise[2] != NULL)
    state = strata_multiply (b, state, noise[2]);
  return strata_matmul (b, strata_multiply (b, reset, state),
                        take (self, b, strata_builder_read (b, self->recurrent_kernel), 2), FALSE, FALSE);
}

static StrataValue *
step (StrataCellLayer     *self,
      StrataBuilder       *b,
      StrataValue         *given,
      StrataValue        **states,
      StrataValue *const  *noise)
{
  StrataValue *kernel = strata_builder_read (b, self->recurrent_kernel), *bias = get_bias (self, b, 1), *kept;
  StrataValue *gates[2], *candidate, *change;

  if (!self->reset_after)
    kernel = strata_slice (b, kernel, -1, 0, 2 * self->units);
  kept = strata_cell_layer_recur (self, b, states[0], kernel, noise, self->reset_after ? 3 : 2);
  if (bias != NULL)
    kept = strata_add (b, kept, bias);

  for (int i = 0; i < 2; i++)
    gates[i] = strata_activation_apply (self->recurrent_activation, b,
                                        strata_add (b, take (self, b, given, i), take (self, b, kept, i)));
  candidate = strata_add (b, take (self, b, given, 2), get_part (self, b, states[0], gates[1], kept, noise));
  candidate = strata_activation_apply (self->activation, b, candidate);
  change = strata_multiply (b, strata_subtract (b, strata_builder_scalar (b, 1), gates[0]), candidate);
  return states[0] = strata_add (b, strata_multiply (b, gates[0], states[0]), change);
}

static StrataValue *
run (StrataLayer    *layer,
     StrataBuilder  *b,
     StrataValue    *x,
     StrataValue   **states,
     StrataValue    *mask,
     gboolean        training)
{
  StrataCellLayer *self = (StrataCellLayer *) layer;
  StrataValue *noise[3], *given = strata_cell_layer_project (self, b, x, get_bias (self, b, 0), 3, training), *bias, *y;

  strata_cell_layer_draw (self, b, x->shape.dims[1], 3, training, noise);
  if (strata_builder_get_precision (b) != STRATA_FLOAT32 || noise[0] != NULL ||
      !self->reset_after || !strata_cell_is_usual (self->activation, "tanh") ||
      !strata_cell_is_usual (self->recurrent_activation, "sigmoid"))
    return strata_cell_layer_unroll (self, b, given, states, 1, mask, noise, step);

  bias = get_bias (self, b, 1);
  if (bias == NULL)
    bias = strata_broadcast_to (b, strata_builder_scalar (b, 0), &STRATA_SHAPE (3 * self->units));
  y = strata_gru (b, given, strata_builder_read (b, self->recurrent_kernel), bias, states[0], mask);
  states[0] = strata_squeeze (b, strata_slice (b, y, 0, x->shape.dims[0] - 1, 1), 0);
  return y;
}

static const StrataCellInterface cell = { get_n_states, strata_cell_layer_get_state_shape, run };

const StrataLayerInfo strata_layer_gru_cell = {
  .object = {
    .name = "GRUCell",
    .title = "GRU cell",
    .category = "Recurrent",
    .description = "One step of a GRU",
    .formula = "h′ = z · h + (1 − z) · tanh(x · W + r · (h · U))",
    .params = params,
    .instance_size = sizeof (StrataCellLayer),
    .samples = (const char *const[]){
      "{\"units\": 4}",
      "{\"units\": 4, \"reset_after\": false}",
      "{\"units\": 4, \"activation\": \"relu\", \"recurrent_activation\": \"hard_sigmoid\"}",
      "{\"units\": 4, \"use_bias\": false}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL,
  .min_rank = 2,
  .max_rank = 2,
  .sample_inputs = "2,3;2,4",
  .cell = &cell,
  .build = gru_cell_build,
  .call = strata_cell_call,
};
