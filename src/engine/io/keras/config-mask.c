/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/config-mask.h"

/* Keras writes the masks that layers hand on into functional models: as operators that compute them, and as arguments
 * of the layers that heed them. Layers here hand on masks by themselves, so both are left out where they say no
 * more. */

#define MAX_OPERATORS 1000

static const char *const operators[] = { "All", "Any", "Concatenate", "ConvertToTensor", "ExpandDims",
                                         "LogicalOr", "NotEqual",
                                         "OnesLike", "ZerosLike", NULL };

/**
 * strata_config_may_be_mask: (skip)
 * @object: a layer as Keras writes it
 *
 * Returns: whether it is an operator that masks are computed with
 */
gboolean
strata_config_may_be_mask (JsonObject *object)
{
  const char *class_name = strata_json_get_string (object, "class_name", "");
  const char *module = strata_json_get_string (object, "module", NULL);
  JsonObject *config = strata_json_get_object (object, "config");

  if (!g_strv_contains (operators, class_name))
    return FALSE;
  return module != NULL ? g_str_has_prefix (module, "keras.src.ops.")
                        : config != NULL && !json_object_has_member (config, "trainable");
}

static JsonArray *
get_history (JsonNode *node)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;

  if (config == NULL || g_strcmp0 (strata_json_get_string (object, "class_name", NULL), "__keras_tensor__") != 0)
    return NULL;
  return strata_json_get_array (config, "keras_history");
}

static StrataConfigEntry *
find_entry (StrataConfigGraph *graph,
            JsonArray         *history)
{
  const char *name = history != NULL ? strata_json_element_string (history, 0) : NULL;
  gpointer number;

  if (name == NULL || !g_hash_table_lookup_extended (graph->names, name, NULL, &number))
    return NULL;
  return &g_array_index (graph->entries, StrataConfigEntry, GPOINTER_TO_UINT (number));
}

static JsonArray *
get_args (JsonArray *calls,
          guint      i)
{
  JsonObject *call = calls != NULL ? strata_json_element_object (calls, i) : NULL;

  return call != NULL ? strata_json_get_array (call, "args") : NULL;
}

static gboolean
same_tensor (JsonArray *a,
             JsonArray *b)
{
  if (a == NULL || b == NULL || json_array_get_length (a) != 3 || json_array_get_length (b) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!json_node_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

/* Whether a layer finds by itself which numbers of @tensor are not @value. */
static gboolean
makes_mask (StrataConfigEntry *entry,
            JsonArray         *tensor,
            double             value)
{
  JsonObject *config = strata_json_get_object (entry->object, "config");
  const char *class_name = strata_json_get_string (entry->object, "class_name", "");

  if (config == NULL)
    return FALSE;
  if (g_str_equal (class_name, "Embedding") ? !strata_json_get_bool (config, "mask_zero", FALSE) || value != 0
                                            : !g_str_equal (class_name, "Masking") ||
                                            strata_json_get_double (config, "mask_value", 0) != value)
    return FALSE;
  for (guint i = 0; i < entry->n_calls; i++)
    {
      JsonArray *args = get_args (entry->calls, i);

      if (args != NULL && json_array_get_length (args) > 0 &&
          same_tensor (get_history (json_array_get_element (args, 0)), tensor))
        return TRUE;
    }
  return FALSE;
}

static gboolean
some_layer_makes (StrataConfigGraph *graph,
                  JsonArray         *args)
{
  JsonArray *tensor = json_array_get_length (args) == 2 ? get_history (json_array_get_element (args, 0)) : NULL;
  JsonNode *value = tensor != NULL ? json_array_get_element (args, 1) : NULL;

  if (!strata_json_is_number (value))
    return FALSE;
  for (guint i = 0; i < graph->entries->len; i++)
    if (makes_mask (&g_array_index (graph->entries, StrataConfigEntry, i), tensor, json_node_get_double (value)))
      return TRUE;
  return FALSE;
}

static gboolean
follow (StrataConfigGraph *graph,
        JsonNode          *node,
        guint             *budget)
{
  StrataConfigEntry *entry;
  JsonArray *history, *args;
  const char *class_name;

  if (*budget == 0)
    return FALSE;
  (*budget)--;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      /* One a tensor of the call, null where it has none. */
      for (guint i = 0; i < json_array_get_length (list); i++)
        if (!JSON_NODE_HOLDS_NULL (json_array_get_element (list, i)) &&
            !follow (graph, json_array_get_element (list, i), budget))
          return FALSE;
      return TRUE;
    }
  history = get_history (node);
  entry = find_entry (graph, history);
  args = entry != NULL ? get_args (entry->calls, json_array_get_int_element (history, 1)) : NULL;
  if (args == NULL || !strata_config_may_be_mask (entry->object))
    return FALSE;
  class_name = strata_json_get_string (entry->object, "class_name", "");
  if (g_str_equal (class_name, "NotEqual"))
    return some_layer_makes (graph, args);
  if (g_str_equal (class_name, "OnesLike") || g_str_equal (class_name, "ZerosLike"))
    return TRUE;
  for (guint i = 0; i < json_array_get_length (args); i++)
    if (!follow (graph, json_array_get_element (args, i), budget))
      return FALSE;
  return TRUE;
}

/* Whether tensors have masks that came with them. */
static gboolean
is_masked (StrataConfigGraph *graph,
           JsonNode          *node)
{
  JsonArray *history = get_history (node);
  StrataConfigEntry *entry = find_entry (graph, history);
  gint64 call, index;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        if (is_masked (graph, json_array_get_element (list, i)))
          return TRUE;
      return FALSE;
    }
  if (entry == NULL || json_array_get_length (history) != 3)
    return FALSE;
  call = json_array_get_int_element (history, 1) - entry->base;
  index = json_array_get_int_element (history, 2);
  return call >= 0 && call < entry->sites->len && index >= 0 && index < STRATA_MAX_RESULTS &&
         strata_site_has_mask (g_ptr_array_index (entry->sites, call), index);
}

