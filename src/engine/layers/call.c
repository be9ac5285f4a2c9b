/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include "base/json.h"
#include "layers/arrays.h"
#include "layers/operator.h"
#include "layers/precision.h"

/**
 * strata_call_return:
 * @value: an output of the layer
 *
 * For a layer's `call`: adds an output.
 */
void
strata_call_return (StrataCall  *call,
                    StrataValue *value)
{
  g_return_if_fail (call->n_outputs < STRATA_MAX_RESULTS);

  call->outputs[call->n_outputs++] = value;
}

static StrataValue *
find_tensor (const StrataCall *call,
             JsonNode         *node)
{
  gint64 index;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "$"))
    return NULL;
  index = strata_json_get_int (json_node_get_object (node), "$", -1);
  return index >= 0 && index < call->n_inputs ? call->inputs[index] : NULL;
}

/**
 * strata_call_get_tensor: (skip)
 * @argument: a parameter of Keras's `call`
 *
 * Returns: (transfer none) (nullable): the tensor that was given for @argument
 */
StrataValue *
strata_call_get_tensor (const StrataCall *call,
                        const char       *argument)
{
  return call->arguments != NULL ? find_tensor (call, json_object_get_member (call->arguments, argument)) : NULL;
}

/**
 * strata_call_get_tensors: (skip)
 * @argument: a parameter of Keras's `call` that takes a tensor or a list of them
 * @tensors: (out): room for @most tensors
 * @most: how many at most
 *
 * Returns: how many tensors were given for @argument
 */
guint
strata_call_get_tensors (const StrataCall  *call,
                         const char        *argument,
                         StrataValue      **tensors,
                         guint              most)
{
  JsonNode *node = call->arguments != NULL ? json_object_get_member (call->arguments, argument) : NULL;
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = 0;

  if (list == NULL)
    {
      tensors[0] = find_tensor (call, node);
      return tensors[0] != NULL;
    }
  for (guint i = 0; i < json_array_get_length (list) && n < most; i++)
    {
      tensors[n] = find_tensor (call, json_array_get_element (list, i));
      n += tensors[n] != NULL;
    }
  return n;
}

/**
 * strata_call_get_mask: (skip)
 *
 * Returns: (transfer none) (nullable): what counts of input @i
 */
StrataValue *
strata_call_get_mask (const StrataCall *call,
                      guint             i)
{
  return call->masks != NULL && i < call->n_inputs ? call->masks[i] : NULL;
}

static void
fail_with (StrataBuilder *b,
           GError        *error)
{
  strata_builder_fail (b, error->domain == STRATA_ERROR ? error->code : STRATA_ERROR_VALUE, "%s", error->message);
}

/* Whether an argument is input @i, or a list that it is among. */
static gboolean
is_among (JsonNode *argument,
          guint     i)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (argument) ? json_node_get_array (argument) : NULL;

  for (guint k = 0; list != NULL && k < json_array_get_length (list); k++)
    if (is_among (json_array_get_element (list, k), i))
      return TRUE;
  return JSON_NODE_HOLDS_OBJECT (argument) && strata_json_get_int (json_node_get_object (argument), "$", -1) == i;
}

/**
 * strata_call_is_mask: (skip)
 *
 * Returns: whether input @i is given as a mask: weights do not depend on those
 */
gboolean
strata_call_is_mask (const StrataCall *call,
                     guint             i)
{
  g_autoptr (GList) names = call->arguments != NULL ? json_object_get_members (call->arguments) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_has_suffix (l->data, "mask") &&
        is_among (json_object_get_member (call->arguments, l->data), i))
      return TRUE;
  return FALSE;
}

/**
 * strata_call_is_named: (skip)
 *
 * Returns: whether input @i is an argument that is given by name
 */
gboolean
strata_call_is_named (const StrataCall *call,
                      guint             i)
{
  g_autoptr (GList) values = call->arguments != NULL ? json_object_get_values (call->arguments) : NULL;

  for (GList *l = values; l != NULL; l = l->next)
    if (is_among (l->data, i))
      return TRUE;
  return FALSE;
}

static gboolean
build_for (StrataLayer   *self,
           StrataBuilder *b,
           StrataCall    *call)
{
  g_autofree StrataSpec *specs = g_new (StrataSpec, MAX (call->n_inputs, 1));
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < call->n_inputs; i++)
    if (!strata_call_is_mask (call, i))
      specs[n++] = (StrataSpec){ call->inputs[i]->dtype, call->inputs[i]->shape };
  if (n == 0 && !(STRATA_LAYER_GET_CLASS (self)->flags & STRATA_LAYER_BEGINS))
    {
      strata_builder_fail (b, STRATA_ERROR_VALUE, "it is called on nothing, but needs an input");
      return FALSE;
    }
  if (strata_layer_build (self, specs, n, &error))
    return TRUE;
  fail_with (b, error);
  return FALSE;
}

