/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/error.h"
#include "layers/naming.h"
#include "layers/operator.h"
#include "models/functional.h"
#include "models/summary-table.h"
#include "models/summary-totals.h"

/* What Keras takes where the terminal is wide enough. */
#define PLAIN_WIDTH 88
#define CONNECTED_WIDTH 108
#define TRAINABLE_WIDTH 12
#define LEAST_WIDTH 40
#define MAX_DEPTH 32

/* A row: what the table and the JSON say of a layer. */
typedef struct
{
  StrataLayer *layer;
  const StrataMaskOp *mask; /* in place of a layer */
  char *shape;
  char *connections;
} Row;

typedef struct
{
  StrataModel *model;
  gboolean connected;
  GArray *rows;
} Summary;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->shape);
  g_free (row->connections);
}

static char *
format_specs (const StrataSpec *specs,
              guint             n)
{
  g_autoptr (GString) text = g_string_new (n == 1 ? "" : "[");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *shape = strata_shape_to_string (&specs[i].shape);
      char *comma = specs[i].shape.rank == 1 ? strchr (shape, ',') : NULL;

      /* Keras writes a single dimension as no tuple of Python's. */
      if (comma != NULL)
        memmove (comma, comma + 1, strlen (comma));
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shape);
    }
  if (n != 1)
    g_string_append_c (text, ']');
  return g_strdup (text->str);
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
add_layer_row (Summary     *self,
               StrataLayer *layer)
{
  g_autoptr (GPtrArray) sites = find_sites (STRATA_FUNCTIONAL (self->model), layer);
  Row row = { .layer = layer };

  if (sites->len > 0)
    {
      StrataSite *site = g_ptr_array_index (sites, sites->len - 1);

      row.shape = format_specs (site->specs, site->n_outputs);
    }
  if (row.shape == NULL)
    row.shape = g_strdup ("?");
  row.connections = describe_connections (STRATA_FUNCTIONAL (self->model), sites);
  g_array_append_val (self->rows, row);
}

static void
add_mask_row (Summary            *self,
              const StrataMaskOp *op)
{
  Row row = { .mask = op, .shape = format_specs (&op->spec, 1) };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < op->operands->len; i++)
    add_mask_connection (text, g_array_index (op->operands, StrataMask, i));
  row.connections = end_connections (text);
  g_array_append_val (self->rows, row);
}

static void
add_functional_rows (Summary *self)
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
add_plain_rows (Summary *self)
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
      Row row = { .layer = layer };
      guint n_outputs = 0;

      if (n_specs > 0 && strata_layer_infer (layer, specs, n_specs, outputs, &n_outputs, NULL))
        {
          row.shape = format_specs (outputs, n_outputs);
          specs[0] = outputs[0];
        }
      else
        n_specs = 0;
      if (row.shape == NULL)
        row.shape = g_strdup ("?");
      row.connections = g_strdup ("-");
      g_array_append_val (self->rows, row);
    }
}

static void
summary_init (Summary     *self,
              StrataModel *model)
{
  self->model = model;
  self->connected = !is_a_chain (model);
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  if (STRATA_IS_FUNCTIONAL (model))
    add_functional_rows (self);
  else
    add_plain_rows (self);
}

/* 1234567 as "1,234,567", whatever the locale. */
static const char *
tell_trainable (StrataLayer *layer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

  return weights->len == 0 ? "-" : strata_layer_get_trainable (layer) ? "Y" : "N";
}

static const char *
get_row_name (const Row *row)
{
  return row->mask != NULL ? row->mask->name : strata_layer_get_name (row->layer);
}

static char *
tell_params (const Row *row)
{
  g_autofree char *count = NULL;

  if (row->mask != NULL)
    return g_strdup ("0");
  count = strata_summary_format_count (strata_layer_count_params (row->layer, FALSE));
  return g_strconcat (count, strata_layer_is_built (row->layer) || STRATA_IS_OPERATOR (row->layer)
                      ? NULL : " (unbuilt)", NULL);
}

