/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/symbol.h"
#include "models/summary-rows.h"
#include "models/summary-totals.h"

static JsonArray *list_layers (StrataModel *model, guint depth);

static JsonNode *
wrap_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* A list of sizes, null where one may vary; of several outputs a list of those, of unknown ones null. */
static JsonNode *
describe_shapes (const StrataSummaryRow *row)
{
  JsonArray *shapes;

  if (row->n_specs == 0)
    return json_node_new (JSON_NODE_NULL);
  if (row->n_specs == 1)
    return strata_shape_to_json (&row->specs[0].shape);
  shapes = json_array_new ();
  for (guint i = 0; i < row->n_specs; i++)
    json_array_add_element (shapes, strata_shape_to_json (&row->specs[i].shape));
  return wrap_array (shapes);
}

static void
add_connection (JsonArray   *connections,
                StrataLayer *layer,
                guint        node,
                guint        tensor)
{
  JsonObject *connection = json_object_new ();

  json_object_set_string_member (connection, "layer", strata_layer_get_name (layer));
  json_object_set_int_member (connection, "node", node);
  json_object_set_int_member (connection, "tensor", tensor);
  json_array_add_object_element (connections, connection);
}

/* What each call is given; outside of functional models, what the layer before gives. */
static JsonArray *
list_connections (const StrataSummaryRow *row,
                  const StrataSummaryRow *before)
{
  JsonArray *connections = json_array_new ();

  if (row->sites == NULL && before != NULL)
    add_connection (connections, before->layer, 0, 0);
  for (guint s = 0; row->sites != NULL && s < row->sites->len; s++)
    {
      const StrataSite *site = g_ptr_array_index (row->sites, s);

      for (guint i = 0; i < site->inputs->len; i++)
        {
          const StrataSymbol *symbol = g_ptr_array_index (site->inputs, i);

          add_connection (connections, symbol->layer, symbol->site->index, symbol->index);
        }
    }
  return connections;
}

static JsonObject *
describe_layer (const StrataSummaryRow *row,
                const StrataSummaryRow *before,
                guint                   depth)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", strata_layer_get_name (row->layer));
  json_object_set_string_member (object, "class_name", strata_object_get_class_name (STRATA_OBJECT (row->layer)));
  json_object_set_member (object, "output_shape", describe_shapes (row));
  json_object_set_int_member (object, "params", strata_layer_count_params (row->layer, FALSE));
  json_object_set_boolean_member (object, "trainable", strata_layer_get_trainable (row->layer));
  json_object_set_array_member (object, "connected_to", list_connections (row, before));
  if (STRATA_IS_MODEL (row->layer) && depth < STRATA_SUMMARY_MAX_DEPTH)
    json_object_set_array_member (object, "layers", list_layers (STRATA_MODEL (row->layer), depth + 1));
  return object;
}

/* Masks that are worked out are no layers. */
static JsonArray *
list_layers (StrataModel *model,
             guint        depth)
{
  JsonArray *layers = json_array_new ();
  const StrataSummaryRow *before = NULL;
  StrataSummaryRows rows;

  strata_summary_rows_init (&rows, model);
  for (guint i = 0; i < rows.rows->len; i++)
    {
      const StrataSummaryRow *row = &g_array_index (rows.rows, StrataSummaryRow, i);

      if (row->mask != NULL)
        continue;
      json_array_add_object_element (layers, describe_layer (row, before, depth));
      before = row;
    }
  strata_summary_rows_clear (&rows);
  return layers;
}

/**
 * strata_model_summary_json:
 *
 * Returns: (transfer full): what the table says, for programs: name, layers with lists of sizes and of what they are
 *   connected to, those of models inside within them, and totals
 */
JsonNode *
strata_model_summary_json (StrataModel *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  StrataSummaryTotal all, trainable, optimizer;

  strata_summary_get_totals (self, &all, &trainable, &optimizer);
  json_object_set_string_member (object, "name", strata_layer_get_name (STRATA_LAYER (self)));
  json_object_set_string_member (object, "class_name", strata_object_get_class_name (STRATA_OBJECT (self)));
  json_object_set_array_member (object, "layers", list_layers (self, 0));
  json_object_set_int_member (object, "params", all.count);
  json_object_set_int_member (object, "trainable_params", trainable.count);
  json_object_set_int_member (object, "non_trainable_params", all.count - trainable.count);
  json_object_set_int_member (object, "optimizer_params", optimizer.count);
  json_node_take_object (node, object);
  return node;
}
