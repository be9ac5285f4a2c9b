/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/fusion.h"

#include "graph/prepare.h"
#include "graph/simplify.h"
#include "graph/uses.h"
#include "kernels/gemm.h"
#include "ops/conv.h"
#include "ops/elementwise.h"

/* Inputs of a node that has an epilogue. */
#define BIAS 2
#define ADDEND 3

typedef struct
{
  StrataUses uses;
  StrataBuilder *builder;
  const gboolean *prepared;
  StrataValue **roots;
  guint n_roots;
} Fusion;

static void
add_input (StrataNode  *node,
           StrataValue *input)
{
  node->inputs = g_renew (StrataValue *, node->inputs, node->n_inputs + 1);
  node->inputs[node->n_inputs++] = input;
}

/* Numbers in the last dimension; 0 where there is none. */
static gint64
get_columns (const StrataValue *value)
{
  return value->shape.rank > 0 ? value->shape.dims[value->shape.rank - 1] : 0;
}

static StrataValue *
get_other (const StrataNode  *pair,
           const StrataValue *one)
{
  return pair->inputs[0] == one ? pair->inputs[1] : pair->inputs[0];
}

static gboolean
is_bias (const StrataValue *bias,
         const StrataValue *product)
{
  gboolean leaf = bias->node->op == NULL || bias->tensor != NULL;

  return leaf && bias != product && get_columns (product) != 0 && get_columns (bias) == get_columns (product) &&
         strata_shape_get_size (&bias->shape) == get_columns (product);
}

/* A product of sequences is one of a tall matrix, seen in another shape: what
 * comes after the view may as well come before. */
static StrataValue *
see_through_views (Fusion     *self,
                   StrataNode *node)
{
  StrataValue *seen = &node->outputs[0];
  StrataNode *user = strata_uses_get_only (&self->uses, node);

  while (user != NULL && user->op != NULL && (user->op->flags & STRATA_OP_VIEW) &&
         get_columns (&user->outputs[0]) == get_columns (seen))
    {
      seen = &user->outputs[0];
      user = strata_uses_get_only (&self->uses, user);
    }
  return seen;
}

/* What @user makes is what @seen will hold. */
static void
absorb (Fusion      *self,
        StrataNode  *user,
        StrataValue *seen)
{
  strata_uses_redirect (&self->uses, &user->outputs[0], seen, self->roots, self->n_roots);
}

static void
fuse_bias (Fusion     *self,
           StrataNode *node)
{
  StrataValue *seen = see_through_views (self, node);
  StrataNode *user = strata_uses_get_only (&self->uses, seen->node);

  if (!strata_node_is (user, "add") || !is_bias (get_other (user, seen), seen) ||
      !strata_shape_equal (&user->outputs[0].shape, &seen->shape))
    return;
  add_input (node, get_other (user, seen));
  absorb (self, user, seen);
}

/* Whether there is one number a channel of @y, known before a run. */
static gboolean
is_prepared_vector (Fusion            *self,
                    const StrataValue *value,
                    const StrataValue *y)
{
  return value->shape.rank == 1 && value->shape.dims[0] == get_columns (y) &&
         strata_is_prepared (self->prepared, value);
}

/* Of a convolution whose weights are known before a run: (x * W + b) * f + s is x * (W * f) + (b * f + s), so batch
 * normalization costs nothing once its averages stay. */
static void
fold_scale (Fusion     *self,
            StrataNode *node)
{
  StrataNode *user = strata_uses_get_only (&self->uses, node);
  StrataValue *y = &node->outputs[0], *factor, *shift;
  gboolean has_bias = node->n_inputs > BIAS;

  if (!strata_node_is (user, "multiply_add") || user->inputs[0] != y ||
      !is_prepared_vector (self, user->inputs[1], y) ||
      !is_prepared_vector (self, user->inputs[2], y) || (has_bias && !is_prepared_vector (self, node->inputs[BIAS], y)))
    return;
  factor = user->inputs[1];
  shift = user->inputs[2];
  node->inputs[1] = strata_multiply (self->builder, node->inputs[1], factor);
  if (has_bias)
    node->inputs[BIAS] = strata_multiply_add (self->builder, node->inputs[BIAS], factor, shift);
  else
    add_input (node, shift);
  absorb (self, user, y);
}

