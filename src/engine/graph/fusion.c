/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/prepare.h"
#include "graph/simplify.h"
#include "kernels/gemm.h"
#include "ops/elementwise.h"
#include "ops/fused.h"

typedef struct
{
  guint n_nodes;
  const gboolean *live;
  GPtrArray **users; /* by node id: nodes that read it; NULL for none */
  gboolean *rooted;  /* by node id: whether something outside reads it */
} Uses;

static void
uses_init (Uses                *self,
           const GPtrArray     *nodes,
           StrataValue *const  *roots,
           guint                n_roots,
           const gboolean      *live)
{
  self->n_nodes = nodes->len;
  self->live = live;
  self->users = g_new0 (GPtrArray *, MAX (nodes->len, 1));
  self->rooted = g_new0 (gboolean, MAX (nodes->len, 1));
  for (guint i = 0; i < n_roots; i++)
    self->rooted[roots[i]->node->id] = TRUE;
  for (guint id = 0; id < nodes->len; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);

      for (guint i = 0; live[id] && node->outputs[0].tensor == NULL && i < node->n_inputs; i++)
        {
          GPtrArray **users = &self->users[node->inputs[i]->node->id];

          if (*users == NULL)
            *users = g_ptr_array_new ();
          g_ptr_array_add (*users, node);
        }
    }
}

static void
uses_clear (Uses *self)
{
  for (guint id = 0; id < self->n_nodes; id++)
    g_clear_pointer (&self->users[id], g_ptr_array_unref);
  g_free (self->users);
  g_free (self->rooted);
}

/* The one node that reads @node's result, if there is just one and no root does. */
static StrataNode *
get_only_user (Uses             *self,
               const StrataNode *node)
{
  GPtrArray *users = self->users[node->id];

  if (self->rooted[node->id] || users == NULL || users->len != 1)
    return NULL;
  return g_ptr_array_index (users, 0);
}

static gboolean
is_op (const StrataNode *node,
       const char       *name)
{
  return node != NULL && node->op != NULL && g_str_equal (node->op->name, name);
}

/* Makes those who read @from read @to, a value of the same shape. */
static void
redirect (Uses         *self,
          StrataValue  *from,
          StrataValue  *to,
          StrataValue **roots,
          guint         n_roots)
{
  GPtrArray *users = g_steal_pointer (&self->users[from->node->id]);

  for (guint u = 0; users != NULL && u < users->len; u++)
    {
      StrataNode *user = g_ptr_array_index (users, u);

      for (guint i = 0; i < user->n_inputs; i++)
        if (user->inputs[i] == from)
          user->inputs[i] = to;
    }
  for (guint i = 0; i < n_roots; i++)
    if (roots[i] == from)
      roots[i] = to;
  g_clear_pointer (&self->users[to->node->id], g_ptr_array_unref);
  self->users[to->node->id] = users;
  self->rooted[to->node->id] = self->rooted[from->node->id];
  self->users[from->node->id] = NULL;
}

static void
add_bias (StrataNode  *node,
          StrataValue *bias)
{
  node->inputs = g_renew (StrataValue *, node->inputs, node->n_inputs + 1);
  node->inputs[node->n_inputs++] = bias;
}

/* Numbers in the last dimension; 0 where there is none. */
static gint64
get_columns (const StrataValue *value)
{
  return value->shape.rank > 0 ? value->shape.dims[value->shape.rank - 1] : 0;
}

static StrataValue *
find_bias (const StrataNode  *sum,
           const StrataValue *product)
{
  StrataValue *bias = sum->inputs[0] == product ? sum->inputs[1] : sum->inputs[0];
  gboolean leaf = bias->node->op == NULL || bias->tensor != NULL;

  if (!leaf || bias == product || get_columns (product) == 0 || strata_shape_get_size (&bias->shape) != get_columns (product) ||
      get_columns (bias) != get_columns (product))
    return NULL;
  return bias;
}

/* A product of sequences is one of a tall matrix, seen in another shape: what
 * comes after the view may as well come before. */
static StrataValue *
see_through_views (Uses       *self,
                   StrataNode *node)
{
  StrataValue *seen = &node->outputs[0];
  StrataNode *user = get_only_user (self, node);

  while (user != NULL && user->op != NULL && (user->op->flags & STRATA_OP_VIEW) && get_columns (&user->outputs[0]) == get_columns (seen))
    {
      seen = &user->outputs[0];
      user = get_only_user (self, user);
    }
  return seen;
}

static void
fuse_bias (Uses         *self,
           StrataNode   *node,
           StrataValue **roots,
           guint         n_roots)
{
  StrataValue *seen = see_through_views (self, node);
  StrataNode *user = get_only_user (self, seen->node);
  StrataValue *bias = is_op (user, "add") ? find_bias (user, seen) : NULL;

  if (bias == NULL || !strata_shape_equal (&user->outputs[0].shape, &seen->shape))
    return;
  add_bias (node, bias);
  redirect (self, &user->outputs[0], seen, roots, n_roots);
}

