/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/network.h"

#include "layers/naming.h"

/* How long a path through a network may be: the walk below is recursive. */
#define MAX_DEPTH 20000

typedef struct
{
  StrataSymbol *const *inputs;
  guint n_inputs;
  StrataMaskGraph *masks;
  GPtrArray *sites;         /* in the order they can be computed */
  GPtrArray *order;         /* StrataSite and StrataMaskOp in that order */
  GHashTable *ops;          /* StrataMaskOp */
  GHashTable *finished;     /* StrataSite, StrataMaskOp */
  GHashTable *in_progress;  /* StrataSite */
  GHashTable *traversal;    /* StrataLayer, StrataMaskOp -> order of first visit */
  GHashTable *site_depths;  /* StrataSite, StrataMaskOp -> depth + 1 */
  GHashTable *site_order;   /* StrataSite -> order in which depths were found */
  GHashTable *layer_depths; /* StrataLayer, StrataMaskOp -> depth + 1 */
} Map;

static gboolean visit (Map *self, StrataSymbol *symbol, guint depth, GError **error);

static gboolean
is_boundary (Map                *self,
             const StrataSymbol *symbol)
{
  for (guint i = 0; i < self->n_inputs; i++)
    if (self->inputs[i]->site == symbol->site && self->inputs[i]->index == symbol->index)
      return TRUE;
  return FALSE;
}

static void
note_first_visit (Map      *self,
                  gpointer  key)
{
  if (!g_hash_table_contains (self->traversal, key))
    g_hash_table_insert (self->traversal, key, GUINT_TO_POINTER (g_hash_table_size (self->traversal) + 1));
}

static gboolean
visit_mask (Map         *self,
            StrataMask   mask,
            guint        depth,
            GError     **error)
{
  if (mask.symbol != NULL)
    return visit (self, mask.symbol, depth, error);
  if (mask.op == NULL || g_hash_table_contains (self->finished, mask.op))
    return TRUE;
  note_first_visit (self, mask.op);
  for (guint i = 0; i < mask.op->operands->len; i++)
    if (!visit_mask (self, g_array_index (mask.op->operands, StrataMask, i), depth + 1, error))
      return FALSE;
  g_hash_table_add (self->ops, mask.op);
  g_hash_table_add (self->finished, mask.op);
  g_ptr_array_add (self->order, mask.op);
  return TRUE;
}

static gboolean
visit_arguments (Map         *self,
                 StrataSite  *site,
                 guint        depth,
                 GError     **error)
{
  for (guint i = 0; i < site->inputs->len; i++)
    if (!visit (self, g_ptr_array_index (site->inputs, i), depth, error))
      return FALSE;
  strata_mask_graph_add_site (self->masks, site);
  for (guint i = 0; i < site->inputs->len; i++)
    if (!visit_mask (self, strata_mask_graph_get_recorded (self->masks, site, i), depth, error))
      return FALSE;
  return TRUE;
}

static gboolean
visit (Map           *self,
       StrataSymbol  *symbol,
       guint          depth,
       GError       **error)
{
  StrataSite *site = symbol->site;

  if (g_hash_table_contains (self->in_progress, site))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the layer “%s” depends on its own output",
                        strata_layer_get_name (site->layer));
      return FALSE;
    }
  if (g_hash_table_contains (self->finished, site))
    return TRUE;
  if (depth > MAX_DEPTH)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the network is more than %d layers deep", MAX_DEPTH);
      return FALSE;
    }

  note_first_visit (self, site->layer);
  g_hash_table_add (self->in_progress, site);
  if (!is_boundary (self, symbol) && !visit_arguments (self, site, depth + 1, error))
    return FALSE;
  g_hash_table_remove (self->in_progress, site);
  g_hash_table_add (self->finished, site);
  g_ptr_array_add (self->sites, strata_site_ref (site));
  g_ptr_array_add (self->order, site);
  return TRUE;
}

static void
deepen (GHashTable *depths,
        gpointer    key,
        guint       depth)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (depths, key));

  g_hash_table_insert (depths, key, GUINT_TO_POINTER (MAX (before, depth + 1)));
}

