/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/summary-rows.h"

#include "models/functional.h"

static void
row_clear (gpointer data)
{
  StrataSummaryRow *row = data;

  g_free (row->specs);
  g_clear_pointer (&row->sites, g_ptr_array_unref);
  g_free (row->connections);
}

static void
set_specs (StrataSummaryRow *row,
           const StrataSpec *specs,
           guint             n)
{
  row->specs = g_memdup2 (specs, n * sizeof *specs);
  row->n_specs = n;
}

static int
compare_sites (gconstpointer a,
               gconstpointer b)
{
  const StrataSite *x = *(const StrataSite *const *) a, *y = *(const StrataSite *const *) b;

  return x->index < y->index ? -1 : x->index > y->index;
}

/* Calls of a layer that belong to the model, as they were made: it may be used elsewhere too. */
static GPtrArray *
find_sites (StrataFunctional *model,
            StrataLayer      *layer)
{
  const GPtrArray *all = strata_functional_get_sites (model);
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (((StrataSite *) g_ptr_array_index (all, i))->layer == layer)
      g_ptr_array_add (own, g_ptr_array_index (all, i));
  g_ptr_array_sort (own, compare_sites);
  return own;
}

static gboolean
has_masks (StrataFunctional *model)
{
  const GArray *items = strata_functional_get_network (model)->items;

  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, StrataNetworkItem, i).mask != NULL)
      return TRUE;
  return FALSE;
}

/* Keras leaves out "Connected to" where each layer follows the one before. */
static gboolean
is_a_chain (StrataModel *model)
{
  const GPtrArray *sites;

  if (!STRATA_IS_FUNCTIONAL (model))
    return TRUE;
  if (has_masks (STRATA_FUNCTIONAL (model)))
    return FALSE;
  sites = strata_functional_get_sites (STRATA_FUNCTIONAL (model));
  for (guint i = 0; i < sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (sites, i);
      guint expected = i == 0 ? 0 : 1;

      if (site->inputs->len != expected)
        return FALSE;
      if (i > 0 && ((StrataSymbol *) g_ptr_array_index (site->inputs, 0))->site != g_ptr_array_index (sites, i - 1))
        return FALSE;
    }
  return strata_model_get_n_layers (model) == sites->len;
}

static void
add_connection (GString            *text,
                const StrataSymbol *symbol)
{
  g_string_append_printf (text, "%s%s[%u][%u]", text->len > 0 ? ", " : "", strata_layer_get_name (symbol->layer),
                          symbol->site->index, symbol->index);
}

static void
add_mask_connection (GString    *text,
                     StrataMask  mask)
{
  if (mask.symbol != NULL)
    add_connection (text, mask.symbol);
  else if (mask.op != NULL)
    g_string_append_printf (text, "%s%s[0][0]", text->len > 0 ? ", " : "", mask.op->name);
}

static char *
end_connections (GString *text)
{
  if (text->len == 0)
    g_string_append_c (text, '-');
  return g_string_free (text, FALSE);
}

static char *
describe_connections (StrataFunctional *model,
                      GPtrArray        *sites)
{
  StrataMaskGraph *masks = strata_functional_get_network (model)->masks;
  GString *text = g_string_new (NULL);

  for (guint s = 0; s < sites->len; s++)
    {
      StrataSite *site = g_ptr_array_index (sites, s);

      for (guint i = 0; i < site->inputs->len; i++)
        add_connection (text, g_ptr_array_index (site->inputs, i));
      for (guint i = 0; i < site->inputs->len; i++)
        add_mask_connection (text, strata_mask_graph_get_recorded (masks, site, i));
    }
  return end_connections (text);
}

static void
add_layer_row (StrataSummaryRows *self,
               StrataLayer       *layer)
{
  GPtrArray *sites = find_sites (STRATA_FUNCTIONAL (self->model), layer);
  StrataSummaryRow row = { .layer = layer, .sites = sites };

  if (sites->len > 0)
    {
      StrataSite *site = g_ptr_array_index (sites, sites->len - 1);

      set_specs (&row, site->specs, site->n_outputs);
    }
  row.connections = describe_connections (STRATA_FUNCTIONAL (self->model), sites);
  g_array_append_val (self->rows, row);
}

static void
add_mask_row (StrataSummaryRows  *self,
              const StrataMaskOp *op)
{
  StrataSummaryRow row = { .mask = op };
  GString *text = g_string_new (NULL);

  set_specs (&row, &op->spec, 1);
  for (guint i = 0; i < op->operands->len; i++)
    add_mask_connection (text, g_array_index (op->operands, StrataMask, i));
  row.connections = end_connections (text);
  g_array_append_val (self->rows, row);
}

static void
add_functional_rows (StrataSummaryRows *self)
{
  const GArray *items = strata_functional_get_network (STRATA_FUNCTIONAL (self->model))->items;

  for (guint i = 0; i < items->len; i++)
    {
      const StrataNetworkItem *item = &g_array_index (items, StrataNetworkItem, i);

      if (item->mask != NULL)
        add_mask_row (self, item->mask);
      else
        add_layer_row (self, item->layer);
    }
}

static void
add_plain_rows (StrataSummaryRows *self)
{
  g_autofree StrataSpec *specs = g_new0 (StrataSpec, STRATA_MAX_RESULTS);
  guint n_specs = strata_model_get_n_inputs (self->model) == 1 && strata_layer_is_built (STRATA_LAYER (self->model))
                  ? 1 : 0;

  if (n_specs == 1)
    specs[0] = *strata_model_get_input_spec (self->model, 0);
  for (guint i = 0; i < strata_model_get_n_layers (self->model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (self->model, i);
      g_autofree StrataSpec *outputs = g_new0 (StrataSpec, STRATA_MAX_RESULTS);
      StrataSummaryRow row = { .layer = layer };
      guint n_outputs = 0;

      if (n_specs > 0 && strata_layer_infer (layer, specs, n_specs, outputs, &n_outputs, NULL))
        {
          set_specs (&row, outputs, n_outputs);
          specs[0] = outputs[0];
        }
      else
        n_specs = 0;
      row.connections = g_strdup ("-");
      g_array_append_val (self->rows, row);
    }
}

/**
 * strata_summary_rows_init: (skip)
 *
 * Finds what is told of each layer of @model; strata_summary_rows_clear() frees it.
 */
void
strata_summary_rows_init (StrataSummaryRows *self,
                          StrataModel       *model)
{
  self->model = model;
  self->connected = !is_a_chain (model);
  self->rows = g_array_new (FALSE, TRUE, sizeof (StrataSummaryRow));
  g_array_set_clear_func (self->rows, row_clear);
  if (STRATA_IS_FUNCTIONAL (model))
    add_functional_rows (self);
  else
    add_plain_rows (self);
}

void
strata_summary_rows_clear (StrataSummaryRows *self)
{
  g_array_unref (self->rows);
}
