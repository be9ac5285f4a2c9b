/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/config-call.h"

#include <inttypes.h>
#include <string.h>

#include "io/keras/config-mask.h"
#include "io/keras/config-private.h"
#include "layers/operator.h"
#include "models/functional.h"

void
strata_config_call_clear (StrataConfigCall *self)
{
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->arguments, json_object_unref);
  g_clear_pointer (&self->args, json_node_unref);
  g_clear_pointer (&self->mask, json_node_unref);
}

/* Whether a list is Keras's name of a tensor: layer, call, output, and in Keras 2 arguments. */
static gboolean
is_reference (StrataConfigGraph *graph,
              JsonArray         *array)
{
  guint n = json_array_get_length (array);
  const char *name = strata_json_element_string (array, 0);

  return (n == 3 || n == 4) && name != NULL && strata_json_is_number (json_array_get_element (array, 1)) &&
         strata_json_is_number (json_array_get_element (array, 2)) && g_hash_table_contains (graph->names, name);
}

/**
 * strata_config_graph_find: (skip)
 * @reference: the name of a tensor: layer, call, output
 * @port: whether it is an input or output of the model, where Keras 3 counts the calls of models from 1
 * @awaited: (out): the layer whose call is not made yet
 *
 * Returns: (transfer full): the tensor; %NULL with @awaited or @error set
 */
StrataSymbol *
strata_config_graph_find (StrataConfigGraph  *self,
                          JsonNode           *reference,
                          gboolean            port,
                          int                *awaited,
                          GError            **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (reference) ? json_node_get_array (reference) : NULL;
  StrataConfigEntry *entry;
  gint64 call, index;
  guint number;

  if (array == NULL || !is_reference (self, array))
    {
      const char *name = array != NULL ? strata_json_element_string (array, 0) : NULL;

      strata_set_error (error, STRATA_ERROR_FORMAT, "There is no layer “%.200s”, which another refers to",
                        name != NULL ? name : "?");
      return NULL;
    }
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, strata_json_element_string (array, 0)));
  entry = &g_array_index (self->entries, StrataConfigEntry, number);
  call = json_node_get_int (json_array_get_element (array, 1)) - entry->base;
  index = json_node_get_int (json_array_get_element (array, 2));
  if (port && entry->base == 0 && call > 0 &&
      (STRATA_IS_FUNCTIONAL (entry->layer) || (STRATA_IS_MODEL (entry->layer) && call == entry->n_calls)))
    call--;
  if (call < 0 || call >= entry->n_calls)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "The layer “%.200s” is not called as often as another needs it",
                        strata_layer_get_name (entry->layer));
      return NULL;
    }
  if (entry->layer == NULL)
    {
      g_propagate_error (error, g_error_copy (entry->problem));
      return NULL;
    }
  if (call >= entry->sites->len)
    {
      *awaited = number;
      return NULL;
    }
  if (index < 0 || index >= ((StrataSite *) g_ptr_array_index (entry->sites, call))->n_outputs)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "The layer “%.200s” has no output %" PRId64,
                        strata_layer_get_name (entry->layer), index);
      return NULL;
    }
  return strata_site_get_output (g_ptr_array_index (entry->sites, call), index);
}

/* Puts the tensor's number in the place of its name. */
static JsonNode *
take_tensor (StrataConfigCall   *self,
             StrataConfigGraph  *graph,
             JsonNode           *reference,
             int                *awaited,
             GError            **error)
{
  StrataSymbol *symbol = strata_config_graph_find (graph, reference, FALSE, awaited, error);
  JsonObject *object;

  if (symbol == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "$", self->inputs->len);
  g_ptr_array_add (self->inputs, symbol);
  return strata_json_wrap (object);
}

static JsonNode *read_argument (StrataConfigCall *self, StrataConfigGraph *graph, JsonNode *node, int *awaited,
                                GError **error);

static JsonNode *
read_list (StrataConfigCall   *self,
           StrataConfigGraph  *graph,
           JsonArray          *source,
           int                *awaited,
           GError            **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result;

  for (guint i = 0; i < json_array_get_length (source); i++)
    {
      JsonNode *item = read_argument (self, graph, json_array_get_element (source, i), awaited, error);

      if (item == NULL)
        return NULL;
      json_array_add_element (array, item);
    }
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, g_steal_pointer (&array));
  return result;
}

