/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/builder-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ops/elementwise.h"
#include "ops/execute.h"
#include "ops/narrow.h"
#include "ops/shaping.h"
#include "ops/shown-texts.h"

/* The largest number of float16. */
#define HALF_MAX 65504.0

static void
node_free (StrataNode *node)
{
  guint n_outputs = node->op != NULL ? node->op->n_outputs : 1;

  for (guint i = 0; i < n_outputs; i++)
    g_clear_pointer (&node->outputs[i].tensor, strata_tensor_unref);
  g_free (node->attrs);
  g_free (node->inputs);
  g_free (node);
}

static StrataBuilder *
builder_new (gboolean eager,
             guint64  seed)
{
  StrataBuilder *self = g_new0 (StrataBuilder, 1);

  self->eager = eager;
  self->seed = seed;
  self->precision = STRATA_FLOAT32;
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->initial = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) strata_variable_unref, NULL);
  self->current = g_hash_table_new (NULL, NULL);
  self->settled = g_hash_table_new (NULL, NULL);
  self->assigned = g_ptr_array_new ();
  self->losses = g_ptr_array_new ();
  self->names = g_string_chunk_new (256);
  self->scopes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * strata_builder_new_recording: (skip)
 *
 * Returns: (transfer full): a builder that notes ops without running them
 */
StrataBuilder *
strata_builder_new_recording (void)
{
  return builder_new (FALSE, 0);
}

/**
 * strata_builder_new_declaring: (skip)
 *
 * Returns: (transfer full): a recording builder that only shapes are wanted of, those that models are made by
 */
StrataBuilder *
strata_builder_new_declaring (void)
{
  StrataBuilder *self = builder_new (FALSE, 0);

  self->declaring = TRUE;
  return self;
}

/**
 * strata_builder_new_eager: (skip)
 * @seed: what random ops draw from
 *
 * Returns: (transfer full): a builder that runs each op as it is called and
 *   keeps what it computed, so gradients can be taken afterwards
 */
StrataBuilder *
strata_builder_new_eager (guint64 seed)
{
  return builder_new (TRUE, seed);
}

void
strata_builder_free (StrataBuilder *self)
{
  g_ptr_array_unref (self->losses);
  g_ptr_array_unref (self->scopes);
  g_string_chunk_free (self->names);
  g_ptr_array_unref (self->assigned);
  g_hash_table_unref (self->settled);
  g_hash_table_unref (self->current);
  g_hash_table_unref (self->initial);
  g_ptr_array_unref (self->nodes);
  g_clear_error (&self->error);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_free (self);
}

gboolean
strata_builder_is_eager (StrataBuilder *self)
{
  return self->eager;
}

/**
 * strata_builder_is_declaring: (skip)
 *
 * Returns: whether nothing recorded here will run: a layer may then say a shape that only holds while training
 */
gboolean
strata_builder_is_declaring (StrataBuilder *self)
{
  return self->declaring;
}

static StrataNode *
add_node (StrataBuilder *self)
{
  StrataNode *node = g_new0 (StrataNode, 1);

  node->id = self->nodes->len;
  node->scope = self->scope;
  node->phase = self->phase;
  node->precision = STRATA_FLOAT32;
  for (guint i = 0; i < STRATA_MAX_OUTPUTS; i++)
    {
      node->outputs[i].node = node;
      node->outputs[i].index = i;
      node->outputs[i].precision = STRATA_FLOAT32;
    }
  g_ptr_array_add (self->nodes, node);
  return node;
}

/**
 * strata_builder_nothing: (skip)
 *
 * Returns: the value that ops return after a failure
 */
StrataValue *
strata_builder_nothing (StrataBuilder *self)
{
  if (self->nothing == NULL)
    {
      self->nothing = &add_node (self)->outputs[0];
      self->nothing->tensor = strata_tensor_new_scalar (0);
    }
  return self->nothing;
}

/**
 * strata_builder_input:
 * @name: what it is called when the program is run
 * @dtype: element type
 * @shape: its shape
 *
 * Returns: (transfer none): a value fed from outside
 */
StrataValue *
strata_builder_input (StrataBuilder     *self,
                      const char        *name,
                      StrataDType        dtype,
                      const StrataShape *shape)
{
  StrataNode *node = add_node (self);

  node->name = g_string_chunk_insert_const (self->names, name);
  strata_node_set_output (node, 0, dtype, shape);
  return &node->outputs[0];
}

/**
 * strata_builder_constant:
 * @tensor: (transfer full): its numbers
 *
 * Returns: (transfer none): a value that never changes, rounded where the builder's precision is low
 */
StrataValue *
strata_builder_constant (StrataBuilder *self,
                         StrataTensor  *tensor)
{
  StrataNode *node = add_node (self);

  strata_node_set_output (node, 0, strata_tensor_get_dtype (tensor), strata_tensor_get_shape (tensor));
  node->outputs[0].tensor = tensor;
  return strata_narrow (self, &node->outputs[0], self->precision);
}