/* Whether there is one number a channel of @y, known before a run. */
static gboolean
is_prepared_vector (const StrataValue *value,
                    const StrataValue *y,
                    const gboolean    *prepared)
{
  return value->shape.rank == 1 && value->shape.dims[0] == get_columns (y) && strata_is_prepared (prepared, value);
}

/* (x * W + b) * f + s is x * (W * f) + (b * f + s): batch normalization costs nothing once its averages stay. */
static void
fold_scale (Uses           *self,
            StrataBuilder  *builder,
            StrataNode     *node,
            const gboolean *prepared,
            StrataValue   **roots,
            guint           n_roots)
{
  StrataNode *user = get_only_user (self, node);
  StrataValue *y = &node->outputs[0], *bias;

  if (!is_op (user, "multiply_add") || user->inputs[0] != y || !strata_is_prepared (prepared, node->inputs[1]) ||
      !is_prepared_vector (user->inputs[1], y, prepared) || !is_prepared_vector (user->inputs[2], y, prepared) ||
      (node->n_inputs > 2 && !is_prepared_vector (node->inputs[2], y, prepared)))
    return;
  bias = node->n_inputs > 2 ? strata_multiply_add (builder, node->inputs[2], user->inputs[1], user->inputs[2]) : user->inputs[2];
  node->inputs[1] = strata_multiply (builder, node->inputs[1], user->inputs[1]);
  if (node->n_inputs > 2)
    node->inputs[2] = bias;
  else
    add_bias (node, bias);
  redirect (self, &user->outputs[0], y, roots, n_roots);
}

static void
fuse_activation (Uses         *self,
                 StrataNode   *node,
                 StrataValue **roots,
                 guint         n_roots)
{
  StrataValue *seen = see_through_views (self, node);
  StrataNode *user = get_only_user (self, seen->node);

  if (!is_op (user, "relu"))
    return;
  G_STRUCT_MEMBER (StrataEpilogueKind, node->attrs, node->op->epilogue_offset) = STRATA_EPILOGUE_RELU;
  redirect (self, &user->outputs[0], seen, roots, n_roots);
}

/**
 * strata_fuse_epilogues: (skip)
 * @builder: has the nodes, which are rewritten, and gets more
 * @roots: what must be computed; rewritten likewise
 *
 * Moves a bias and an activation into the product or convolution before them,
 * which adds them while the result is still in registers; and normalization by
 * factors that are known beforehand into a convolution's weights.
 */
void
strata_fuse_epilogues (StrataBuilder  *builder,
                       StrataValue   **roots,
                       guint           n_roots)
{
  const GPtrArray *nodes = strata_builder_get_nodes (builder);
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  g_autofree gboolean *prepared = strata_mark_prepared (builder);
  Uses uses;

  uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < uses.n_nodes; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);

      if (live[id] && node->op != NULL && (node->op->flags & STRATA_OP_EPILOGUE) && node->outputs[0].tensor == NULL)
        {
          fuse_bias (&uses, node, roots, n_roots);
          if (is_op (node, "conv"))
            fold_scale (&uses, builder, node, prepared, roots, n_roots);
          fuse_activation (&uses, node, roots, n_roots);
        }
    }
  uses_clear (&uses);
}

/* The group that all of a node's readers are in, if they are in one. */
static guint
get_users_group (Uses             *self,
                 const StrataNode *node,
                 const guint      *groups)
{
  GPtrArray *users = self->users[node->id];
  guint group = STRATA_NO_GROUP;

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const StrataNode *user = g_ptr_array_index (users, i);

      if (groups[user->id] == STRATA_NO_GROUP || (i > 0 && groups[user->id] != group))
        return STRATA_NO_GROUP;
      group = groups[user->id];
    }
  return group;
}

/**
 * strata_fuse_elementwise: (skip)
 * @live: which nodes are needed
 * @prepared: which are computed beforehand
 *
 * Groups elementwise nodes that can run in one pass: a node joins its readers
 * when all of them are in one group of the same shape, computed when it is.
 * Returns: (transfer full): by node id, the id of the last node of its group
 */
guint *
strata_fuse_elementwise (const GPtrArray     *nodes,
                         StrataValue *const  *roots,
                         guint                n_roots,
                         const gboolean      *live,
                         const gboolean      *prepared)
{
  guint *groups = g_new (guint, MAX (nodes->len, 1));
  g_autofree guint *registers = g_new0 (guint, MAX (nodes->len, 1));
  Uses uses;

  uses_init (&uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < nodes->len; id++)
    groups[id] = STRATA_NO_GROUP;
  for (guint id = nodes->len; id-- > 0;)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);
      guint group;

      if (!live[id] || !strata_op_is_elementwise (node->op) || node->outputs[0].tensor != NULL)
        continue;

      group = get_users_group (&uses, node, groups);
      if (group == STRATA_NO_GROUP || prepared[group] != prepared[id] || registers[group] + node->n_inputs + node->op->n_outputs > STRATA_FUSED_MAX_REGISTERS ||
          !strata_shape_equal (&node->outputs[0].shape, &((StrataNode *) g_ptr_array_index (nodes, group))->outputs[0].shape))
        group = id;
      groups[id] = group;
      registers[group] += node->n_inputs + node->op->n_outputs;
    }
  uses_clear (&uses);
  return groups;
}