static void
deepen_site (Map      *self,
             gpointer  site,
             guint     depth)
{
  deepen (self->site_depths, site, depth);
  if (!g_hash_table_contains (self->site_order, site))
    g_hash_table_insert (self->site_order, site, GUINT_TO_POINTER (g_hash_table_size (self->site_order)));
}

static void
deepen_mask (Map        *self,
             StrataMask  mask,
             guint       depth)
{
  gpointer key = mask.op != NULL ? (gpointer) mask.op : mask.symbol != NULL ? mask.symbol->site : NULL;

  if (key != NULL && g_hash_table_contains (self->finished, key))
    deepen_site (self, key, depth);
}

static void
measure_site (Map        *self,
              StrataSite *site,
              guint       depth)
{
  deepen (self->layer_depths, site->layer, depth);
  depth = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, site->layer)) - 1;
  deepen_site (self, site, depth);
  for (guint i = 0; i < site->inputs->len; i++)
    deepen_mask (self, (StrataMask){ .symbol = g_ptr_array_index (site->inputs, i) }, depth + 1);
  for (guint i = 0; i < site->inputs->len; i++)
    deepen_mask (self, strata_mask_graph_get_recorded (self->masks, site, i), depth + 1);
}

static void
measure_mask (Map          *self,
              StrataMaskOp *op,
              guint         depth)
{
  deepen (self->layer_depths, op, depth);
  for (guint i = 0; i < op->operands->len; i++)
    deepen_mask (self, g_array_index (op->operands, StrataMask, i), depth + 1);
}

/* How far each site and layer is from an output; a shared layer counts where it is deepest. */
static void
measure_depths (Map *self)
{
  for (guint i = self->order->len; i > 0; i--)
    {
      gpointer key = g_ptr_array_index (self->order, i - 1);
      guint depth;

      deepen_site (self, key, 0);
      depth = GPOINTER_TO_UINT (g_hash_table_lookup (self->site_depths, key)) - 1;
      if (g_hash_table_contains (self->ops, key))
        measure_mask (self, key, depth);
      else
        measure_site (self, key, depth);
    }
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  Map *self = data;
  const StrataNetworkItem *x = a, *y = b;
  gconstpointer key_x = x->layer != NULL ? (gconstpointer) x->layer : x->mask;
  gconstpointer key_y = y->layer != NULL ? (gconstpointer) y->layer : y->mask;
  guint depth_x = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, key_x));
  guint depth_y = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, key_y));

  if (depth_x != depth_y)
    return depth_x > depth_y ? -1 : 1;
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->traversal, key_x)) -
         (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->traversal, key_y));
}

static int
compare_sites (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  Map *self = data;
  gconstpointer x = *(gconstpointer *) a, y = *(gconstpointer *) b;
  guint depth_x = GPOINTER_TO_UINT (g_hash_table_lookup (self->site_depths, x));
  guint depth_y = GPOINTER_TO_UINT (g_hash_table_lookup (self->site_depths, y));

  if (depth_x != depth_y)
    return depth_x > depth_y ? -1 : 1;
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->site_order, x)) -
         (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->site_order, y));
}

static GPtrArray *
sort_sites (Map *self)
{
  GPtrArray *sites = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_site_unref);

  for (guint i = 0; i < self->sites->len; i++)
    g_ptr_array_add (sites, strata_site_ref (g_ptr_array_index (self->sites, i)));
  g_ptr_array_sort_with_data (sites, compare_sites, self);
  return sites;
}

static GArray *
sort_items (Map *self)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (StrataNetworkItem));
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->order->len; i++)
    {
      gpointer key = g_ptr_array_index (self->order, i);
      gboolean is_op = g_hash_table_contains (self->ops, key);
      StrataNetworkItem operation = { is_op ? NULL : ((StrataSite *) key)->layer, is_op ? key : NULL };

      if (g_hash_table_add (known, is_op ? key : operation.layer))
        g_array_append_val (items, operation);
    }
  g_array_sort_with_data (items, compare_items, self);
  return items;
}

