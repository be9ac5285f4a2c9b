/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "base/json.h"
#include "document/json.h"
#include "document/node-private.h"
#include "layers/operator.h"
#include "models/model.h"

/* Where attention takes a mask, or its first of two, behind query, value and key. */
#define MASK_INPUT 3

/* The ports where data enters a node: how many there are and can be, what they are called, and how Keras names them. */

static const char *
get_category (StrataDocNode *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self);

  return info != NULL && info->object.category != NULL ? info->object.category : "";
}

static gboolean
is_cell (StrataDocNode *self)
{
  return g_str_has_suffix (strata_doc_node_get_class_name (self), "Cell");
}

static gboolean
takes_several (StrataDocNode *self)
{
  return (STRATA_LAYER_GET_CLASS (self->layer)->flags & STRATA_LAYER_TAKES_SEVERAL) != 0;
}

/* Attention compares two things, and a cell takes a step and a state; the first states of a sequence are optional. */
static gboolean
takes_pair (StrataDocNode *self)
{
  return is_cell (self) || g_str_equal (get_category (self), "Attention");
}

static gboolean
takes_states (StrataDocNode *self)
{
  return takes_several (self) && !is_cell (self) && g_str_equal (get_category (self), "Recurrent");
}

/* Other attention takes a list, and masks only as the tensors of it bring them. */
static gboolean
takes_attention_mask (StrataDocNode *self)
{
  return takes_several (self) && g_str_equal (get_category (self), "Attention");
}

/* Keras calls these on a list of query, value and perhaps key, and with a list of masks of query and value. */
static gboolean
takes_mask_list (StrataDocNode *self)
{
  return (STRATA_LAYER_GET_CLASS (self->layer)->flags & STRATA_LAYER_MERGES) &&
         g_str_equal (get_category (self), "Attention");
}

/* Which input an argument stands for, or -1. */
static gint64
get_reference (JsonNode *argument)
{
  return JSON_NODE_HOLDS_OBJECT (argument) ? strata_json_get_int (json_node_get_object (argument), "$", -1) : -1;
}

static JsonNode *
new_reference (guint input)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "$", input);
  json_node_take_object (node, object);
  return node;
}

/* Whether tensors are named already, as the file had them. */
static gboolean
names_tensors (StrataDocNode *self)
{
  g_autoptr (GList) values = self->arguments != NULL ? json_object_get_values (self->arguments) : NULL;

  for (GList *l = values; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_ARRAY (l->data) || get_reference (l->data) >= 0)
      return TRUE;
  return FALSE;
}

/* Whether arrays of numbers stand where tensors might. */
static gboolean
has_arrays (StrataDocNode *self)
{
  g_autoptr (GPtrArray) constants = strata_doc_node_dup_constants (self, FALSE);

  return constants->len > 0;
}

/* How many inputs a layer can have that takes several. */
static guint
get_most_inputs (StrataDocNode *self)
{
  if (names_tensors (self) || has_arrays (self))
    return 0;
  if (takes_mask_list (self))
    return MASK_INPUT + 2;
  if (!takes_several (self))
    return 0;
  if (takes_attention_mask (self))
    return MASK_INPUT + 1;
  if (takes_states (self))
    return strstr (strata_doc_node_get_class_name (self), "LSTM") != NULL ? 3 : 2;
  return 0;
}

/**
 * strata_doc_node_get_n_needed:
 *
 * Returns: how many ports data enters by that cannot stay without a wire, and those that have one
 */
guint
strata_doc_node_get_n_needed (StrataDocNode *self)
{
  if (self->is_group)
    return self->entries->len;
  if (strata_doc_node_is_input (self))
    return 0;
  if (takes_several (self) || takes_mask_list (self))
    return MAX (takes_pair (self) && !has_arrays (self) ? 2 : 1, self->n_wired_inputs);
  if (STRATA_IS_MODEL (self->layer))
    return MAX (1, strata_model_get_n_inputs (STRATA_MODEL (self->layer)));
  if (STRATA_IS_OPERATOR (self->layer))
    return strata_operator_get_n_inputs (STRATA_OPERATOR (self->layer));
  return 1;
}

/**
 * strata_doc_node_needs_input:
 *
 * Returns: whether the port cannot stay free while one behind it is wired
 */
gboolean
strata_doc_node_needs_input (StrataDocNode *self,
                             guint          input)
{
  /* Attention without a key takes the values for it. */
  return self->is_group || input < 2 || !(takes_mask_list (self) || takes_attention_mask (self));
}

