/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/arrays.h"

#include "base/json.h"
#include "layers/json-numbers.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

/**
 * strata_array_get_numbers: (skip)
 * @node: an argument of a call, perhaps an array: `{"class_name": "__numpy__", "config": {"value": [...], "dtype":
 *   ...}}`, or `__tensor__`
 * @dtype: (out): its type
 *
 * Returns: (transfer none) (nullable): the numbers of an array, in lists; %NULL where @node is something else
 */
JsonNode *
strata_array_get_numbers (JsonNode    *node,
                          StrataDType *dtype)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *class_name = object != NULL ? strata_json_get_string (object, "class_name", "") : "";
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;

  *dtype = STRATA_FLOAT32;
  if (config == NULL || (!g_str_equal (class_name, "__numpy__") && !g_str_equal (class_name, "__tensor__")))
    return NULL;
  strata_dtype_from_name (strata_json_get_string (config, "dtype", "float32"), dtype, NULL);
  return json_object_get_member (config, "value");
}

/**
 * strata_array_is_among: (skip)
 *
 * Returns: whether an argument is an array, or a list or dict that has one in it
 */
gboolean
strata_array_is_among (JsonNode *node)
{
  StrataDType dtype;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        if (strata_array_is_among (json_array_get_element (list, i)))
          return TRUE;
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = NULL;

      if (strata_array_get_numbers (node, &dtype) != NULL)
        return TRUE;
      members = json_object_get_values (json_node_get_object (node));
      for (GList *l = members; l != NULL; l = l->next)
        if (strata_array_is_among (l->data))
          return TRUE;
    }
  return FALSE;
}

/**
 * strata_array_emit: (skip)
 * @node: an array, a number, or lists of numbers
 *
 * Returns: (transfer none) (nullable): a constant, or %NULL where @node is something else
 */
StrataValue *
strata_array_emit (StrataBuilder *b,
                   JsonNode      *node)
{
  StrataDType dtype;
  JsonNode *numbers = strata_array_get_numbers (node, &dtype);
  g_autoptr (StrataTensor) floats = NULL;
  StrataValue *constant;

  if (numbers == NULL)
    numbers = node;
  if (JSON_NODE_HOLDS_OBJECT (numbers))
    return NULL;
  floats = strata_json_to_floats (numbers);
  if (floats == NULL)
    return NULL;
  constant = strata_builder_constant (b, g_steal_pointer (&floats));
  return dtype == STRATA_STRING ? constant : strata_cast (b, constant, dtype);
}

/**
 * strata_call_has_arrays: (skip)
 *
 * Returns: whether arrays of numbers are among the arguments
 */
gboolean
strata_call_has_arrays (const StrataCall *call)
{
  g_autoptr (GList) values = call->arguments != NULL ? json_object_get_values (call->arguments) : NULL;

  for (GList *l = values; l != NULL; l = l->next)
    if (strata_array_is_among (l->data))
      return TRUE;
  return call->args != NULL && strata_array_is_among (call->args);
}

/* Arguments with their arrays among the tensors. */
typedef struct
{
  StrataBuilder *b;
  const StrataCall *call;
  GPtrArray *inputs; /* StrataValue: tensors and arrays, in order */
  GPtrArray *masks;  /* of each, or NULL */
  GArray *sources;   /* for each, which of the call's inputs it is, or -1 for an array */
  gboolean as_mask;  /* whether what is gathered is a mask, which may be one for all samples */
} Gathering;

static JsonNode *
gather_input (Gathering   *self,
              StrataValue *value,
              StrataValue *mask,
              int          source)
{
  JsonObject *reference = json_object_new ();

  json_object_set_int_member (reference, "$", self->inputs->len);
  g_ptr_array_add (self->inputs, value);
  g_ptr_array_add (self->masks, mask);
  g_array_append_val (self->sources, source);
  return strata_json_wrap (reference);
}

static JsonNode *gather (Gathering *self, JsonNode *node);