/**
 * strata_builder_scalar:
 *
 * Returns: (transfer none): a constant of float32 without dimensions
 */
StrataValue *
strata_builder_scalar (StrataBuilder *self,
                       double         value)
{
  if (self->precision == STRATA_FLOAT16)
    value = CLAMP (value, -HALF_MAX, HALF_MAX);
  return strata_builder_constant (self, strata_tensor_new_scalar (value));
}

/* A value that was settled ends the gradients of what comes after it. Only where it is read again is there a node. */
static void
renew (StrataBuilder  *self,
       StrataVariable *variable)
{
  StrataValue *value;

  if (!g_hash_table_remove (self->settled, variable))
    return;
  value = strata_stop_gradient (self, g_hash_table_lookup (self->current, variable));
  g_hash_table_insert (self->current, variable, value);
  g_hash_table_insert (self->initial, strata_variable_ref (variable), value);
}

/**
 * strata_builder_settle:
 *
 * Ends a step: what was assigned to @variable is what the next step begins with, as if it had always been there. To be
 * called by optimizers.
 */
void
strata_builder_settle (StrataBuilder  *self,
                       StrataVariable *variable)
{
  if (self->error == NULL && g_hash_table_contains (self->current, variable))
    g_hash_table_add (self->settled, variable);
}

/**
 * strata_builder_read_initial:
 *
 * Returns: (transfer none): the value a variable had before any assignment here, or since an optimizer's last step:
 *   what gradients are taken with respect to
 */
StrataValue *
strata_builder_read_initial (StrataBuilder  *self,
                             StrataVariable *variable)
{
  StrataValue *value;
  StrataNode *node;

  renew (self, variable);
  value = g_hash_table_lookup (self->initial, variable);
  if (value != NULL)
    return value;

  node = add_node (self);
  node->variable = variable;
  strata_node_set_output (node, 0, variable->dtype, &variable->shape);
  if (self->eager)
    node->outputs[0].tensor = strata_tensor_copy (strata_variable_get_tensor (variable));
  g_hash_table_insert (self->initial, strata_variable_ref (variable), &node->outputs[0]);
  return &node->outputs[0];
}

/**
 * strata_builder_read:
 *
 * Returns: (transfer none): a variable's value, after the assignments made so far
 */
StrataValue *
strata_builder_read (StrataBuilder  *self,
                     StrataVariable *variable)
{
  StrataValue *value;

  renew (self, variable);
  value = g_hash_table_lookup (self->current, variable);
  if (value == NULL)
    value = strata_builder_read_initial (self, variable);
  return strata_narrow (self, value, self->precision);
}

/**
 * strata_builder_assign:
 * @variable: a variable
 * @value: its new value, of the same shape and type
 *
 * Makes later reads see @value; a compiled program stores it at its end.
 */
void
strata_builder_assign (StrataBuilder  *self,
                       StrataVariable *variable,
                       StrataValue    *value)
{
  if (self->error != NULL)
    return;
  if (!strata_shape_is_compatible (&value->shape, &variable->shape) ||
      value->dtype != variable->dtype)
    {
      g_autofree char *expected = strata_shape_to_string (&variable->shape);
      g_autofree char *received = strata_shape_to_string (&value->shape);

      strata_builder_fail (self, STRATA_ERROR_SHAPE, "%s holds %s of shape %s and cannot become %s of shape %s",
                           variable->name, strata_dtype_get_name (variable->dtype), expected,
                           strata_dtype_get_name (value->dtype), received);
      return;
    }

  strata_builder_read_initial (self, variable);
  if (!g_hash_table_contains (self->current, variable))
    g_ptr_array_add (self->assigned, variable);
  g_hash_table_insert (self->current, variable, value);
  if (self->eager)
    strata_variable_assign (variable, value->tensor, NULL);
}

static StrataNode *
new_node (StrataBuilder      *self,
          const StrataOp     *op,
          gconstpointer       attrs,
          StrataValue *const *inputs,
          guint               n_inputs)
{
  StrataNode *node = add_node (self);

  node->op = op;
  node->attrs = op->attrs_size > 0 ? g_memdup2 (attrs, op->attrs_size) : NULL;
  node->inputs = g_memdup2 (inputs, n_inputs * sizeof inputs[0]);
  node->n_inputs = n_inputs;
  node->precision = self->precision;
  return node;
}

/* Elementwise ops compute in float32: what comes as integers is converted, as Keras's ops do. */
static void
cast_inputs (StrataBuilder  *self,
             StrataValue   **inputs,
             guint           n_inputs)
{
  for (guint i = 0; i < n_inputs; i++)
    if (inputs[i]->dtype != STRATA_FLOAT32 && inputs[i]->dtype != STRATA_STRING)
      inputs[i] = strata_cast (self, inputs[i], STRATA_FLOAT32);
}