/**
 * strata_doc_node_get_n_inputs:
 *
 * Returns: how many ports data enters by, those that someone asked for among them; see strata_doc_node_takes_list()
 */
guint
strata_doc_node_get_n_inputs (StrataDocNode *self)
{
  return MAX (strata_doc_node_get_n_needed (self), self->n_wanted_inputs);
}

/**
 * strata_doc_node_get_most_inputs:
 *
 * Returns: how many inputs the layer can have, where it can do without some
 */
guint
strata_doc_node_get_most_inputs (StrataDocNode *self)
{
  return self->is_group ? 0 : get_most_inputs (self);
}

/**
 * strata_doc_node_dup_next_input_name:
 *
 * Returns: (transfer full) (nullable): what the next input is called that the layer can have besides those it has
 */
char *
strata_doc_node_dup_next_input_name (StrataDocNode *self)
{
  guint n_inputs = strata_doc_node_get_n_inputs (self);

  return !self->is_group && n_inputs < get_most_inputs (self) ? strata_doc_node_dup_input_name (self, n_inputs) : NULL;
}

/* Refers to what comes in at @port, or is null where nothing does. */
static JsonNode *
refer_to (guint        port,
          const guint *ports,
          guint        n_inputs)
{
  for (guint i = 0; i < n_inputs; i++)
    if (ports[i] == port)
      return new_reference (i);
  return json_node_new (JSON_NODE_NULL);
}

/* The tensors that enter from one port up to the one before another. */
static JsonArray *
list_tensors (guint        first,
              guint        end,
              const guint *ports,
              guint        n_inputs)
{
  JsonArray *list = json_array_new ();

  for (guint port = first; port < end; port++)
    json_array_add_element (list, refer_to (port, ports, n_inputs));
  return list;
}

/**
 * strata_doc_node_dup_arguments: (skip)
 * @ports: (array length=n_inputs): where each of the tensors comes in, in order
 * @n_inputs: how many tensors come in
 *
 * Returns: (transfer full) (nullable): the arguments that are not tensors, and those that are which Keras takes by
 *   name:
 *   the states that a recurrent layer begins with, and attention's masks
 */
JsonObject *
strata_doc_node_dup_arguments (StrataDocNode *self,
                               const guint   *ports,
                               guint          n_inputs)
{
  guint last = n_inputs > 0 ? ports[n_inputs - 1] : 0;
  gboolean free = !self->is_group && !names_tensors (self);
  gboolean begins = free && last > 0 && takes_states (self);
  gboolean masks = free && last >= MASK_INPUT && (takes_attention_mask (self) || takes_mask_list (self));
  g_autoptr (GList) names = self->arguments != NULL ? json_object_get_members (self->arguments) : NULL;
  JsonObject *arguments;

  if (!begins && !masks)
    return self->arguments != NULL ? json_object_ref (self->arguments) : NULL;
  arguments = json_object_new ();
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (arguments, l->data, json_node_copy (json_object_get_member (self->arguments, l->data)));
  if (begins)
    json_object_set_array_member (arguments, "initial_state", list_tensors (1, last + 1, ports, n_inputs));
  else if (takes_mask_list (self))
    json_object_set_array_member (arguments, "mask", list_tensors (MASK_INPUT, MASK_INPUT + 2, ports, n_inputs));
  else
    json_object_set_member (arguments, "attention_mask", refer_to (MASK_INPUT, ports, n_inputs));
  return arguments;
}

/* Whether a list of masks is one that ports can stand for. */
static JsonArray *
get_mask_list (StrataDocNode *self)
{
  JsonNode *mask = self->arguments != NULL && takes_mask_list (self)
                   ? json_object_get_member (self->arguments, "mask") : NULL;
  JsonArray *list = mask != NULL && JSON_NODE_HOLDS_ARRAY (mask) ? json_node_get_array (mask) : NULL;

  if (list == NULL || json_array_get_length (list) > 2)
    return NULL;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!JSON_NODE_HOLDS_NULL (json_array_get_element (list, i)) &&
        get_reference (json_array_get_element (list, i)) < 0)
      return NULL;
  return list;
}

/* Where an input enters: what is in the list of masks has ports of its own behind all others. */
static guint
choose_port (JsonArray *masks,
             guint      input)
{
  guint port = 0;

  for (guint i = 0; i < json_array_get_length (masks); i++)
    if (get_reference (json_array_get_element (masks, i)) == input)
      return MASK_INPUT + i;
  for (guint i = 0; i < input; i++)
    port += choose_port (masks, i) < MASK_INPUT;
  return port;
}