/* Masks that are given as an argument count, not those that come with the inputs. */
static StrataValue **
dup_given_masks (const StrataCall *call)
{
  JsonNode *argument = call->arguments != NULL ? json_object_get_member (call->arguments, "mask") : NULL;
  JsonArray *list = argument != NULL && JSON_NODE_HOLDS_ARRAY (argument) ? json_node_get_array (argument) : NULL;
  StrataValue **masks;
  guint n = 0;

  if (argument == NULL || call->n_inputs == 0)
    return NULL;
  masks = g_new0 (StrataValue *, call->n_inputs);
  /* In a list, what has no mask is null. */
  for (guint i = 0; i < call->n_inputs; i++)
    {
      JsonNode *node = list == NULL ? (i == 0 ? argument : NULL)
                       : i < json_array_get_length (list) ? json_array_get_element (list, i) : NULL;

      masks[i] = find_tensor (call, node);
      n += masks[i] != NULL;
    }
  for (guint i = 0; i < call->n_inputs && n == 0; i++)
    masks[i] = call->masks != NULL ? call->masks[i] : NULL;
  return masks;
}

static void
pass_mask (StrataLayer *self,
           StrataCall  *call)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);

  if (!(klass->flags & STRATA_LAYER_PASSES_MASK) || call->masks == NULL || call->n_inputs == 0)
    return;
  for (guint i = 0; i < call->n_outputs; i++)
    if (call->output_masks[i] == NULL)
      call->output_masks[i] = call->masks[0];
}

static void
call_on_tensors (StrataLayer   *self,
                 StrataBuilder *b,
                 StrataCall    *call)
{
  g_autofree StrataValue **given = dup_given_masks (call);
  StrataValue *const *masks = call->masks;

  if (given != NULL)
    call->masks = given;
  if (build_for (self, b, call))
    strata_call_in_precision (self, b, call);
  if (!strata_builder_has_failed (b))
    pass_mask (self, call);
  call->masks = masks;
}

static void
dispatch (StrataLayer   *self,
          StrataBuilder *b,
          StrataCall    *call)
{
  /* Operators have their own arguments. */
  if (!STRATA_IS_OPERATOR (self) && strata_call_has_arrays (call))
    strata_call_with_arrays (b, call, call_on_tensors, self);
  else
    call_on_tensors (self, b, call);
}

/* Far beyond what can be computed, sizes that are multiplied would overflow. */
static void
check_size (StrataBuilder     *b,
            const StrataShape *shape)
{
  double size = 1;
  g_autofree char *text = NULL;

  for (int i = 0; i < shape->rank; i++)
    size *= MAX (shape->dims[i], 1);
  if (size <= STRATA_MOST_NUMBERS || strata_builder_has_failed (b))
    return;
  text = strata_shape_to_string (shape);
  strata_builder_fail (b, STRATA_ERROR_SHAPE, "an array of shape %s is more than can be computed", text);
}

/**
 * strata_layer_call: (skip)
 * @b: where its ops go
 * @call: inputs and options; outputs are filled in
 *
 * Calls the layer, building it first where needed.
 * Returns: whether the builder is free of errors
 */
gboolean
strata_layer_call (StrataLayer   *self,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  g_autofree char *scope = NULL;

  if (strata_builder_has_failed (b))
    return FALSE;

  scope = g_strdup_printf ("%s (%s)", strata_layer_get_name (self),
                           strata_object_get_class_name (STRATA_OBJECT (self)));
  strata_builder_push_scope (b, scope);
  call->n_outputs = 0;
  for (guint i = 0; i < call->n_inputs; i++)
    check_size (b, &call->inputs[i]->shape);
  if (!strata_builder_has_failed (b))
    dispatch (self, b, call);
  for (guint i = 0; i < call->n_outputs && !strata_builder_has_failed (b); i++)
    check_size (b, &call->outputs[i]->shape);
  strata_builder_pop_scope (b);
  return !strata_builder_has_failed (b);
}

/**
 * strata_layer_call_on: (skip)
 *
 * Calls a layer of one input and one output.
 * Returns: (transfer none): its output; of no use where the builder has failed
 */
StrataValue *
strata_layer_call_on (StrataLayer   *self,
                      StrataBuilder *b,
                      StrataValue   *x,
                      gboolean       training)
{
  StrataCall call = { .inputs = &x, .n_inputs = 1, .training = training };

  return strata_layer_call (self, b, &call) ? call.outputs[0] : strata_builder_nothing (b);
}

/**
 * strata_layer_infer: (skip)
 * @inputs: types and shapes, with unknowns
 * @n_inputs: how many
 * @outputs: (out): room for %STRATA_MAX_RESULTS
 * @n_outputs: (out): how many
 *
 * Works out what a call would return, building the layer where needed.
 */
gboolean
strata_layer_infer (StrataLayer       *self,
                    const StrataSpec  *inputs,
                    guint              n_inputs,
                    StrataSpec        *outputs,
                    guint             *n_outputs,
                    GError           **error)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_declaring ();
  g_autofree StrataValue **values = g_new (StrataValue *, MAX (n_inputs, 1));
  StrataCall call = { .inputs = values, .n_inputs = n_inputs };

  for (guint i = 0; i < n_inputs; i++)
    values[i] = strata_builder_input (b, "input", inputs[i].dtype, &inputs[i].shape);
  strata_layer_call (self, b, &call);
  if (!strata_builder_take_error (b, error))
    return FALSE;
  for (guint i = 0; i < call.n_outputs; i++)
    outputs[i] = (StrataSpec){ call.outputs[i]->dtype, call.outputs[i]->shape };
  *n_outputs = call.n_outputs;
  return TRUE;
}