/* Another tensor, such as a shortcut around a block, if it is there when @node runs. */
static void
fuse_addend (Fusion     *self,
             StrataNode *node)
{
  StrataValue *seen = see_through_views (self, node), *addend;
  StrataNode *user = strata_uses_get_only (&self->uses, seen->node);
  GPtrArray *users;
  guint at;

  if (node->n_inputs != ADDEND || !strata_node_is (user, "add"))
    return;
  addend = get_other (user, seen);
  if (addend == seen || addend->node->id >= node->id || !strata_shape_equal (&addend->shape, &seen->shape) ||
      addend->tensor != NULL)
    return;
  add_input (node, addend);
  users = self->uses.users[addend->node->id];
  if (g_ptr_array_find (users, user, &at))
    users->pdata[at] = node;
  absorb (self, user, seen);
}

static gboolean
is_number (const StrataValue *value,
           float              number)
{
  return value->tensor != NULL && value->dtype == STRATA_FLOAT32 && strata_shape_get_size (&value->shape) == 1 &&
         strata_tensor_get_floats (value->tensor)[0] == number;
}

/* x * sigmoid (x): returns the product. */
static StrataNode *
find_silu (Fusion            *self,
           const StrataValue *x)
{
  GPtrArray *users = self->uses.users[x->node->id];
  StrataNode *sigmoid, *product;

  if (users == NULL || users->len != 2 || self->uses.rooted[x->node->id])
    return NULL;
  sigmoid = g_ptr_array_index (users, strata_node_is (g_ptr_array_index (users, 0), "sigmoid") ? 0 : 1);
  product = strata_uses_get_only (&self->uses, sigmoid);
  if (!strata_node_is (sigmoid, "sigmoid") || !strata_node_is (product, "multiply") ||
      !g_ptr_array_find (users, product, NULL) || get_other (product, &sigmoid->outputs[0]) != x)
    return NULL;
  return product;
}

static void
fuse_activation (Fusion     *self,
                 StrataNode *node)
{
  StrataEpilogueKind *kind = &G_STRUCT_MEMBER (StrataEpilogueKind, node->attrs, node->op->epilogue_offset);
  StrataValue *seen = see_through_views (self, node);
  StrataNode *user = strata_uses_get_only (&self->uses, seen->node), *silu = find_silu (self, seen);

  if (silu != NULL)
    {
      *kind = STRATA_EPILOGUE_SILU;
      absorb (self, silu, seen);
    }
  if (!strata_node_is (user, "relu"))
    return;
  *kind = STRATA_EPILOGUE_RELU;
  absorb (self, user, seen);
  user = strata_uses_get_only (&self->uses, seen->node);
  if (!strata_node_is (user, "minimum") || !is_number (get_other (user, seen), 6))
    return;
  *kind = STRATA_EPILOGUE_RELU6;
  absorb (self, user, seen);
}

/**
 * strata_fuse_epilogues: (skip)
 * @builder: has the nodes, which are rewritten, and gets more
 * @roots: what must be computed; rewritten likewise
 *
 * Moves a bias, another tensor that is added and an activation into the product
 * or convolution before them, which adds them while the result is still in
 * registers; normalization by factors that are known beforehand into a
 * convolution's weights; and has weights arranged beforehand where they stay.
 */
void
strata_fuse_epilogues (StrataBuilder  *builder,
                       StrataValue   **roots,
                       guint           n_roots)
{
  const GPtrArray *nodes = strata_builder_get_nodes (builder);
  g_autofree gboolean *live = strata_mark_live (nodes, roots, n_roots);
  g_autofree gboolean *prepared = strata_mark_prepared (builder);
  Fusion fusion = { .builder = builder, .prepared = prepared, .roots = roots, .n_roots = n_roots };

  strata_uses_init (&fusion.uses, nodes, roots, n_roots, live);
  for (guint id = 0; id < fusion.uses.n_nodes; id++)
    {
      StrataNode *node = g_ptr_array_index (nodes, id);
      gboolean stays;

      if (!live[id] || node->op == NULL || !(node->op->flags & STRATA_OP_EPILOGUE) || node->outputs[0].tensor != NULL)
        continue;
      stays = strata_node_is (node, "conv") && strata_is_prepared (prepared, node->inputs[1]);
      fuse_bias (&fusion, node);
      if (stays)
        fold_scale (&fusion, node);
      fuse_addend (&fusion, node);
      fuse_activation (&fusion, node);
      if (stays)
        strata_conv_prepare_weights (builder, node);
    }
  strata_uses_clear (&fusion.uses);
}