/**
 * strata_doc_node_take_call: (skip)
 * @site: a call of the node's layer
 * @ports: (out): room for as many as the call has inputs: where each of them enters
 *
 * Takes over what the layer is called with besides tensors.
 */
void
strata_doc_node_take_call (StrataDocNode    *self,
                           const StrataSite *site,
                           guint            *ports)
{
  JsonArray *masks;

  self->arguments = site->arguments != NULL ? json_object_ref (site->arguments) : NULL;
  self->args = site->args != NULL ? json_node_copy (site->args) : NULL;
  masks = get_mask_list (self);
  for (guint i = 0; i < site->inputs->len; i++)
    ports[i] = masks != NULL ? choose_port (masks, i) : strata_doc_node_takes_list (self, 0) ? 0 : i;
  if (masks == NULL)
    return;
  json_object_unref (self->arguments);
  self->arguments = strata_json_without (site->arguments, "mask");
}

/**
 * strata_doc_node_takes_list:
 *
 * Returns: whether any number of wires may end at that port, as at Concatenate's
 */
gboolean
strata_doc_node_takes_list (StrataDocNode *self,
                            guint          input)
{
  return !self->is_group && (STRATA_LAYER_GET_CLASS (self->layer)->flags & STRATA_LAYER_MERGES) &&
         !takes_mask_list (self);
}

/* What Keras calls the argument that an input is given as, where the file says so. */
static char *
find_argument_name (StrataDocNode *self,
                    guint          input)
{
  g_autoptr (GList) names = self->arguments != NULL ? json_object_get_members (self->arguments) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (get_reference (json_object_get_member (self->arguments, l->data)) == input)
      return g_strdelimit (g_strdup (l->data), "_", ' ');
  return NULL;
}

/**
 * strata_doc_node_dup_input_name:
 *
 * Returns: (transfer full): what to call a port
 */
char *
strata_doc_node_dup_input_name (StrataDocNode *self,
                                guint          input)
{
  static const char *const attention[] = { N_("query"), N_("value"), N_("key"), N_("attention mask") };
  static const char *const masks[] = { N_("query mask"), N_("value mask") };
  static const char *const recurrent[] = { N_("sequence"), N_("first state"), N_("second state") };
  const StrataLayerInfo *info = strata_doc_node_get_info (self);
  const char *class_name = strata_doc_node_get_class_name (self);
  char *argument = find_argument_name (self, input);

  if (argument != NULL)
    return argument;
  if (self->is_group)
    return g_strdup_printf (_("input %u"), input + 1);
  if (strata_doc_node_takes_list (self, input))
    return g_strdup (_("inputs"));
  if (input == 0 && strata_doc_node_get_n_inputs (self) == 1)
    return g_strdup (_("input"));
  if (STRATA_IS_MODEL (self->layer) && input < strata_model_get_n_inputs (STRATA_MODEL (self->layer)))
    return g_strdup (strata_model_get_input_name (STRATA_MODEL (self->layer), input));
  if (input >= MASK_INPUT && input < MASK_INPUT + G_N_ELEMENTS (masks) && takes_mask_list (self))
    return g_strdup (_(masks[input - MASK_INPUT]));
  if (input < G_N_ELEMENTS (attention) && strstr (class_name, "Attention") != NULL)
    return g_strdup (_(attention[input]));
  if (input < G_N_ELEMENTS (recurrent) && info != NULL && g_strcmp0 (info->object.category, "Recurrent") == 0)
    return g_strdup (_(recurrent[input]));
  return g_strdup_printf (_("input %u"), input + 1);
}

/**
 * strata_doc_node_dup_output_name:
 *
 * Returns: (transfer full): what to call one of several ports where data leaves
 */
char *
strata_doc_node_dup_output_name (StrataDocNode *self,
                                 guint          output)
{
  static const char *const attention[] = { N_("output"), N_("scores") };
  static const char *const recurrent[] = { N_("output"), N_("first state"), N_("second state") };

  if (!self->is_group && output < G_N_ELEMENTS (attention) && g_str_equal (get_category (self), "Attention"))
    return g_strdup (_(attention[output]));
  if (!self->is_group && output < G_N_ELEMENTS (recurrent) && g_str_equal (get_category (self), "Recurrent"))
    return g_strdup (_(recurrent[output]));
  return g_strdup_printf (_("output %u"), output + 1);
}
