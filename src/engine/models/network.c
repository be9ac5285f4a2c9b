/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/network.h"

/* How long a path through a network may be: the walk below is recursive. */
#define MAX_DEPTH 20000

typedef struct
{
  StrataSymbol *const *inputs;
  guint n_inputs;
  GPtrArray *sites;         /* in the order they can be computed */
  GHashTable *finished;     /* StrataSite */
  GHashTable *in_progress;  /* StrataSite */
  GHashTable *traversal;    /* StrataLayer -> order of first visit */
  GHashTable *site_depths;  /* StrataSite -> depth + 1 */
  GHashTable *site_order;   /* StrataSite -> order in which depths were found */
  GHashTable *layer_depths; /* StrataLayer -> depth + 1 */
} Map;

static gboolean
is_boundary (Map                *self,
             const StrataSymbol *symbol)
{
  for (guint i = 0; i < self->n_inputs; i++)
    if (self->inputs[i]->site == symbol->site && self->inputs[i]->index == symbol->index)
      return TRUE;
  return FALSE;
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
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "the layer “%s” depends on its own output",
                   strata_layer_get_name (site->layer));
      return FALSE;
    }
  if (g_hash_table_contains (self->finished, site))
    return TRUE;
  if (depth > MAX_DEPTH)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "the network is more than %d layers deep", MAX_DEPTH);
      return FALSE;
    }

  if (!g_hash_table_contains (self->traversal, site->layer))
    g_hash_table_insert (self->traversal, site->layer, GUINT_TO_POINTER (g_hash_table_size (self->traversal) + 1));
  g_hash_table_add (self->in_progress, site);
  for (guint i = 0; i < site->inputs->len && !is_boundary (self, symbol); i++)
    if (!visit (self, g_ptr_array_index (site->inputs, i), depth + 1, error))
      return FALSE;
  g_hash_table_remove (self->in_progress, site);
  g_hash_table_add (self->finished, site);
  g_ptr_array_add (self->sites, strata_site_ref (site));
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
deepen_site (Map        *self,
             StrataSite *site,
             guint       depth)
{
  deepen (self->site_depths, site, depth);
  if (!g_hash_table_contains (self->site_order, site))
    g_hash_table_insert (self->site_order, site, GUINT_TO_POINTER (g_hash_table_size (self->site_order)));
}

/* How far each site and layer is from an output; a shared layer counts where it is deepest. */
static void
measure_depths (Map *self)
{
  for (guint i = self->sites->len; i > 0; i--)
    {
      StrataSite *site = g_ptr_array_index (self->sites, i - 1);
      guint depth;

      deepen_site (self, site, 0);
      depth = GPOINTER_TO_UINT (g_hash_table_lookup (self->site_depths, site)) - 1;
      deepen (self->layer_depths, site->layer, depth);
      depth = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, site->layer)) - 1;
      deepen_site (self, site, depth);
      for (guint j = 0; j < site->inputs->len; j++)
        {
          StrataSymbol *input = g_ptr_array_index (site->inputs, j);

          if (g_hash_table_contains (self->finished, input->site))
            deepen_site (self, input->site, depth + 1);
        }
    }
}

static int
compare_layers (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  Map *self = data;
  gconstpointer x = *(gconstpointer *) a, y = *(gconstpointer *) b;
  guint depth_x = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, x));
  guint depth_y = GPOINTER_TO_UINT (g_hash_table_lookup (self->layer_depths, y));

  if (depth_x != depth_y)
    return depth_x > depth_y ? -1 : 1;
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->traversal, x)) -
         (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->traversal, y));
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

static GPtrArray *
sort_layers (Map *self)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (self->sites, i);

      if (!g_ptr_array_find (layers, site->layer, NULL))
        g_ptr_array_add (layers, g_object_ref (site->layer));
    }
  g_ptr_array_sort_with_data (layers, compare_layers, self);
  return layers;
}

/* Inputs that no output needs still belong to the model. */
static void
add_unused_inputs (Map *self)
{
  for (guint i = 0; i < self->n_inputs; i++)
    {
      StrataSite *site = self->inputs[i]->site;

      if (!g_hash_table_add (self->finished, site))
        continue;
      g_ptr_array_insert (self->sites, 0, strata_site_ref (site));
      deepen (self->layer_depths, site->layer, 0);
    }
}

/**
 * strata_network_map: (skip)
 * @inputs: where the network begins
 * @outputs: where it ends
 * @sites: (out): the calls in between, each after what it needs, so that people can follow
 * @running: (out): the same in the order in which Keras computes them: by decreasing
 *   distance from the outputs
 * @layers: (out): the layers, in the order of Keras's `model.layers`: by
 *   decreasing distance from the outputs, then as they were first met
 *
 * Finds what lies between inputs and outputs.
 */
gboolean
strata_network_map (StrataSymbol *const  *inputs,
                    guint                 n_inputs,
                    StrataSymbol *const  *outputs,
                    guint                 n_outputs,
                    GPtrArray           **sites,
                    GPtrArray           **running,
                    GPtrArray           **layers,
                    GError              **error)
{
  Map map = { .inputs = inputs, .n_inputs = n_inputs };
  gboolean ok = TRUE;

  map.sites = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_site_unref);
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
      *running = sort_sites (&map);
      add_unused_inputs (&map);
      *layers = sort_layers (&map);
      *sites = g_steal_pointer (&map.sites);
    }

  g_clear_pointer (&map.sites, g_ptr_array_unref);
  g_hash_table_unref (map.finished);
  g_hash_table_unref (map.in_progress);
  g_hash_table_unref (map.traversal);
  g_hash_table_unref (map.site_depths);
  g_hash_table_unref (map.site_order);
  g_hash_table_unref (map.layer_depths);
  return ok;
}
