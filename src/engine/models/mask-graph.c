/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/mask-graph.h"

#include <string.h>

#include "base/json.h"
#include "base/policy.h"
#include "models/model.h"

/*
 * Layers here hand on masks by themselves. In Keras's functional models, the masks that layers are called with are
 * operations among the layers: they have rows in the summary, are written to files, and decide how far layers are from
 * the outputs, and so in which order layers come and by which number their weights go. This is what Keras would make.
 */

struct _StrataMaskGraph
{
  GPtrArray *ops;
  GHashTable *masks; /* StrataSite -> StrataMask, one for each output */
};

static void
op_free (gpointer data)
{
  StrataMaskOp *op = data;

  g_free (op->name);
  json_object_unref (op->config);
  g_array_unref (op->operands);
  g_clear_pointer (&op->constant, json_node_unref);
  g_free (op);
}

/**
 * strata_mask_graph_new: (skip)
 *
 * Returns: (transfer full): no masks yet
 */
StrataMaskGraph *
strata_mask_graph_new (void)
{
  StrataMaskGraph *self = g_new0 (StrataMaskGraph, 1);

  self->ops = g_ptr_array_new_with_free_func (op_free);
  self->masks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
strata_mask_graph_free (StrataMaskGraph *self)
{
  g_ptr_array_unref (self->ops);
  g_hash_table_unref (self->masks);
  g_free (self);
}

/**
 * strata_mask_graph_get_ops: (skip)
 *
 * Returns: (transfer none) (element-type StrataMaskOp): all operations as they were made
 */
GPtrArray *
strata_mask_graph_get_ops (StrataMaskGraph *self)
{
  return self->ops;
}

/**
 * strata_mask_op_set_name: (skip)
 * @name: what the operation is called
 */
void
strata_mask_op_set_name (StrataMaskOp *self,
                         const char   *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

static gboolean
is_none (StrataMask mask)
{
  return mask.op == NULL && mask.symbol == NULL;
}

static const StrataShape *
get_shape (StrataMask mask)
{
  return mask.op != NULL ? &mask.op->spec.shape : &mask.symbol->spec.shape;
}

static StrataMask
new_op (StrataMaskGraph   *self,
        const char        *class_name,
        const StrataShape *shape)
{
  StrataMaskOp *op = g_new0 (StrataMaskOp, 1);

  op->class_name = class_name;
  op->config = json_object_new ();
  op->operands = g_array_new (FALSE, FALSE, sizeof (StrataMask));
  op->spec = (StrataSpec){ STRATA_BOOL, *shape };
  g_ptr_array_add (self->ops, op);
  return (StrataMask){ .op = op };
}

static StrataMask
new_unary (StrataMaskGraph   *self,
           const char        *class_name,
           StrataMask         operand,
           const StrataShape *shape)
{
  StrataMask mask = new_op (self, class_name, shape);

  g_array_append_val (mask.op->operands, operand);
  return mask;
}

static StrataMask
new_not_equal (StrataMaskGraph *self,
               StrataSymbol    *symbol,
               JsonNode        *value)
{
  StrataMask mask = new_unary (self, "NotEqual", (StrataMask){ .symbol = symbol }, &symbol->spec.shape);

  mask.op->constant = value;
  return mask;
}

static StrataMask
new_any (StrataMaskGraph *self,
         StrataMask       operand)
{
  StrataShape shape = *get_shape (operand);
  StrataMask mask;

  if (shape.rank > 0)
    strata_shape_remove (&shape, shape.rank - 1);
  mask = new_unary (self, "Any", operand, &shape);
  json_object_set_int_member (mask.op->config, "axis", -1);
  json_object_set_boolean_member (mask.op->config, "keepdims", FALSE);
  return mask;
}

static StrataMask
new_logical_or (StrataMaskGraph *self,
                StrataMask       a,
                StrataMask       b)
{
  StrataShape shape = *get_shape (a);
  StrataMask mask;

  strata_shape_broadcast (get_shape (a), get_shape (b), &shape);
  mask = new_op (self, "LogicalOr", &shape);
  g_array_append_val (mask.op->operands, a);
  g_array_append_val (mask.op->operands, b);
  return mask;
}

static StrataMask
new_like (StrataMaskGraph *self,
          const char      *class_name,
          StrataSymbol    *symbol)
{
  StrataMask mask = new_unary (self, class_name, (StrataMask){ .symbol = symbol }, &symbol->spec.shape);

  json_object_set_string_member (mask.op->config, "dtype", "bool");
  return mask;
}

/* The mask of one of several tensors that are put together, of as many dimensions as the tensor. */
static StrataMask
widen (StrataMaskGraph *self,
       StrataSymbol    *symbol,
       StrataMask       mask)
{
  StrataShape shape;
  StrataMask wide;

  if (is_none (mask))
    return new_like (self, "OnesLike", symbol);
  if (get_shape (mask)->rank >= symbol->spec.shape.rank)
    return mask;
  shape = *get_shape (mask);
  strata_shape_append (&shape, 1);
  wide = new_unary (self, "ExpandDims", mask, &shape);
  json_object_set_int_member (wide.op->config, "axis", -1);
  return new_logical_or (self, wide, new_like (self, "ZerosLike", symbol));
}

static StrataMask
concatenate (StrataMaskGraph  *self,
             StrataSite       *site,
             const StrataMask *masks)
{
  g_autoptr (JsonNode) axis = strata_object_get_param (STRATA_OBJECT (site->layer), "axis");
  StrataMask joined = new_op (self, "Concatenate", &site->specs[0].shape);

  joined.op->takes_list = TRUE;
  json_object_set_member (joined.op->config, "axis", g_steal_pointer (&axis));
  for (guint i = 0; i < site->inputs->len; i++)
    {
      StrataMask mask = widen (self, g_ptr_array_index (site->inputs, i), masks[i]);

      g_array_append_val (joined.op->operands, mask);
    }
  return new_any (self, joined);
}

static StrataMask
merge (StrataMaskGraph  *self,
       StrataSite       *site,
       const StrataMask *masks)
{
  StrataMask mask = masks[0];

  for (guint i = 0; i < site->inputs->len; i++)
    if (is_none (masks[i]))
      return (StrataMask){ NULL, NULL };
  for (guint i = 1; i < site->inputs->len; i++)
    mask = new_logical_or (self, mask, masks[i]);
  return mask;
}

static StrataMask
convert (StrataMaskGraph *self,
         StrataMask       mask)
{
  static const char *const members[] = { "dtype", "sparse", "ragged" };
  StrataMask converted;

  if (is_none (mask))
    return mask;
  converted = new_unary (self, "ConvertToTensor", mask, get_shape (mask));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_null_member (converted.op->config, members[i]);
  return converted;
}

/* What compute_mask() of the layer's class returns. */
static StrataMask
compute_mask (StrataMaskGraph  *self,
              StrataSite       *site,
              const StrataMask *masks)
{
  const char *class_name = strata_object_get_class_name (STRATA_OBJECT (site->layer));
  StrataSymbol *first = g_ptr_array_index (site->inputs, 0);

  if (g_str_equal (class_name, "Embedding") || g_str_equal (class_name, "ReversibleEmbedding"))
    return new_not_equal (self, first, json_node_init_int (json_node_alloc (), 0));
  if (g_str_equal (class_name, "Masking"))
    return new_any (self,
                    new_not_equal (self, first, strata_object_get_param (STRATA_OBJECT (site->layer), "mask_value")));
  if (g_str_equal (class_name, "Concatenate"))
    return concatenate (self, site, masks);
  if (g_str_equal (class_name, "Attention") || g_str_equal (class_name, "AdditiveAttention"))
    return convert (self, masks[0]);
  if (STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_MERGES)
    return merge (self, site, masks);
  return masks[0];
}

static StrataMask
get_mask (StrataMaskGraph    *self,
          const StrataSymbol *symbol)
{
  const StrataMask *masks = g_hash_table_lookup (self->masks, symbol->site);

  return masks != NULL ? masks[symbol->index] : (StrataMask){ NULL, NULL };
}

/* A mask that was given by hand: for an input, or in a list for several. */
static StrataSymbol *
get_given (StrataSite *site,
           guint       i)
{
  JsonNode *mask = site->arguments != NULL ? json_object_get_member (site->arguments, "mask") : NULL;
  JsonArray *list = mask != NULL && JSON_NODE_HOLDS_ARRAY (mask) ? json_node_get_array (mask) : NULL;
  gint64 input;

  if (list != NULL)
    mask = i < json_array_get_length (list) ? json_array_get_element (list, i) : NULL;
  else if (i > 0)
    mask = NULL;
  input = mask != NULL && JSON_NODE_HOLDS_OBJECT (mask)
          ? strata_json_get_int (json_node_get_object (mask), "$", -1) : -1;
  return input >= 0 && input < site->inputs->len ? g_ptr_array_index (site->inputs, input) : NULL;
}

/**
 * strata_mask_graph_add_site: (skip)
 * @site: a call, after those that it takes something from; it must outlive the graph
 *
 * Finds the masks of what a call makes. Keras has none on what comes out of a model.
 */
void
strata_mask_graph_add_site (StrataMaskGraph *self,
                            StrataSite      *site)
{
  guint n = site->inputs->len;
  g_autofree StrataMask *masks = g_new0 (StrataMask, MAX (n, 1));
  StrataMask *results = NULL;

  if (n == 0 || STRATA_IS_MODEL (site->layer) || g_hash_table_contains (self->masks, site))
    return;
  for (guint i = 0; i < n; i++)
    masks[i] = get_mask (self, g_ptr_array_index (site->inputs, i));
  for (guint i = 0; i < n; i++)
    if (get_given (site, i) != NULL)
      masks[i] = (StrataMask){ .symbol = get_given (site, i) };
  for (guint i = 0; i < site->n_outputs; i++)
    if (strata_site_has_mask (site, i))
      {
        if (results == NULL)
          results = g_new0 (StrataMask, site->n_outputs);
        results[i] = i > 0 ? results[0] : compute_mask (self, site, masks);
      }
  if (results != NULL)
    g_hash_table_insert (self->masks, site, results);
}

/* Numbers of another type are converted before the call, and Keras forgets what it adds to such calls. */
static gboolean
takes_as_it_is (const StrataSite *site)
{
  g_autoptr (JsonNode) policy = strata_object_get_param (STRATA_OBJECT (site->layer), "dtype");
  StrataSymbol *input = g_ptr_array_index (site->inputs, 0);

  return g_str_equal (strata_policy_get_compute_dtype (policy), strata_dtype_get_name (input->spec.dtype));
}

/**
 * strata_site_records_call: (skip)
 *
 * Returns: whether Keras adds to the arguments of a call what it finds by itself: the mask, and whether to train
 */
gboolean
strata_site_records_call (const StrataSite *site)
{
  if (STRATA_IS_MODEL (site->layer))
    return site->inputs->len > 0 && (site->arguments == NULL || !json_object_has_member (site->arguments, "mask"));
  return site->inputs->len == 1 && (site->arguments == NULL || json_object_get_size (site->arguments) == 0) &&
         !(STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_MERGES) && takes_as_it_is (site);
}

/**
 * strata_site_records_mask: (skip)
 *
 * Returns: whether Keras adds the mask to the arguments of a call, or that there is none
 */
gboolean
strata_site_records_mask (const StrataSite *site)
{
  return (STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_TAKES_MASK) && strata_site_records_call (site);
}

/**
 * strata_mask_graph_get_recorded: (skip)
 * @i: which of the call's inputs
 *
 * Returns: the mask that Keras adds to the arguments of a call
 */
StrataMask
strata_mask_graph_get_recorded (StrataMaskGraph  *self,
                                const StrataSite *site,
                                guint             i)
{
  return strata_site_records_mask (site) ? get_mask (self, g_ptr_array_index (site->inputs, i))
                                         : (StrataMask){ NULL, NULL };
}
