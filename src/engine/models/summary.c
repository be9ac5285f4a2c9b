/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operator.h"
#include "models/functional.h"
#include "models/summary-table.h"

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

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shape);
    }
  if (n != 1)
    g_string_append_c (text, ']');
  return g_strdup (text->str);
}

/* Calls of a layer that belong to the model: it may be used elsewhere too. */
static GPtrArray *
find_sites (StrataFunctional *model,
            StrataLayer      *layer)
{
  const GPtrArray *all = strata_functional_get_sites (model);
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (((StrataSite *) g_ptr_array_index (all, i))->layer == layer)
      g_ptr_array_add (own, g_ptr_array_index (all, i));
  return own;
}

/* Keras leaves out "Connected to" where each layer follows the one before. */
static gboolean
is_a_chain (StrataModel *model)
{
  const GPtrArray *sites;

  if (!STRATA_IS_FUNCTIONAL (model))
    return TRUE;
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

static char *
describe_connections (GPtrArray *sites)
{
  GString *text = g_string_new (NULL);

  for (guint s = 0; s < sites->len; s++)
    {
      StrataSite *site = g_ptr_array_index (sites, s);

      for (guint i = 0; i < site->inputs->len; i++)
        {
          StrataSymbol *symbol = g_ptr_array_index (site->inputs, i);

          g_string_append_printf (text, "%s%s[%u][%u]", text->len > 0 ? ", " : "", strata_layer_get_name (symbol->layer),
                                  symbol->site->index, symbol->index);
        }
    }
  if (text->len == 0)
    g_string_append_c (text, '-');
  return g_string_free (text, FALSE);
}

static void
add_functional_rows (Summary *self)
{
  for (guint i = 0; i < strata_model_get_n_layers (self->model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (self->model, i);
      g_autoptr (GPtrArray) sites = find_sites (STRATA_FUNCTIONAL (self->model), layer);
      Row row = { .layer = layer };

      if (sites->len > 0)
        {
          StrataSite *site = g_ptr_array_index (sites, sites->len - 1);

          row.shape = format_specs (site->specs, site->n_outputs);
        }
      if (row.shape == NULL)
        row.shape = g_strdup ("?");
      row.connections = describe_connections (sites);
      g_array_append_val (self->rows, row);
    }
}

static void
add_plain_rows (Summary *self)
{
  g_autofree StrataSpec *specs = g_new0 (StrataSpec, STRATA_MAX_RESULTS);
  guint n_specs = strata_model_get_n_inputs (self->model) == 1 && strata_layer_is_built (STRATA_LAYER (self->model)) ? 1 : 0;

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
static char *
format_count (gint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  GString *text = g_string_new (digits);

  for (gssize i = (gssize) text->len - 3; i > 0; i -= 3)
    g_string_insert_c (text, i, ',');
  return g_string_free (text, FALSE);
}

static char *
format_bytes (double bytes)
{
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB" };
  guint unit = 0;

  while (bytes >= 1024 && unit + 1 < G_N_ELEMENTS (units))
    {
      bytes /= 1024;
      unit++;
    }
  return g_strdup_printf ("%.2f %s", bytes, units[unit]);
}

typedef struct
{
  gint64 count, bytes;
} Total;

static Total
add_up (GPtrArray *variables)
{
  Total total = { 0 };

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      gint64 size = strata_shape_get_size (&variable->shape);

      total.count += size;
      total.bytes += size * strata_dtype_get_size (variable->dtype);
    }
  return total;
}

static void
get_totals (StrataModel *model,
            Total       *all,
            Total       *trainable,
            Total       *optimizer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));
  g_autoptr (GPtrArray) trained = strata_layer_dup_trainable_weights (STRATA_LAYER (model));

  *all = add_up (weights);
  *trainable = add_up (trained);
  *optimizer = (Total){ 0 };
  if (strata_model_get_optimizer (model) != NULL && strata_optimizer_is_built (strata_model_get_optimizer (model)))
    {
      g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (strata_model_get_optimizer (model));

      *optimizer = add_up (variables);
    }
}

static void
append_total (GString    *out,
              const char *label,
              Total       total)
{
  g_autofree char *count = format_count (total.count), *bytes = format_bytes (total.bytes);

  g_string_append_printf (out, " %s: %s (%s)\n", label, count, bytes);
}