static JsonNode *
read_members (StrataConfigCall   *self,
              StrataConfigGraph  *graph,
              JsonObject         *source,
              int                *awaited,
              GError            **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (source);

  /* Keras orders what has names by them. */
  names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *item = read_argument (self, graph, json_object_get_member (source, l->data), awaited, error);

      if (item == NULL)
        return NULL;
      json_object_set_member (object, l->data, item);
    }
  return strata_json_wrap (g_steal_pointer (&object));
}

static JsonNode *
read_argument (StrataConfigCall   *self,
               StrataConfigGraph  *graph,
               JsonNode           *node,
               int                *awaited,
               GError            **error)
{
  JsonObject *object, *config;
  const char *class_name;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return read_list (self, graph, json_node_get_array (node), awaited, error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);

  object = json_node_get_object (node);
  config = strata_json_get_object (object, "config");
  class_name = strata_json_get_string (object, "class_name", "");
  if (g_str_equal (class_name, "__lambda__"))
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "it is called with Python code, which Strata does not run");
      return NULL;
    }
  if (g_str_equal (class_name, "__numpy__") || g_str_equal (class_name, "__tensor__"))
    return json_node_copy (node);
  if (!g_str_equal (class_name, "__keras_tensor__"))
    return read_members (self, graph, object, awaited, error);
  if (config == NULL || !json_object_has_member (config, "keras_history"))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it is called on a tensor that comes from nowhere");
      return NULL;
    }
  return take_tensor (self, graph, json_object_get_member (config, "keras_history"), awaited, error);
}

static gboolean
is_tensor (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "$");
}

static gboolean
all_tensors (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!is_tensor (json_array_get_element (array, i)))
      return FALSE;
  return json_array_get_length (array) > 0;
}

/* Whether the positional arguments are those that follow from the inputs and the layer. */
static gboolean
is_usual (JsonArray   *args,
          StrataLayer *layer)
{
  gboolean list = (STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MERGES) ||
                  (STRATA_IS_MODEL (layer) && strata_model_get_n_inputs (STRATA_MODEL (layer)) > 1);

  if (!list)
    return all_tensors (args);
  return json_array_get_length (args) == 1 && strata_json_element_array (args, 0) != NULL &&
         all_tensors (strata_json_element_array (args, 0));
}

/* A layer that has no mask to heed is called with none, or with none for each tensor. */
static gboolean
is_no_mask (const char *name,
            JsonNode   *value)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  if (!g_str_equal (name, "mask") || (list == NULL && !JSON_NODE_HOLDS_NULL (value)))
    return FALSE;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!JSON_NODE_HOLDS_NULL (json_array_get_element (list, i)))
      return FALSE;
  return TRUE;
}

/* Leaves out what Keras adds by itself: masks, and that layers are not to train. */
static JsonObject *
drop_automatic (StrataConfigCall  *self,
                StrataConfigGraph *graph,
                StrataConfigEntry *entry,
                JsonArray         *args,
                JsonObject        *kwargs)
{
  JsonObject *kept = json_object_new ();
  gboolean takes_mask = (STRATA_LAYER_GET_CLASS (entry->layer)->flags & STRATA_LAYER_TAKES_MASK) != 0;
  gboolean masked = json_object_has_member (kwargs, "mask");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, kwargs);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (strata_config_mask_is_automatic (graph, args, name, value))
      {
        g_clear_pointer (&self->mask, json_node_unref);
        self->mask = json_node_copy (value);
        masked = TRUE;
      }
    else if (!is_no_mask (name, value))
      json_object_set_member (kept, name, json_node_copy (value));
  /* Where it is told whether to train, Keras adds no mask. */
  if ((masked ||
       (!takes_mask && strata_config_is_untrained (strata_object_get_class_name (STRATA_OBJECT (entry->layer))))) &&
      json_object_has_member (kept, "training") && !strata_json_get_bool (kept, "training", FALSE))
    json_object_remove_member (kept, "training");
  return kept;
}