static void
add_cells (const Summary              *self,
           const StrataSummaryOptions *options,
           const Row                  *row,
           guint                       depth,
           GPtrArray                  *rows)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autofree char *name = NULL, *params = tell_params (row);
  const char *class_name = row->mask != NULL
                             ? row->mask->class_name
                             : strata_naming_get_own (strata_object_get_class_name (STRATA_OBJECT (row->layer)));

  name = g_strdup_printf ("%*s%s%s (%s)", 3 * depth, "", depth > 0 ? "└ " : "", get_row_name (row), class_name);
  g_strv_builder_add (cells, name);
  g_strv_builder_add (cells, row->shape);
  g_strv_builder_add (cells, params);
  if (self->connected)
    g_strv_builder_add (cells, depth > 0 ? "-" : row->connections);
  if (options->show_trainable)
    g_strv_builder_add (cells, row->mask != NULL ? "-" : tell_trainable (row->layer));
  g_ptr_array_add (rows, g_strv_builder_end (cells));
}

/* Which rows are shown: from the first that matches one pattern to the last that matches the other, as Keras takes
 * it. */
static gboolean
find_range (const Summary               *self,
            const StrataSummaryOptions  *options,
            guint                       *start,
            guint                       *end,
            GError                     **error)
{
  const char *patterns[] = { options->first_layer, options->last_layer };
  guint lowest[2], highest[2];

  *start = 0;
  *end = self->rows->len;
  if (options->first_layer == NULL && options->last_layer == NULL)
    return TRUE;
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[k] != NULL ? patterns[k] : "", G_REGEX_ANCHORED,
                                              G_REGEX_MATCH_ANCHORED, error);
      gboolean found = FALSE;

      if (regex == NULL)
        return FALSE;
      for (guint i = 0; i < self->rows->len; i++)
        if (g_regex_match (regex, get_row_name (&g_array_index (self->rows, Row, i)), 0, NULL))
          {
            lowest[k] = found ? lowest[k] : i;
            highest[k] = i;
            found = TRUE;
          }
      if (!found)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "No layer of the model “%s” is called “%s”",
                            strata_layer_get_name (STRATA_LAYER (self->model)), patterns[k] != NULL ? patterns[k] : "");
          return FALSE;
        }
    }
  *start = lowest[0] > highest[1] ? lowest[1] : lowest[0];
  *end = lowest[0] > highest[1] ? highest[0] + 1 : highest[1] + 1;
  return TRUE;
}

/* A model's layers follow it where it is unfolded. */
static void
add_all_cells (const Summary              *self,
               const StrataSummaryOptions *options,
               const Summary              *inner,
               guint                       start,
               guint                       end,
               guint                       depth,
               GPtrArray                  *rows)
{
  for (guint i = start; i < end; i++)
    {
      const Row *row = &g_array_index (inner->rows, Row, i);

      if (depth > 0 && (row->mask != NULL || STRATA_IS_OPERATOR (row->layer)))
        continue;
      add_cells (self, options, row, depth, rows);
      if (options->expand_nested && row->mask == NULL && STRATA_IS_MODEL (row->layer) && depth < MAX_DEPTH)
        {
          Summary next;

          summary_init (&next, STRATA_MODEL (row->layer));
          add_all_cells (self, options, &next, 0, next.rows->len, depth + 1, rows);
          g_array_unref (next.rows);
        }
    }
}

static guint
choose_columns (const Summary              *self,
                const StrataSummaryOptions *options,
                StrataSummaryColumn        *columns)
{
  static const StrataSummaryColumn plain[] = {
    { "Layer (type)", 0.45, STRATA_SUMMARY_LEFT },
    { "Output Shape", 0.80, STRATA_SUMMARY_LEFT },
    { "Param #", 1.0, STRATA_SUMMARY_RIGHT },
  };
  static const StrataSummaryColumn connected[] = {
    { "Layer (type)", 0.3, STRATA_SUMMARY_LEFT },
    { "Output Shape", 0.56, STRATA_SUMMARY_LEFT },
    { "Param #", 0.74, STRATA_SUMMARY_RIGHT },
    { "Connected to", 1.0, STRATA_SUMMARY_LEFT },
  };
  guint n = self->connected ? G_N_ELEMENTS (connected) : G_N_ELEMENTS (plain);

  for (guint i = 0; i < n; i++)
    {
      columns[i] = self->connected ? connected[i] : plain[i];
      if (options->positions[0] > 0)
        columns[i].stop = options->positions[i];
      columns[i].stop *= options->show_trainable ? 0.9 : 1;
    }
  if (options->show_trainable)
    columns[n++] = (StrataSummaryColumn){ "Trainable", 1.0, STRATA_SUMMARY_CENTER };
  return n;
}