/* Inputs that no output needs still belong to the model. */
static void
add_unused_inputs (Map *self)
{
  for (guint i = self->n_inputs; i > 0; i--)
    {
      StrataSite *site = self->inputs[i - 1]->site;

      if (!g_hash_table_add (self->finished, site))
        continue;
      g_ptr_array_insert (self->sites, 0, strata_site_ref (site));
      g_ptr_array_insert (self->order, 0, site);
      deepen (self->layer_depths, site->layer, 0);
    }
}

/**
 * strata_network_map: (skip)
 * @self: (out): the network; strata_network_clear() it
 * @inputs: where the network begins
 * @outputs: where it ends
 *
 * Finds what lies between inputs and outputs.
 */
gboolean
strata_network_map (StrataNetwork        *self,
                    StrataSymbol *const  *inputs,
                    guint                 n_inputs,
                    StrataSymbol *const  *outputs,
                    guint                 n_outputs,
                    GError              **error)
{
  Map map = { .inputs = inputs, .n_inputs = n_inputs, .masks = strata_mask_graph_new () };
  gboolean ok = TRUE;

  map.sites = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_site_unref);
  map.order = g_ptr_array_new ();
  map.ops = g_hash_table_new (NULL, NULL);
  map.finished = g_hash_table_new (NULL, NULL);
  map.in_progress = g_hash_table_new (NULL, NULL);
  map.traversal = g_hash_table_new (NULL, NULL);
  map.site_depths = g_hash_table_new (NULL, NULL);
  map.site_order = g_hash_table_new (NULL, NULL);
  map.layer_depths = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_outputs && ok; i++)
    ok = visit (&map, outputs[i], 0, error);
  if (ok)
    {
      measure_depths (&map);
      self->running = sort_sites (&map);
      add_unused_inputs (&map);
      self->items = sort_items (&map);
      self->sites = g_steal_pointer (&map.sites);
      self->masks = g_steal_pointer (&map.masks);
      strata_network_name_masks (self);
    }

  g_clear_pointer (&map.sites, g_ptr_array_unref);
  g_clear_pointer (&map.masks, strata_mask_graph_free);
  g_ptr_array_unref (map.order);
  g_hash_table_unref (map.ops);
  g_hash_table_unref (map.finished);
  g_hash_table_unref (map.in_progress);
  g_hash_table_unref (map.traversal);
  g_hash_table_unref (map.site_depths);
  g_hash_table_unref (map.site_order);
  g_hash_table_unref (map.layer_depths);
  return ok;
}

/**
 * strata_network_name_masks: (skip)
 *
 * Gives masks without a name of their own the one that Keras would give first, those that nothing uses included.
 */
void
strata_network_name_masks (StrataNetwork *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ops = strata_mask_graph_get_ops (self->masks);

  for (guint i = 0; i < self->items->len; i++)
    {
      StrataLayer *layer = g_array_index (self->items, StrataNetworkItem, i).layer;

      if (layer != NULL)
        g_hash_table_add (names, g_strdup (strata_layer_get_name (layer)));
    }
  for (guint i = 0; i < ops->len; i++)
    {
      StrataMaskOp *op = g_ptr_array_index (ops, i);

      if (op->name != NULL && !g_hash_table_add (names, g_strdup (op->name)))
        strata_mask_op_set_name (op, NULL);
    }
  for (guint i = 0; i < ops->len; i++)
    {
      StrataMaskOp *op = g_ptr_array_index (ops, i);
      g_autofree char *snake = NULL, *name = NULL;

      if (op->name != NULL)
        continue;
      snake = strata_naming_snake (op->class_name);
      name = g_strdup (snake);
      for (guint n = 1; !g_hash_table_add (names, g_strdup (name)); n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s_%u", snake, n);
        }
      strata_mask_op_set_name (op, name);
    }
}

void
strata_network_clear (StrataNetwork *self)
{
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_clear_pointer (&self->running, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->masks, strata_mask_graph_free);
}
