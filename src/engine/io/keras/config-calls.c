/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/keras/config-private.h"
#include "layers/operation.h"
#include "models/functional.h"

/* How the layers of a functional model are called, as Keras 3 writes it. */

/* Which of a layer's calls in the model a call is. A call may be part of other models, too, or of none. */
static guint
find_call (StrataFunctional *model,
           const StrataSite *site)
{
  const GPtrArray *sites = strata_functional_get_sites (model);
  guint before = 0;

  for (guint i = 0; i < sites->len; i++)
    {
      const StrataSite *other = g_ptr_array_index (sites, i);

      before += other->layer == site->layer && other->index < site->index;
    }
  return before;
}

static JsonArray *
write_history (StrataFunctional   *model,
               const StrataSymbol *symbol,
               guint               base)
{
  JsonArray *history = json_array_new ();

  json_array_add_string_element (history, strata_layer_get_name (symbol->layer));
  json_array_add_int_element (history, find_call (model, symbol->site) + base);
  json_array_add_int_element (history, symbol->index);
  return history;
}

/* Takes the history over. */
static JsonNode *
wrap_tensor (const StrataShape *shape,
             const char        *dtype,
             JsonArray         *history)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();

  json_object_set_member (config, "shape", strata_shape_to_json (shape));
  json_object_set_string_member (config, "dtype", dtype);
  json_object_set_array_member (config, "keras_history", history);
  json_object_set_string_member (object, "class_name", "__keras_tensor__");
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

static JsonNode *
write_tensor (StrataFunctional   *model,
              const StrataSymbol *symbol)
{
  return wrap_tensor (&symbol->spec.shape, strata_config_get_dtype (symbol), write_history (model, symbol, 0));
}

/* Copies arguments, with tensors in place of their numbers. */
static JsonNode *
write_argument (StrataFunctional *model,
                const StrataSite *site,
                JsonNode         *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (array, write_argument (model, site, json_array_get_element (source, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
      return copy;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *source = json_node_get_object (node), *object;
      g_autoptr (GList) members = json_object_get_members (source);
      gint64 input = strata_json_get_int (source, "$", -1);

      if (input >= 0 && input < site->inputs->len)
        return write_tensor (model, g_ptr_array_index (site->inputs, input));
      object = json_object_new ();
      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data,
                                write_argument (model, site, json_object_get_member (source, l->data)));
      return strata_json_wrap (object);
    }
  return json_node_copy (node);
}

/* Marks the inputs that the arguments by name take: what is left are the positional ones. */
static void
mark_named (JsonNode *node,
            gboolean *named,
            guint     n)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      mark_named (json_array_get_element (json_node_get_array (node), i), named, n);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) values = json_object_get_values (object);
      gint64 input = strata_json_get_int (object, "$", -1);

      if (input >= 0 && input < n)
        named[input] = TRUE;
      for (GList *l = values; l != NULL; l = l->next)
        mark_named (l->data, named, n);
    }
}

static JsonArray *
write_positional (StrataFunctional *model,
                  const StrataSite *site)
{
  guint n = site->inputs->len;
  g_autofree gboolean *named = g_new0 (gboolean, n + 1);
  gboolean list = (STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_MERGES) ||
                  (STRATA_IS_MODEL (site->layer) && strata_model_get_n_inputs (STRATA_MODEL (site->layer)) > 1);
  JsonArray *args = json_array_new (), *tensors = list ? json_array_new () : args;

  if (site->arguments != NULL)
    {
      g_autoptr (JsonNode) node = strata_json_wrap (json_object_ref (site->arguments));

      mark_named (node, named, n);
    }
  for (guint i = 0; i < n; i++)
    if (!named[i])
      json_array_add_element (tensors, write_tensor (model, g_ptr_array_index (site->inputs, i)));
  if (list)
    json_array_add_array_element (args, tensors);
  return args;
}

static const char *const untrained[] = { "AlphaDropout", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Dropout", "GRU",
                                         "GaussianDropout", "GaussianNoise", "LSTM", "RNN", "SimpleRNN",
                                         "SpatialDropout1D", "SpatialDropout2D",
                                         "SpatialDropout3D", "SpectralNormalization", NULL };