/**
 * strata_config_mask_is_automatic: (skip)
 * @args: positional arguments of a call, whose layers are connected
 * @argument: the name of another argument
 * @mask: what is given for it
 *
 * Returns: whether @mask is what the tensors of the call bring with them
 */
gboolean
strata_config_mask_is_automatic (StrataConfigGraph *graph,
                                 JsonArray         *args,
                                 const char        *argument,
                                 JsonNode          *mask)
{
  guint budget = MAX_OPERATORS;

  if (!g_str_has_suffix (argument, "mask") || g_str_equal (argument, "attention_mask") ||
      (get_history (mask) == NULL && !JSON_NODE_HOLDS_ARRAY (mask)))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (args); i++)
    if (is_masked (graph, json_array_get_element (args, i)))
      return follow (graph, mask, &budget);
  return FALSE;
}

/* Keras 3's operations take tensors as arguments, or a list of them. */
static JsonArray *
get_operands (StrataConfigEntry *entry)
{
  JsonArray *args = get_args (entry->calls, 0), *list = args != NULL ? strata_json_element_array (args, 0) : NULL;

  return list != NULL ? list : args;
}

static void
name_op (StrataConfigGraph *graph,
         GHashTable        *names,
         StrataMaskOp      *op,
         JsonNode          *node)
{
  JsonArray *history = get_history (node), *operands;
  StrataConfigEntry *entry = find_entry (graph, history);

  if (entry == NULL || g_hash_table_contains (names, op) ||
      !g_str_equal (op->class_name, strata_json_get_string (entry->object, "class_name", "")))
    return;
  g_hash_table_insert (names, op, (gpointer) json_array_get_string_element (history, 0));
  operands = get_operands (entry);
  for (guint i = 0; operands != NULL && i < op->operands->len && i < json_array_get_length (operands); i++)
    if (g_array_index (op->operands, StrataMask, i).op != NULL)
      name_op (graph, names, g_array_index (op->operands, StrataMask, i).op, json_array_get_element (operands, i));
}

static void
name_masks_of (StrataConfigGraph *graph,
               StrataFunctional  *model,
               GHashTable        *names,
               StrataSite        *site,
               JsonNode          *node)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; i < site->inputs->len && i < (list != NULL ? json_array_get_length (list) : 1); i++)
    {
      StrataMask mask = strata_mask_graph_get_recorded (strata_functional_get_network (model)->masks, site, i);

      if (mask.op != NULL)
        name_op (graph, names, mask.op, list != NULL ? json_array_get_element (list, i) : node);
    }
}

/**
 * strata_config_mask_name: (skip)
 * @model: the model that was made of the graph
 *
 * Calls the operations that compute masks what the file calls them.
 */
void
strata_config_mask_name (StrataConfigGraph *graph,
                         StrataFunctional  *model)
{
  StrataNetwork *network = strata_functional_get_network (model);
  GPtrArray *ops = strata_mask_graph_get_ops (network->masks);
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < graph->entries->len; i++)
    {
      StrataConfigEntry *entry = &g_array_index (graph->entries, StrataConfigEntry, i);

      for (guint k = 0; k < entry->masks->len; k++)
        if (g_ptr_array_index (entry->masks, k) != NULL)
          name_masks_of (graph, model, names, g_ptr_array_index (entry->sites, k), g_ptr_array_index (entry->masks, k));
    }
  for (guint i = 0; i < ops->len; i++)
    strata_mask_op_set_name (g_ptr_array_index (ops, i), g_hash_table_lookup (names, g_ptr_array_index (ops, i)));
  strata_network_name_masks (network);
}
