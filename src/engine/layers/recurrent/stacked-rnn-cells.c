/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/cell.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *cells;
} StackedRNNCells;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StackedRNNCells, cells, NULL, .title = "Cells",
                .description = "Cells, each of which reads what the one before puts out"),
  { NULL },
};

static gboolean
add_cells (StrataLayer  *layer,
           JsonArray    *list,
           GError      **error)
{
  JsonArray *written = json_array_new ();
  guint n_states = 0;

  strata_layer_remove_children (layer);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autoptr (StrataObject) cell = strata_object_deserialize (STRATA_KIND_LAYER, json_array_get_element (list, i),
                                                                 error);

      if (cell != NULL && strata_cell_get_interface (STRATA_LAYER (cell)) == NULL)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "%s is no cell of a recurrent layer",
                            strata_object_get_class_name (cell));
          g_clear_object (&cell);
        }
      if (cell == NULL)
        {
          json_array_unref (written);
          return FALSE;
        }
      strata_layer_add_child (layer, "cells", STRATA_LAYER (cell));
      json_array_add_element (written, strata_object_serialize (cell));
      n_states += strata_cell_get_n_states (STRATA_LAYER (cell));
    }
  json_node_take_array (((StackedRNNCells *) layer)->cells, written);
  if (n_states <= STRATA_MAX_STATES)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "at most %d states are possible", STRATA_MAX_STATES);
  return FALSE;
}

static gboolean
stacked_rnn_cells_configured (StrataObject  *object,
                              GError       **error)
{
  StackedRNNCells *self = (StackedRNNCells *) object;
  g_autoptr (JsonArray) list = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (self->cells) || json_array_get_length (json_node_get_array (self->cells)) == 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "cells must be a list of one or more cells");
      return FALSE;
    }
  list = json_node_dup_array (self->cells);
  return add_cells (STRATA_LAYER (self), list, error);
}

static gboolean
stacked_rnn_cells_build (StrataLayer       *layer,
                         const StrataSpec  *inputs,
                         guint              n_inputs,
                         GError           **error)
{
  StrataSpec spec = inputs[0];

  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      StrataLayer *cell = strata_layer_get_child (layer, i, NULL);

      if (!strata_layer_build (cell, &spec, 1, error))
        return FALSE;
      spec.shape = strata_cell_get_output_shape (cell, spec.shape.dims[0]);
    }
  return TRUE;
}

static guint
get_n_states (StrataLayer *layer)
{
  guint n = 0;

  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    n += strata_cell_get_n_states (strata_layer_get_child (layer, i, NULL));
  return n;
}

static StrataShape
get_state_shape (StrataLayer *layer,
                 guint        i)
{
  guint c = 0;
  StrataLayer *cell = strata_layer_get_child (layer, 0, NULL);

  while (i >= strata_cell_get_n_states (cell))
    {
      i -= strata_cell_get_n_states (cell);
      cell = strata_layer_get_child (layer, ++c, NULL);
    }
  return strata_cell_get_interface (cell)->get_state_shape (cell, i);
}

/* Cell by cell over the whole sequence is the same as step by step over all cells, and faster. */
static StrataValue *
run (StrataLayer    *layer,
     StrataBuilder  *b,
     StrataValue    *x,
     StrataValue   **states,
     StrataValue    *mask,
     gboolean        training)
{
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      StrataLayer *cell = strata_layer_get_child (layer, i, NULL);

      x = strata_cell_run (cell, b, x, states, mask, training);
      states += strata_cell_get_n_states (cell);
    }
  return x;
}

static const StrataCellInterface cell = { get_n_states, get_state_shape, run };

const StrataLayerInfo strata_layer_stacked_rnn_cells = {
  .object = {
    .name = "StackedRNNCells",
    .title = "Stacked cells",
    .category = "Recurrent",
    .description = "Several cells that do a step one after the other",
    .formula = "h₁′ = cell₁(x, h₁),  h₂′ = cell₂(h₁′, h₂),  …",
    .params = params,
    .instance_size = sizeof (StackedRNNCells),
    .samples = (const char *const[]){
      "{\"cells\": [{\"class_name\": \"LSTMCell\", \"config\": {\"units\": 4}}, {\"class_name\": \"GRUCell\", "
      "\"config\": {\"units\": 4}}]}",
      NULL },
    .configured = stacked_rnn_cells_configured,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_WRAPS,
  .min_rank = 2,
  .max_rank = 2,
  .sample_inputs = "2,3;2,4;2,4;2,4",
  .cell = &cell,
  .build = stacked_rnn_cells_build,
  .call = strata_cell_call,
};
