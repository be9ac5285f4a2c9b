/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/code-order.h"

/* How often calls are gone through for those whose turn it is; what is left then comes in the order of the model. */
#define MAX_ROUNDS 100

/* Whether all that a call takes is there, and, if @numbered, all earlier calls of its layer in the model. */
static gboolean
is_ready (StrataSite      *site,
          const GPtrArray *calls,
          GHashTable      *written,
          gboolean         numbered)
{
  for (guint i = 0; i < site->inputs->len; i++)
    if (!g_hash_table_contains (written, ((StrataSymbol *) g_ptr_array_index (site->inputs, i))->site))
      return FALSE;
  for (guint i = 0; i < calls->len && numbered; i++)
    {
      StrataSite *call = g_ptr_array_index (calls, i);

      if (call->index < site->index && !g_hash_table_contains (written, call))
        return FALSE;
    }
  return TRUE;
}

/* StrataLayer -> its calls in the model */
static GHashTable *
group_calls (const GPtrArray *sites)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (sites, i);
      GPtrArray *calls = g_hash_table_lookup (groups, site->layer);

      if (calls == NULL)
        {
          calls = g_ptr_array_new ();
          g_hash_table_insert (groups, site->layer, calls);
        }
      g_ptr_array_add (calls, site);
    }
  return groups;
}

/* The calls of a model in its order, but those of one layer as they were made, which is how Keras numbers them. */
GPtrArray *
strata_code_order_sites (const GPtrArray *sites)
{
  g_autoptr (GHashTable) groups = group_calls (sites), written = g_hash_table_new (NULL, NULL);
  GPtrArray *ordered = g_ptr_array_new ();

  for (guint round = 0; ordered->len < sites->len; round++)
    {
      guint before = ordered->len;

      for (guint i = 0; i < sites->len; i++)
        {
          StrataSite *site = g_ptr_array_index (sites, i);

          if (!g_hash_table_contains (written, site) &&
              is_ready (site, g_hash_table_lookup (groups, site->layer), written, round < MAX_ROUNDS))
            {
              g_hash_table_add (written, site);
              g_ptr_array_add (ordered, site);
            }
        }
      if (ordered->len == before && round >= MAX_ROUNDS)
        break;
      if (ordered->len == before)
        round = MAX_ROUNDS - 1;
    }
  for (guint i = 0; i < sites->len && ordered->len < sites->len; i++)
    if (g_hash_table_add (written, g_ptr_array_index (sites, i)))
      g_ptr_array_add (ordered, g_ptr_array_index (sites, i));
  return ordered;
}
