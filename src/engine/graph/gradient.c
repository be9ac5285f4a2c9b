/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/gradient.h"

#include "ops/elementwise.h"
#include "ops/narrow.h"

typedef struct
{
  StrataBuilder *builder;
  GHashTable *grads; /* StrataValue -> StrataValue: what has arrived so far */
  gboolean *depends; /* by node id: whether a value asked for is above it */
} Backward;

static void
mark_dependents (Backward           *self,
                 const GPtrArray    *nodes,
                 StrataValue *const *wrt,
                 guint               n)
{
  for (guint i = 0; i < n; i++)
    self->depends[wrt[i]->node->id] = TRUE;
  for (guint id = 0; id < nodes->len; id++)
    {
      const StrataNode *node = g_ptr_array_index (nodes, id);

      for (guint i = 0; i < node->n_inputs && !self->depends[id]; i++)
        self->depends[id] = self->depends[node->inputs[i]->node->id];
    }
}

static void
add_grad (Backward    *self,
          StrataValue *value,
          StrataValue *grad)
{
  StrataValue *sum = g_hash_table_lookup (self->grads, value);
  StrataDType outer = strata_builder_set_precision (self->builder, value->node->precision);

  grad = strata_narrow (self->builder, grad, value->node->precision);
  g_hash_table_insert (self->grads, value, sum == NULL ? grad : strata_add (self->builder, sum, grad));
  strata_builder_set_precision (self->builder, outer);
}

/* Ops that compute the gradient of another are named for it. Some have none of their own: nothing at all would be wrong
 * then. What stops a gradient has none on purpose. */
static gboolean
is_end (const StrataOp *op)
{
  return op->gradient == NULL && !g_str_equal (op->name, "stop_gradient") &&
         (g_str_has_suffix (op->name, "_backward") || g_str_has_suffix (op->name, "_gradient"));
}

static void
step_back (Backward   *self,
           StrataNode *node)
{
  StrataValue *grads[STRATA_MAX_OUTPUTS] = { NULL };
  g_autofree StrataValue **input_grads = g_new0 (StrataValue *, MAX (node->n_inputs, 1));
  const StrataScope *outer;
  StrataDType precision;
  gboolean any = FALSE;

  if (node->op == NULL || (node->op->gradient == NULL && !is_end (node->op)) || !self->depends[node->id])
    return;
  for (int i = 0; i < node->op->n_outputs; i++)
    {
      grads[i] = g_hash_table_lookup (self->grads, &node->outputs[i]);
      any |= grads[i] != NULL;
    }
  if (!any)
    return;
  if (is_end (node->op))
    {
      strata_builder_fail (self->builder, STRATA_ERROR_UNSUPPORTED,
                           "%s%sgradients of gradients are not known through %s; convolutions, dense layers and "
                           "elementwise functions have them",
                           node->scope != NULL ? node->scope->name : "", node->scope != NULL ? ": " : "",
                           node->op->name);
      return;
    }

  outer = strata_builder_set_scope (self->builder, node->scope);
  precision = strata_builder_set_precision (self->builder, node->precision);
  node->op->gradient (self->builder, node, grads, input_grads);
  strata_builder_set_precision (self->builder, precision);
  strata_builder_set_scope (self->builder, outer);
  for (guint i = 0; i < node->n_inputs; i++)
    if (input_grads[i] != NULL && self->depends[node->inputs[i]->node->id])
      add_grad (self, node->inputs[i], input_grads[i]);
}

static StrataValue *
new_ones (StrataBuilder     *b,
          const StrataShape *shape)
{
  StrataTensor *ones = strata_tensor_new (STRATA_FLOAT32, shape);

  for (gint64 i = 0; i < strata_tensor_get_size (ones); i++)
    strata_tensor_get_floats (ones)[i] = 1;
  return strata_builder_constant (b, ones);
}

/**
 * strata_gradient: (skip)
 * @b: the builder that holds @loss; what is emitted goes there too
 * @loss: a scalar, or more numbers, whose sum is then meant
 * @wrt: values to take the gradient with respect to
 * @n: how many
 * @grads: (out): their gradients, each of its value's shape; %NULL where the
 *   loss does not depend on the value
 *
 * Reverse-mode differentiation: walks the nodes from the loss upwards.
 * Returns: whether the builder is free of errors
 */
gboolean
strata_gradient (StrataBuilder       *b,
                 StrataValue         *loss,
                 StrataValue *const  *wrt,
                 guint                n,
                 StrataValue        **grads)
{
  g_autoptr (GPtrArray) nodes = NULL;
  Backward backward = { .builder = b };
  StrataPhase phase;

  if (strata_builder_has_failed (b))
    return FALSE;

  /* Only what is there now: the walk itself adds nodes. */
  nodes = g_ptr_array_new ();
  g_ptr_array_extend (nodes, (GPtrArray *) strata_builder_get_nodes (b), NULL, NULL);
  backward.grads = g_hash_table_new (NULL, NULL);
  backward.depends = g_new0 (gboolean, nodes->len);
  mark_dependents (&backward, nodes, wrt, n);

  phase = strata_builder_set_phase (b, STRATA_PHASE_BACKWARD);
  g_hash_table_insert (backward.grads, loss, new_ones (b, &loss->shape));
  for (guint id = nodes->len; id > 0 && !strata_builder_has_failed (b); id--)
    step_back (&backward, g_ptr_array_index (nodes, id - 1));
  strata_builder_set_phase (b, phase);

  for (guint i = 0; i < n; i++)
    grads[i] = g_hash_table_lookup (backward.grads, wrt[i]);
  g_hash_table_unref (backward.grads);
  g_free (backward.depends);
  return !strata_builder_has_failed (b);
}