/**
 * strata_builder_emit: (skip)
 * @op: an op
 * @attrs: its attributes; copied
 * @inputs: its inputs
 * @n_inputs: how many
 *
 * Adds a node, and runs it where the builder is eager.
 * Returns: its first output; others are in its node
 */
StrataValue *
strata_builder_emit (StrataBuilder      *self,
                     const StrataOp     *op,
                     gconstpointer       attrs,
                     StrataValue *const *inputs,
                     guint               n_inputs)
{
  StrataValue *converted[8];
  StrataNode *node;
  g_autoptr (GError) error = NULL;

  if (self->error != NULL)
    return strata_builder_nothing (self);
  if (strata_builder_multiplies (self, op, inputs))
    return strata_multiply (self, inputs[0], strata_reciprocal (self, inputs[1]));

  if (strata_op_is_elementwise (op))
    {
      memcpy (converted, inputs, n_inputs * sizeof inputs[0]);
      cast_inputs (self, converted, n_inputs);
      inputs = converted;
    }

  node = new_node (self, op, attrs, inputs, n_inputs);
  if (!strata_op_infer (node, &error))
    {
      strata_builder_fail (self, error->code, "%s", error->message);
      return strata_builder_nothing (self);
    }
  if (self->eager)
    strata_execute_node (node, self->seed);
  return strata_builder_round_result (self, node);
}

/**
 * strata_builder_next_stream:
 *
 * Returns: a number for a random op, so that each draws other numbers
 */
guint
strata_builder_next_stream (StrataBuilder *self)
{
  return ++self->n_streams;
}

/**
 * strata_builder_fail: (skip)
 *
 * Notes an error, unless there is one; the message is prefixed with the layer's name.
 */
void
strata_builder_fail (StrataBuilder *self,
                     StrataError    code,
                     const char    *format,
                     ...)
{
  va_list args;

  if (self->error != NULL)
    return;

  va_start (args, format);
  self->error = g_error_new_valist (STRATA_ERROR, code, _(format), args);
  va_end (args);
  if (self->scope != NULL)
    g_prefix_error (&self->error, "%s: ", self->scope->name);
}

gboolean
strata_builder_has_failed (StrataBuilder *self)
{
  return self->error != NULL;
}

/**
 * strata_builder_take_error:
 *
 * Returns: %TRUE where nothing failed; else moves the error into @error
 */
gboolean
strata_builder_take_error (StrataBuilder  *self,
                           GError        **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
strata_builder_push_scope (StrataBuilder *self,
                           const char    *name)
{
  StrataScope *scope = g_new (StrataScope, 1);

  *scope = (StrataScope){ g_string_chunk_insert_const (self->names, name), self->scope };
  g_ptr_array_add (self->scopes, scope);
  self->scope = scope;
}

void
strata_builder_pop_scope (StrataBuilder *self)
{
  self->scope = self->scope->outer;
}

/**
 * strata_builder_set_scope: (skip)
 * @scope: (nullable): that of a node of this builder
 *
 * Has what is emitted from now on belong to @scope.
 *
 * Returns: (nullable): what it belonged to
 */
const StrataScope *
strata_builder_set_scope (StrataBuilder     *self,
                          const StrataScope *scope)
{
  const StrataScope *before = self->scope;

  self->scope = scope;
  return before;
}

/**
 * strata_builder_set_phase: (skip)
 *
 * Returns: what was emitted for until now
 */
StrataPhase
strata_builder_set_phase (StrataBuilder *self,
                          StrataPhase    phase)
{
  StrataPhase before = self->phase;

  self->phase = phase;
  return before;
}

/**
 * strata_builder_get_nodes: (skip)
 */
const GPtrArray *
strata_builder_get_nodes (StrataBuilder *self)
{
  return self->nodes;
}

guint
strata_builder_get_n_assigned (StrataBuilder *self)
{
  return self->assigned->len;
}

/**
 * strata_builder_get_assigned: (skip)
 * @value: (out): its last value
 */
StrataVariable *
strata_builder_get_assigned (StrataBuilder  *self,
                             guint           i,
                             StrataValue   **value)
{
  StrataVariable *variable = g_ptr_array_index (self->assigned, i);

  *value = g_hash_table_lookup (self->current, variable);
  return variable;
}

/**
 * strata_builder_show_texts: (skip)
 * @input: an input that will hold texts
 * @texts: (transfer full) (nullable): those that it will hold first; whom they belong to keeps them
 */
void
strata_builder_show_texts (StrataBuilder  *self,
                           StrataValue    *input,
                           const char    **texts)
{
  if (texts == NULL)
    return;
  if (self->texts == NULL)
    self->texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->texts, input, texts);
}

const char *const *
strata_builder_get_texts (StrataBuilder *self,
                          StrataValue   *input)
{
  return self->texts != NULL ? g_hash_table_lookup (self->texts, input) : NULL;
}

void
strata_builder_hide_texts (StrataBuilder *self)
{
  g_clear_pointer (&self->texts, g_hash_table_unref);
}