static void
append_totals (GString     *out,
               StrataModel *model)
{
  Total all, trainable, optimizer, rest;

  get_totals (model, &all, &trainable, &optimizer);
  rest = (Total){ all.count - trainable.count, all.bytes - trainable.bytes };
  append_total (out, "Total params", (Total){ all.count + optimizer.count, all.bytes + optimizer.bytes });
  append_total (out, "Trainable params", trainable);
  append_total (out, "Non-trainable params", rest);
  if (optimizer.count > 0)
    append_total (out, "Optimizer params", optimizer);
}

static const char *
tell_trainable (StrataLayer *layer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

  return weights->len == 0 ? "-" : strata_layer_get_trainable (layer) ? "Y" : "N";
}

static void
add_cells (const Summary              *self,
           const StrataSummaryOptions *options,
           const Row                  *row,
           guint                       depth,
           GPtrArray                  *rows)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autofree char *count = format_count (strata_layer_count_params (row->layer, FALSE)), *name = NULL, *params = NULL;
  gboolean built = strata_layer_is_built (row->layer) || STRATA_IS_OPERATOR (row->layer);

  name = g_strdup_printf ("%*s%s%s (%s)", 3 * depth, "", depth > 0 ? "└ " : "", strata_layer_get_name (row->layer),
                          strata_object_get_class_name (STRATA_OBJECT (row->layer)));
  params = g_strconcat (count, built ? NULL : " (unbuilt)", NULL);
  g_strv_builder_add (cells, name);
  g_strv_builder_add (cells, row->shape);
  g_strv_builder_add (cells, params);
  if (self->connected)
    g_strv_builder_add (cells, depth > 0 ? "-" : row->connections);
  if (options->show_trainable)
    g_strv_builder_add (cells, tell_trainable (row->layer));
  g_ptr_array_add (rows, g_strv_builder_end (cells));
}

/* A model's layers follow it where it is unfolded. */
static void
add_all_cells (const Summary              *self,
               const StrataSummaryOptions *options,
               const Summary              *inner,
               guint                       depth,
               GPtrArray                  *rows)
{
  for (guint i = 0; i < inner->rows->len; i++)
    {
      const Row *row = &g_array_index (inner->rows, Row, i);

      if (depth > 0 && STRATA_IS_OPERATOR (row->layer))
        continue;
      add_cells (self, options, row, depth, rows);
      if (options->expand_nested && STRATA_IS_MODEL (row->layer) && depth < MAX_DEPTH)
        {
          Summary next;

          summary_init (&next, STRATA_MODEL (row->layer));
          add_all_cells (self, options, &next, depth + 1, rows);
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
 * Returns: (transfer full): the table that Keras's summary() prints
 */
char *
strata_model_summary_full (StrataModel                *self,
                           const StrataSummaryOptions *options)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GString *out = g_string_new (NULL);
  StrataSummaryColumn columns[STRATA_SUMMARY_MAX_COLUMNS];
  Summary summary;
  guint n_columns, line;

  summary_init (&summary, self);
  n_columns = choose_columns (&summary, options, columns);
  line = (summary.connected ? CONNECTED_WIDTH : PLAIN_WIDTH) + (options->show_trainable ? TRAINABLE_WIDTH : 0);
  if (options->width > 0)
    line = MIN (line, (guint) MAX (options->width - 4, 0));
  if (options->line_length > 0)
    line = options->line_length;
  add_all_cells (&summary, options, &summary, 0, rows);
  g_string_append_printf (out, "Model: \"%s\"\n", strata_layer_get_name (STRATA_LAYER (self)));
  strata_summary_table_render (out, columns, n_columns, MAX (line, LEAST_WIDTH), rows);
  append_totals (out, self);
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

  return strata_model_summary_full (self, &options);
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
  Total all, trainable, optimizer;
  Summary summary;

  summary_init (&summary, self);
  for (guint i = 0; i < summary.rows->len; i++)
    {
      Row *row = &g_array_index (summary.rows, Row, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "name", strata_layer_get_name (row->layer));
      json_object_set_string_member (entry, "class_name", strata_object_get_class_name (STRATA_OBJECT (row->layer)));
      json_object_set_string_member (entry, "output_shape", row->shape);
      json_object_set_int_member (entry, "params", strata_layer_count_params (row->layer, FALSE));
      json_object_set_boolean_member (entry, "trainable", strata_layer_get_trainable (row->layer));
      json_object_set_string_member (entry, "connected_to", row->connections);
      json_array_add_object_element (layers, entry);
    }
  g_array_unref (summary.rows);

  get_totals (self, &all, &trainable, &optimizer);
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
