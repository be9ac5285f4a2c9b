/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/summary-totals.h"

#include "base/policy.h"

#define MAX_DEPTH 60

/**
 * strata_summary_format_count: (skip)
 *
 * Returns: (transfer full): a number with commas between thousands
 */
char *
strata_summary_format_count (gint64 count)
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

static StrataSummaryTotal
add_up (GPtrArray       *variables,
        GHashTable      *sizes,
        StrataOptimizer *optimizer)
{
  StrataSummaryTotal total = { 0 };

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      gint64 size = strata_shape_get_size (&variable->shape);
      StrataVariable *weight = optimizer != NULL ? strata_optimizer_get_subject (optimizer, variable) : variable;
      guint bytes = variable->dtype == STRATA_FLOAT32 ? GPOINTER_TO_UINT (g_hash_table_lookup (sizes, weight)) : 0;

      total.count += size;
      total.bytes += size * (bytes > 0 ? bytes : strata_dtype_get_size (variable->dtype));
    }
  return total;
}

/* What a number takes in Keras, where layers keep weights in the type that they compute in. Here, weights are
 * float32. */
static void
note_sizes (StrataLayer *layer,
            guint        depth,
            GHashTable  *sizes)
{
  g_autoptr (JsonNode) policy = strata_object_get_param (STRATA_OBJECT (layer), "dtype");
  g_autoptr (GPtrArray) own = strata_layer_dup_own_weights (layer);
  const char *name = strata_policy_get_variable_dtype (policy);
  guint bytes = 0;

  if (g_str_equal (name, "float16") || g_str_equal (name, "bfloat16"))
    bytes = 2;
  else if (g_str_equal (name, "float64"))
    bytes = 8;
  for (guint i = 0; i < own->len && bytes > 0; i++)
    if (((StrataVariable *) g_ptr_array_index (own, i))->dtype == STRATA_FLOAT32)
      g_hash_table_insert (sizes, g_ptr_array_index (own, i), GUINT_TO_POINTER (bytes));
  for (guint i = 0; i < strata_layer_get_n_children (layer) && depth < MAX_DEPTH; i++)
    note_sizes (strata_layer_get_child (layer, i, NULL), depth + 1, sizes);
}

/**
 * strata_summary_get_totals: (skip)
 * @all: (out): all weights
 * @trainable: (out): those that learn
 * @optimizer: (out): what the optimizer keeps
 */
void
strata_summary_get_totals (StrataModel        *model,
                           StrataSummaryTotal *all,
                           StrataSummaryTotal *trainable,
                           StrataSummaryTotal *optimizer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));
  g_autoptr (GPtrArray) trained = strata_layer_dup_trainable_weights (STRATA_LAYER (model));
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);

  note_sizes (STRATA_LAYER (model), 0, sizes);
  *all = add_up (weights, sizes, NULL);
  *trainable = add_up (trained, sizes, NULL);
  *optimizer = (StrataSummaryTotal){ 0 };
  if (strata_model_get_optimizer (model) != NULL && strata_optimizer_is_built (strata_model_get_optimizer (model)))
    {
      g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (strata_model_get_optimizer (model));

      *optimizer = add_up (variables, sizes, strata_model_get_optimizer (model));
    }
}

static void
append_total (GString            *out,
              const char         *label,
              StrataSummaryTotal  total)
{
  g_autofree char *count = strata_summary_format_count (total.count), *bytes = format_bytes (total.bytes);

  g_string_append_printf (out, " %s: %s (%s)\n", label, count, bytes);
}

/**
 * strata_summary_append_totals: (skip)
 *
 * Appends the lines below the table.
 */
void
strata_summary_append_totals (GString     *out,
                              StrataModel *model)
{
  StrataSummaryTotal all, trainable, optimizer, rest;

  strata_summary_get_totals (model, &all, &trainable, &optimizer);
  rest = (StrataSummaryTotal){ all.count - trainable.count, all.bytes - trainable.bytes };
  append_total (out, "Total params", (StrataSummaryTotal){ all.count + optimizer.count, all.bytes + optimizer.bytes });
  append_total (out, "Trainable params", trainable);
  append_total (out, "Non-trainable params", rest);
  if (optimizer.count > 0)
    append_total (out, "Optimizer params", optimizer);
}