static gboolean
read_keras3 (StrataConfigCall   *self,
             StrataConfigGraph  *graph,
             StrataConfigEntry  *entry,
             JsonObject         *node,
             int                *awaited,
             GError            **error)
{
  JsonArray *args = strata_json_get_array (node, "args");
  JsonObject *kwargs = strata_json_get_object (node, "kwargs");
  g_autoptr (JsonNode) read = NULL;

  if (args == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it is called without arguments");
      return FALSE;
    }
  read = read_list (self, graph, args, awaited, error);
  if (read == NULL)
    return FALSE;
  if (STRATA_IS_OPERATOR (entry->layer) && !strata_operator_set_args (STRATA_OPERATOR (entry->layer), read, error))
    return FALSE;
  if (!is_usual (json_node_get_array (read), entry->layer))
    self->args = g_steal_pointer (&read);
  if (kwargs != NULL && json_object_get_size (kwargs) > 0)
    {
      g_autoptr (JsonObject) needed = drop_automatic (self, graph, entry, args, kwargs);
      g_autoptr (JsonNode) named = read_members (self, graph, needed, awaited, error);

      if (named == NULL)
        return FALSE;
      if (json_object_get_size (json_node_get_object (named)) > 0)
        self->arguments = json_object_ref (json_node_get_object (named));
    }
  return TRUE;
}

/* How deep lists of numbers are nested; 0 for what is something else. */
static guint
get_depth (JsonNode *node)
{
  guint depth = 0;

  for (; JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0; depth++)
    node = json_array_get_element (json_node_get_array (node), 0);
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING ? depth : 0;
}

/* Keras 2 writes an array as lists of its numbers. */
static JsonNode *
wrap_array (JsonNode *lists)
{
  JsonObject *array = json_object_new (), *config = json_object_new ();
  JsonNode *first = lists;
  GType type;

  while (JSON_NODE_HOLDS_ARRAY (first) && json_array_get_length (json_node_get_array (first)) > 0)
    first = json_array_get_element (json_node_get_array (first), 0);
  type = JSON_NODE_HOLDS_VALUE (first) ? json_node_get_value_type (first) : G_TYPE_DOUBLE;
  json_object_set_member (config, "value", json_node_copy (lists));
  json_object_set_string_member (config, "dtype", type == G_TYPE_BOOLEAN ? "bool" : type == G_TYPE_INT64 ? "int32"
                                                                                 : "float32");
  json_object_set_string_member (array, "class_name", "__numpy__");
  json_object_set_object_member (array, "config", config);
  return strata_json_wrap (array);
}

/* Whether an element of a call's list stands for an array. */
static gboolean
is_constant (JsonArray *array)
{
  return g_strcmp0 (strata_json_element_string (array, 0), "_CONSTANT_VALUE") == 0 && json_array_get_length (array) > 2;
}

/* Keras 2 named tensors in arguments as everywhere else, by a list, and marked constants. */
static JsonNode *
read_keras2_argument (StrataConfigCall   *self,
                      StrataConfigGraph  *graph,
                      JsonNode           *node,
                      int                *awaited,
                      GError            **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (JsonArray) copy = NULL;
  JsonNode *result;

  if (array == NULL)
    return read_argument (self, graph, node, awaited, error);
  if (is_constant (array))
    return get_depth (json_array_get_element (array, 2)) > 0 ? wrap_array (json_array_get_element (array, 2))
                                                             : json_node_copy (json_array_get_element (array, 2));
  if (is_reference (graph, array))
    return take_tensor (self, graph, node, awaited, error);

  copy = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonNode *item = get_depth (element) > 0 ? wrap_array (element)
                                               : read_keras2_argument (self, graph, element, awaited, error);

      if (item == NULL)
        return NULL;
      json_array_add_element (copy, item);
    }
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, g_steal_pointer (&copy));
  return result;
}

static gboolean
read_keras2_named (StrataConfigCall   *self,
                   StrataConfigGraph  *graph,
                   JsonObject         *kwargs,
                   int                *awaited,
                   GError            **error)
{
  g_autoptr (GList) names = json_object_get_members (kwargs);

  if (names == NULL)
    return TRUE;
  self->arguments = json_object_new ();
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (kwargs, l->data);
      /* States come as a list of them, others are arrays themselves. */
      gboolean listed = g_str_equal (l->data, "initial_state") && get_depth (value) > 2;
      JsonNode *item = get_depth (value) > 0 && !listed ? wrap_array (value)
                                                        : read_keras2_argument (self, graph, value, awaited, error);

      if (item == NULL)
        return FALSE;
      json_object_set_member (self->arguments, l->data, item);
    }
  return TRUE;
}