/**
 * strata_config_is_untrained: (skip)
 *
 * Returns: whether Keras's layers of a class are told not to train where nobody says anything
 */
gboolean
strata_config_is_untrained (const char *class_name)
{
  return g_strv_contains (untrained, class_name);
}

static JsonNode *
write_mask (StrataFunctional *model,
            StrataMask        mask)
{
  JsonArray *history;

  if (mask.symbol != NULL)
    return write_tensor (model, mask.symbol);
  if (mask.op == NULL)
    return json_node_new (JSON_NODE_NULL);
  history = json_array_new ();
  json_array_add_string_element (history, mask.op->name);
  json_array_add_int_element (history, 0);
  json_array_add_int_element (history, 0);
  return wrap_tensor (&mask.op->spec.shape, strata_dtype_get_name (mask.op->spec.dtype), history);
}

/* What Keras finds by itself and adds to the arguments of a call. */
static void
add_recorded (StrataFunctional *model,
              const StrataSite *site,
              JsonObject       *arguments)
{
  StrataMaskGraph *masks = strata_functional_get_network (model)->masks;

  if (strata_site_records_call (site) &&
      strata_config_is_untrained (strata_object_get_class_name (STRATA_OBJECT (site->layer))))
    json_object_set_boolean_member (arguments, "training", FALSE);
  if (!strata_site_records_mask (site))
    return;
  if (site->inputs->len == 1)
    json_object_set_member (arguments, "mask", write_mask (model, strata_mask_graph_get_recorded (masks, site, 0)));
  else
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; i < site->inputs->len; i++)
        json_array_add_element (list, write_mask (model, strata_mask_graph_get_recorded (masks, site, i)));
      json_object_set_array_member (arguments, "mask", list);
    }
}

static JsonObject *
write_mask_op (StrataFunctional   *model,
               const StrataMaskOp *op)
{
  JsonObject *object = json_object_new (), *config = json_object_new (), *call = json_object_new ();
  JsonArray *args = json_array_new (), *operands = op->takes_list ? json_array_new () : args;
  JsonArray *calls = json_array_new ();
  g_autoptr (GList) members = json_object_get_members (op->config);

  json_object_set_string_member (config, "name", op->name);
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (config, l->data, json_node_copy (json_object_get_member (op->config, l->data)));
  for (guint i = 0; i < op->operands->len; i++)
    json_array_add_element (operands, write_mask (model, g_array_index (op->operands, StrataMask, i)));
  if (op->takes_list)
    json_array_add_array_element (args, operands);
  if (op->constant != NULL)
    json_array_add_element (args, json_node_copy (op->constant));
  json_object_set_array_member (call, "args", args);
  json_object_set_object_member (call, "kwargs", json_object_new ());
  json_array_add_object_element (calls, call);
  json_object_set_string_member (object, "module",
                                 strata_operation_get_module (strata_operation_find (op->class_name)));
  json_object_set_string_member (object, "class_name", op->class_name);
  json_object_set_object_member (object, "config", config);
  json_object_set_string_member (object, "registered_name", op->class_name);
  json_object_set_string_member (object, "name", op->name);
  json_object_set_array_member (object, "inbound_nodes", calls);
  return object;
}

static JsonObject *
write_call (StrataFunctional *model,
            const StrataSite *site)
{
  JsonObject *object = json_object_new (), *named;
  g_autoptr (JsonNode) given = strata_json_wrap (site->arguments != NULL ? json_object_ref (site->arguments)
                                                                         : json_object_new ());
  JsonNode *kwargs = write_argument (model, site, given);

  if (site->args != NULL)
    json_object_set_member (object, "args", write_argument (model, site, site->args));
  else
    json_object_set_array_member (object, "args", write_positional (model, site));
  named = json_node_get_object (kwargs);
  add_recorded (model, site, named);
  json_object_set_member (object, "kwargs", kwargs);
  return object;
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const StrataSite *x = *(const StrataSite *const *) a, *y = *(const StrataSite *const *) b;

  return x->index < y->index ? -1 : x->index > y->index;
}