static JsonNode *
gather_members (Gathering  *self,
                JsonObject *source)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (source), (GCompareFunc) strcmp);
  JsonObject *object = json_object_new ();

  for (GList *l = names; l != NULL; l = l->next)
    {
      self->as_mask = g_str_equal (l->data, "mask");
      json_object_set_member (object, l->data, gather (self, json_object_get_member (source, l->data)));
    }
  self->as_mask = FALSE;
  return strata_json_wrap (object);
}

/* Returns: the argument, with new references to tensors and arrays */
static JsonNode *
gather (Gathering *self,
        JsonNode  *node)
{
  StrataDType dtype;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *source = json_node_get_array (node), *list = json_array_new ();
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (list, gather (self, json_array_get_element (source, i)));
      json_node_take_array (copy, list);
      return copy;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);
  if (strata_array_get_numbers (node, &dtype) != NULL)
    {
      StrataValue *array = strata_array_emit (self->b, node);

      if (array != NULL && self->as_mask && array->shape.rank > 1 && self->call->n_inputs > 0)
        array = strata_repeat_batch (self->b, array, self->call->inputs[0]->shape.dims[0]);
      if (array != NULL)
        return gather_input (self, array, NULL, -1);
      strata_builder_fail (self->b, STRATA_ERROR_VALUE, "it is called on an array that is not made of numbers");
      return json_node_new (JSON_NODE_NULL);
    }
  if (json_object_has_member (json_node_get_object (node), "$"))
    {
      gint64 i = strata_json_get_int (json_node_get_object (node), "$", -1);

      if (i >= 0 && i < self->call->n_inputs)
        return gather_input (self, self->call->inputs[i], self->call->masks != NULL ? self->call->masks[i] : NULL, i);
    }
  return gather_members (self, json_node_get_object (node));
}

/* Where the positional arguments are the usual ones, they are all tensors that no argument by name is. */
static void
gather_positional (Gathering *self)
{
  const StrataCall *call = self->call;

  if (call->args != NULL)
    {
      json_node_unref (gather (self, call->args));
      return;
    }
  for (guint i = 0; i < call->n_inputs; i++)
    if (!strata_call_is_named (call, i))
      json_node_unref (gather_input (self, call->inputs[i], call->masks != NULL ? call->masks[i] : NULL, i));
}

/**
 * strata_call_with_arrays: (skip)
 * @call: a call with arrays among its arguments; outputs are filled in
 * @run: calls the layer on tensors
 *
 * Calls a layer that knows nothing of arrays: they become inputs like all others.
 */
void
strata_call_with_arrays (StrataBuilder *b,
                         StrataCall    *call,
                         void         (*run) (StrataLayer *self, StrataBuilder *b, StrataCall *call),
                         StrataLayer   *layer)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new (), masks = g_ptr_array_new ();
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (int));
  Gathering gathering = { b, call, inputs, masks, sources, FALSE };
  g_autoptr (JsonNode) arguments = NULL;
  StrataCall whole = *call;

  gather_positional (&gathering);
  if (call->arguments != NULL)
    arguments = gather_members (&gathering, call->arguments);
  if (strata_builder_has_failed (b))
    return;
  whole.inputs = (StrataValue *const *) inputs->pdata;
  whole.masks = (StrataValue *const *) masks->pdata;
  whole.n_inputs = inputs->len;
  whole.arguments = arguments != NULL ? json_node_get_object (arguments) : NULL;
  whole.args = NULL;
  whole.spent = 0;
  run (layer, b, &whole);

  call->n_outputs = whole.n_outputs;
  call->announces_float = whole.announces_float;
  memcpy (call->outputs, whole.outputs, sizeof call->outputs);
  memcpy (call->output_masks, whole.output_masks, sizeof call->output_masks);
  for (guint i = 0; i < MIN (inputs->len, 64); i++)
    if ((whole.spent >> i & 1) && g_array_index (sources, int, i) >= 0)
      call->spent |= G_GUINT64_CONSTANT (1) << g_array_index (sources, int, i);
}