static gboolean
read_keras2 (StrataConfigCall   *self,
             StrataConfigGraph  *graph,
             JsonArray          *node,
             int                *awaited,
             GError            **error)
{
  JsonObject *kwargs = NULL;
  gboolean single = strata_json_element_string (node, 0) != NULL;
  guint n = single ? 1 : json_array_get_length (node);
  JsonArray *args = json_array_new (), *list = json_array_new ();
  g_autoptr (JsonNode) read = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (read, args);
  json_array_add_array_element (args, list);
  for (guint i = 0; i < n; i++)
    {
      JsonArray *reference = single ? node : strata_json_element_array (node, i);
      g_autoptr (JsonNode) wrapped = json_node_new (JSON_NODE_ARRAY);
      JsonNode *item;

      if (reference == NULL)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "it is called on something that is no tensor");
          return FALSE;
        }
      json_node_set_array (wrapped, reference);
      item = is_constant (reference) ? wrap_array (json_array_get_element (reference, 2))
                                     : take_tensor (self, graph, wrapped, awaited, error);
      if (item == NULL)
        return FALSE;
      json_array_add_element (list, item);
      if (i == 0)
        kwargs = strata_json_element_object (reference, 3);
    }
  /* Only what merges can be called on arrays, too. */
  if (self->inputs->len < n)
    self->args = g_steal_pointer (&read);
  return kwargs == NULL || read_keras2_named (self, graph, kwargs, awaited, error);
}

/**
 * strata_config_call_read: (skip)
 * @entry: the layer that is called
 * @node: the call as Keras 3 (an object) or Keras 2 (a list) writes it
 * @awaited: (out): the layer that must be called first, or unchanged
 *
 * Reads one call of a layer.
 */
gboolean
strata_config_call_read (StrataConfigCall   *self,
                         StrataConfigGraph  *graph,
                         StrataConfigEntry  *entry,
                         JsonNode           *node,
                         int                *awaited,
                         GError            **error)
{
  gboolean good = FALSE;

  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  if (JSON_NODE_HOLDS_OBJECT (node))
    good = read_keras3 (self, graph, entry, json_node_get_object (node), awaited, error);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    good = read_keras2 (self, graph, json_node_get_array (node), awaited, error);
  else
    strata_set_error (error, STRATA_ERROR_FORMAT, "one of its calls is neither an object nor a list");
  return good || *awaited >= 0;
}

static void note_references (StrataConfigGraph *graph, JsonNode *node, gint64 *least);

/* Keras 3's tensors are passed over: their calls are counted from 0. */
static void
note_in_object (StrataConfigGraph *graph,
                JsonObject        *object,
                gint64            *least)
{
  JsonObject *config = strata_json_get_object (object, "config");
  g_autoptr (GList) values = NULL;

  if (g_str_equal (strata_json_get_string (object, "class_name", ""), "__keras_tensor__"))
    {
      if (config != NULL && json_object_has_member (config, STRATA_KERAS2_TENSOR) &&
          json_object_has_member (config, "keras_history"))
        note_references (graph, json_object_get_member (config, "keras_history"), least);
      return;
    }
  values = json_object_get_values (object);
  for (GList *l = values; l != NULL; l = l->next)
    note_references (graph, l->data, least);
}

/* Looks for the least number of a call by which a layer is referred to. */
static void
note_references (StrataConfigGraph *graph,
                 JsonNode          *node,
                 gint64            *least)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    note_in_object (graph, json_node_get_object (node), least);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  if (is_reference (graph, array))
    {
      guint i = GPOINTER_TO_UINT (g_hash_table_lookup (graph->names, strata_json_element_string (array, 0)));

      least[i] = MIN (least[i], json_node_get_int (json_array_get_element (array, 1)));
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    note_references (graph, json_array_get_element (array, i), least);
}

/**
 * strata_config_graph_find_bases: (skip)
 *
 * Finds from what number the file counts the calls of each model in the model:
 * Keras 2 begins at 1 where the model has an input of its own, Keras 3 at 0.
 */
void
strata_config_graph_find_bases (StrataConfigGraph *self)
{
  g_autofree gint64 *least = g_new (gint64, MAX (self->entries->len, 1));

  for (guint i = 0; i < self->entries->len; i++)
    least[i] = G_MAXINT64;
  for (guint i = 0; i < self->entries->len; i++)
    {
      JsonArray *calls = g_array_index (self->entries, StrataConfigEntry, i).calls;

      for (guint k = 0; calls != NULL && k < json_array_get_length (calls); k++)
        note_references (self, json_array_get_element (calls, k), least);
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      StrataConfigEntry *entry = &g_array_index (self->entries, StrataConfigEntry, i);

      /* In Keras 3's calls nothing was found. */
      entry->base = STRATA_IS_MODEL (entry->layer) && least[i] != G_MAXINT64 && least[i] >= 1 ? 1 : 0;
    }
}