/**
 * strata_model_summary_full:
 * @options: how the table is to be
 *
 * Returns: (transfer full): the table that Keras's summary() prints; %NULL with @error set where no layers are called
 *   as @options ask
 */
char *
strata_model_summary_full (StrataModel                 *self,
                           const StrataSummaryOptions  *options,
                           GError                     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GString *out;
  StrataSummaryColumn columns[STRATA_SUMMARY_MAX_COLUMNS];
  Summary summary;
  guint n_columns, line, start, end;

  summary_init (&summary, self);
  if (!find_range (&summary, options, &start, &end, error))
    {
      g_array_unref (summary.rows);
      return NULL;
    }
  out = g_string_new (NULL);
  n_columns = choose_columns (&summary, options, columns);
  line = (summary.connected ? CONNECTED_WIDTH : PLAIN_WIDTH) + (options->show_trainable ? TRAINABLE_WIDTH : 0);
  if (options->width > 0)
    line = MIN (line, (guint) MAX (options->width - 4, 0));
  if (options->line_length > 0)
    line = options->line_length;
  add_all_cells (&summary, options, &summary, start, end, 0, rows);
  g_string_append_printf (out, "Model: \"%s\"\n", strata_layer_get_name (STRATA_LAYER (self)));
  strata_summary_table_render (out, columns, n_columns, MAX (line, LEAST_WIDTH), rows);
  strata_summary_append_totals (out, self);
  g_array_unref (summary.rows);
  return g_string_free (out, FALSE);
}

/**
 * strata_model_summary:
 * @width: how wide the terminal is; 0 for any
 *
 * Returns: (transfer full): the table that Keras's summary() prints
 */
char *
strata_model_summary (StrataModel *self,
                      int          width)
{
  const StrataSummaryOptions options = { .width = width };

  return strata_model_summary_full (self, &options, NULL);
}

/**
 * strata_model_summary_json:
 *
 * Returns: (transfer full): the same as an object: name, layers, totals
 */
JsonNode *
strata_model_summary_json (StrataModel *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *layers = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  StrataSummaryTotal all, trainable, optimizer;
  Summary summary;

  summary_init (&summary, self);
  for (guint i = 0; i < summary.rows->len; i++)
    {
      Row *row = &g_array_index (summary.rows, Row, i);
      JsonObject *entry;

      if (row->mask != NULL)
        continue;
      entry = json_object_new ();
      json_object_set_string_member (entry, "name", strata_layer_get_name (row->layer));
      json_object_set_string_member (entry, "class_name", strata_object_get_class_name (STRATA_OBJECT (row->layer)));
      json_object_set_string_member (entry, "output_shape", row->shape);
      json_object_set_int_member (entry, "params", strata_layer_count_params (row->layer, FALSE));
      json_object_set_boolean_member (entry, "trainable", strata_layer_get_trainable (row->layer));
      json_object_set_string_member (entry, "connected_to", row->connections);
      json_array_add_object_element (layers, entry);
    }
  g_array_unref (summary.rows);

  strata_summary_get_totals (self, &all, &trainable, &optimizer);
  json_object_set_string_member (object, "name", strata_layer_get_name (STRATA_LAYER (self)));
  json_object_set_string_member (object, "class_name", strata_object_get_class_name (STRATA_OBJECT (self)));
  json_object_set_array_member (object, "layers", layers);
  json_object_set_int_member (object, "params", all.count);
  json_object_set_int_member (object, "trainable_params", trainable.count);
  json_object_set_int_member (object, "non_trainable_params", all.count - trainable.count);
  json_object_set_int_member (object, "optimizer_params", optimizer.count);
  json_node_take_object (node, object);
  return node;
}