static JsonArray *
write_calls (StrataFunctional *model,
             StrataLayer      *layer)
{
  const GPtrArray *sites = strata_functional_get_sites (model);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  JsonArray *nodes = json_array_new ();

  for (guint i = 0; i < sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (sites, i);

      if (site->layer == layer && site->inputs->len > 0)
        g_ptr_array_add (calls, site);
    }
  g_ptr_array_sort (calls, compare_calls);
  for (guint i = 0; i < calls->len; i++)
    json_array_add_object_element (nodes, write_call (model, g_ptr_array_index (calls, i)));
  return nodes;
}

/* Here, unlike in the history of tensors, Keras counts the calls of models from 1: the first is the model itself. */
static JsonArray *
write_port (StrataFunctional *model,
            gboolean          outputs,
            guint             i)
{
  StrataSymbol *symbol = outputs ? strata_functional_get_output (model, i) : strata_functional_get_input (model, i);

  return write_history (model, symbol, STRATA_IS_FUNCTIONAL (symbol->layer) ? 1 : 0);
}

/* Tensors in the arrangement that the model came with. */
static JsonNode *
write_arranged (StrataFunctional *model,
                gboolean          outputs,
                JsonNode         *structure,
                guint            *next)
{
  JsonNode *node = json_node_new (JSON_NODE_HOLDS_OBJECT (structure) ? JSON_NODE_OBJECT : JSON_NODE_ARRAY);

  if (JSON_NODE_HOLDS_OBJECT (structure))
    {
      JsonObject *given = json_node_get_object (structure), *object = json_object_new ();
      g_autoptr (GList) names = g_list_sort (json_object_get_members (given), (GCompareFunc) strcmp);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (object, l->data,
                                write_arranged (model, outputs, json_object_get_member (given, l->data), next));
      json_node_take_object (node, object);
    }
  else if (strata_json_element_string (json_node_get_array (structure), 0) != NULL)
    json_node_take_array (node, write_port (model, outputs, (*next)++));
  else
    {
      JsonArray *given = json_node_get_array (structure), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (given); i++)
        json_array_add_element (array, write_arranged (model, outputs, json_array_get_element (given, i), next));
      json_node_take_array (node, array);
    }
  return node;
}

static void
write_ports (StrataFunctional *model,
             JsonObject       *config,
             const char       *name,
             gboolean          outputs,
             guint             n)
{
  JsonNode *structure = strata_functional_get_structure (model, outputs);
  JsonArray *ports;
  guint next = 0;

  if (structure != NULL)
    {
      json_object_set_member (config, name, write_arranged (model, outputs, structure, &next));
      return;
    }
  if (n == 1)
    {
      json_object_set_array_member (config, name, write_port (model, outputs, 0));
      return;
    }
  ports = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_array_element (ports, write_port (model, outputs, i));
  json_object_set_array_member (config, name, ports);
}

/**
 * strata_config_write_functional: (skip)
 * @config: gets the layers, how they are called, and the inputs and outputs
 */
void
strata_config_write_functional (StrataFunctional *model,
                                JsonObject       *config)
{
  const GArray *items = strata_functional_get_network (model)->items;
  JsonArray *layers = json_array_new ();

  json_object_set_array_member (config, "layers", layers);
  for (guint i = 0; i < items->len; i++)
    {
      const StrataNetworkItem *item = &g_array_index (items, StrataNetworkItem, i);
      JsonObject *object = item->mask != NULL ? write_mask_op (model, item->mask)
                                              : strata_config_write_layer (item->layer);

      if (item->mask == NULL)
        {
          json_object_set_string_member (object, "name", strata_layer_get_name (item->layer));
          json_object_set_array_member (object, "inbound_nodes", write_calls (model, item->layer));
        }
      json_array_add_object_element (layers, object);
    }
  write_ports (model, config, "input_layers", FALSE, strata_model_get_n_inputs (STRATA_MODEL (model)));
  write_ports (model, config, "output_layers", TRUE, strata_model_get_n_outputs (STRATA_MODEL (model)));
}
