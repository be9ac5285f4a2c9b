/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/simplify.h"

#include <string.h>

#include "graph/pooled.h"
#include "ops/elementwise.h"
#include "ops/execute.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

/* What folding may make larger than what it came from. */
#define FOLD_BYTES 65536

typedef struct
{
  GHashTable *replaced; /* StrataValue -> StrataValue that stands for it */
  GHashTable *seen;     /* StrataNode, by op, attributes and inputs */
} Simplifier;

static guint
node_hash (gconstpointer key)
{
  const StrataNode *node = key;
  guint hash = g_direct_hash (node->op);

  for (guint i = 0; i < node->n_inputs; i++)
    hash = hash * 31 + g_direct_hash (node->inputs[i]);
  return hash;
}

static gboolean
node_equal (gconstpointer a,
            gconstpointer b)
{
  const StrataNode *x = a, *y = b;

  return x->op == y->op && x->n_inputs == y->n_inputs &&
         memcmp (x->inputs, y->inputs, x->n_inputs * sizeof x->inputs[0]) == 0 &&
         (x->op->attrs_size == 0 || memcmp (x->attrs, y->attrs, x->op->attrs_size) == 0);
}

static gboolean
is_scalar (const StrataValue *value)
{
  return value->tensor != NULL && value->dtype == STRATA_FLOAT32 && value->shape.rank == 0;
}

static gboolean
is_filled_with (const StrataValue *value,
                float              number)
{
  if (value->tensor == NULL || value->dtype != STRATA_FLOAT32)
    return FALSE;
  for (gint64 i = 0; i < strata_tensor_get_size (value->tensor); i++)
    if (strata_tensor_get_floats (value->tensor)[i] != number)
      return FALSE;
  return TRUE;
}

/* Numbers written again and again are one, so chains hold them once. */
static void
share_scalar (Simplifier  *self,
              GHashTable  *scalars,
              StrataValue *value)
{
  guint32 bits;
  StrataValue *first;

  memcpy (&bits, strata_tensor_get_data (value->tensor), sizeof bits);
  first = g_hash_table_lookup (scalars, GUINT_TO_POINTER (bits));
  if (first == NULL)
    g_hash_table_insert (scalars, GUINT_TO_POINTER (bits), value);
  else
    g_hash_table_insert (self->replaced, value, first);
}

static void
fold (StrataNode *node)
{
  gsize given = FOLD_BYTES, made = 0;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      if (node->inputs[i]->tensor == NULL)
        return;
      given += strata_tensor_get_bytes (node->inputs[i]->tensor);
    }
  for (int i = 0; i < node->op->n_outputs; i++)
    made += strata_shape_get_size (&node->outputs[i].shape) * strata_dtype_get_size (node->outputs[i].dtype);
  if (made <= given)
    strata_execute_node (node, 0);
}

/* x * 1, x + 0 and x / 1, which gradients leave behind. */
static StrataValue *
drop_neutral (StrataNode *node)
{
  gboolean product = g_str_equal (node->op->name, "multiply"), sum = g_str_equal (node->op->name, "add");
  gboolean quotient = g_str_equal (node->op->name, "divide");

  if (!product && !sum && !quotient)
    return NULL;
  for (int i = 0; i < 2; i++)
    {
      StrataValue *other = node->inputs[1 - i];

      if (quotient && i == 0)
        continue;
      if (is_filled_with (node->inputs[i], sum ? 0 : 1) && strata_shape_equal (&other->shape, &node->outputs[0].shape))
        return other;
    }
  return NULL;
}

/* What stands in for a result in low precision alone is computed. */
static StrataValue *
drop_stood_in (StrataNode *node)
{
  return node->op == &strata_op_stand_in ? node->inputs[1] : NULL;
}

/* Recurrent layers have time first, and hand sequences on with the batch first. */
static StrataValue *
drop_round_trip (StrataNode *node)
{
  const StrataNode *before = node->n_inputs > 0 ? node->inputs[0]->node : NULL;

  return before != NULL && before->op != NULL && strata_transpose_undoes (node, before) ? before->inputs[0] : NULL;
}

static void
simplify_node (Simplifier *self,
               StrataNode *node)
{
  StrataNode *twin;
  StrataValue *same;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      StrataValue *replacement = g_hash_table_lookup (self->replaced, node->inputs[i]);

      if (replacement != NULL)
        node->inputs[i] = replacement;
    }
  if (node->op->flags & STRATA_OP_RANDOM)
    return;

  strata_gather_forget_order (node);
  fold (node);
  if (node->outputs[0].tensor != NULL)
    return;
  strata_sum_pooled (node);
  same = drop_neutral (node);
  if (same == NULL)
    same = drop_stood_in (node);
  if (same == NULL)
    same = drop_round_trip (node);
  if (same == NULL)
    same = strata_drop_pooled_mask (node);
  if (same != NULL)
    {
      g_hash_table_insert (self->replaced, &node->outputs[0], same);
      return;
    }
  twin = g_hash_table_lookup (self->seen, node);
  if (twin == NULL)
    {
      g_hash_table_add (self->seen, node);
      return;
    }
  for (int i = 0; i < node->op->n_outputs; i++)
    g_hash_table_insert (self->replaced, &node->outputs[i], &twin->outputs[i]);
}

/**
 * strata_simplify: (skip)
 * @nodes: nodes in order; their inputs are rewritten
 * @roots: what must be computed; rewritten likewise
 *
 * Computes what is constant, drops what changes nothing, and makes what is
 * computed twice the same. Changes no result.
 */
void
strata_simplify (const GPtrArray  *nodes,
                 StrataValue     **roots,
                 guint             n_roots)
{
  Simplifier self = { .replaced = g_hash_table_new (NULL, NULL), .seen = g_hash_table_new (node_hash, node_equal) };
  g_autoptr (GHashTable) scalars = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataNode *node = g_ptr_array_index (nodes, i);

      if (node->op != NULL)
        simplify_node (&self, node);
      if (is_scalar (&node->outputs[0]))
        share_scalar (&self, scalars, &node->outputs[0]);
    }
  for (guint i = 0; i < n_roots; i++)
    {
      StrataValue *replacement = g_hash_table_lookup (self.replaced, roots[i]);

      if (replacement != NULL)
        roots[i] = replacement;
    }
  g_hash_table_unref (self.seen);
  g_hash_table_unref (self.replaced);
}

static void
mark_node (const StrataNode *node,
           gboolean         *live,
           GPtrArray        *open)
{
  if (live[node->id])
    return;
  live[node->id] = TRUE;
  g_ptr_array_add (open, (gpointer) node);
}

/**
 * strata_mark_live: (skip)
 *
 * Returns: (transfer full): by node id, whether some root needs the node; what
 *   a constant was computed from is not needed
 */
gboolean *
strata_mark_live (const GPtrArray    *nodes,
                  StrataValue *const *roots,
                  guint               n_roots)
{
  gboolean *live = g_new0 (gboolean, MAX (nodes->len, 1));
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < n_roots; i++)
    mark_node (roots[i]->node, live, open);
  while (open->len > 0)
    {
      const StrataNode *node = g_ptr_array_steal_index_fast (open, open->len - 1);

      for (guint i = 0; node->outputs[0].tensor == NULL && i < node->n_inputs; i++)
        mark_node (node->inputs[i]->node, live, open);
    }
  return live;
}
