/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/encoder.h"
#include "data/table-set.h"
#include "io/formats/csv.h"

/* Description:
 *   path       the file
 *   target     name of the column to predict (or several numeric ones); none: inputs only; for a network of several
 *              outputs a list with a list of columns for each
 *   features   names of the columns to predict from; all others where absent; for a network of several inputs a list
 *              with a list of columns for each
 *   task       "classification" or "regression"; see strata_column_is_class(); a list with one for each of several
 *              outputs
 *   missing    "drop" (default): rows where a used cell is missing are left out;
 *              "fill": numbers take the column's mean, texts are a value of their own; rows without a target are left
 * out
 *   normalize  whether numbers are moved to mean 0 and deviation 1 (those of the rows to train with)
 *   test       share of rows to set aside, default 0.2
 *   shuffle    whether rows are shuffled before, default true
 *   seed       what the order is drawn from, default 0
 *
 * Text columns become one number for each of their values: 1 where it is that value. */

typedef struct
{
  StrataTable *table;
  GPtrArray *targets, *features;                 /* lists of columns, one for each output and input */
  gboolean fill, normalize;
  gint64 *rows;     /* those to train with first */
  gint64 n, n_train;
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->table, strata_table_unref);
  g_clear_pointer (&job->targets, g_ptr_array_unref);
  g_clear_pointer (&job->features, g_ptr_array_unref);
  g_clear_pointer (&job->rows, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* The columns of all lists, as often as they are named. */
static GPtrArray *
flatten (GPtrArray *lists)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_extend (all, g_ptr_array_index (lists, i), NULL, NULL);
  return all;
}

static gboolean
choose_columns (Job         *job,
                JsonObject  *description,
                GError     **error)
{
  g_autoptr (GPtrArray) targets = NULL, features = NULL;

  job->targets = strata_table_choose_lists (job->table, description, "target", NULL, error);
  if (job->targets == NULL)
    return FALSE;
  targets = flatten (job->targets);
  job->features = strata_table_choose_lists (job->table, description, "features", targets, error);
  if (job->features == NULL)
    return FALSE;
  features = flatten (job->features);
  if (features->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "There is no column to predict from");
      return FALSE;
    }
  return TRUE;
}

static gboolean
choose_rows (Job         *job,
             JsonObject  *description,
             GError     **error)
{
  g_autoptr (GPtrArray) used = flatten (job->targets), features = flatten (job->features);
  g_autoptr (GArray) rows = NULL;
  g_autofree gint64 *order = NULL;
  const char *missing = strata_json_get_string (description, "missing", "drop");

  if (!g_str_equal (missing, "drop") && !g_str_equal (missing, "fill"))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "“missing” must be “drop” or “fill”, not “%s”", missing);
      return FALSE;
    }
  job->fill = g_str_equal (missing, "fill");
  if (!job->fill)
    g_ptr_array_extend (used, features, NULL, NULL);
  rows = strata_table_usable_rows (job->table, used, FALSE);
  if (rows->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "Every row lacks a value; set “missing” to “fill” or leave columns out");
      return FALSE;
    }

  job->n = rows->len;
  if (!strata_data_split (job->n, strata_json_get_double (description, "test", 0.2),
                          strata_json_get_bool (description, "shuffle", TRUE),
                          strata_json_get_int (description, "seed", 0),
                          &order, &job->n_train, error))
    return FALSE;
  job->rows = g_new (gint64, job->n);
  for (gint64 i = 0; i < job->n; i++)
    job->rows[i] = g_array_index (rows, gint64, order[i]);
  return TRUE;
}

static gboolean
make_input (Job            *job,
            GPtrArray      *columns,
            StrataDataSet  *set,
            GError        **error)
{
  g_autoptr (StrataEncoder) encoder = strata_encoder_new (columns, job->rows, job->n_train, job->normalize, error);
  g_autoptr (StrataTensor) x = encoder != NULL ? strata_encoder_apply (encoder, job->rows, job->n, error) : NULL;

  if (x == NULL)
    return FALSE;
  set->feature_names = strata_encoder_dup_names (encoder);
  set->features = strata_encoder_dup_features (encoder);
  strata_data_set_split_x (set, x, job->n_train);
  return TRUE;
}

static GPtrArray *
new_parts (guint n)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_data_set_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (parts, strata_data_set_new ());
  return parts;
}

static gboolean
make_inputs (Job            *job,
             StrataDataSet  *set,
             GError        **error)
{
  g_autoptr (GPtrArray) inputs = NULL;

  if (job->features->len == 1)
    return make_input (job, g_ptr_array_index (job->features, 0), set, error);
  inputs = new_parts (job->features->len);
  for (guint i = 0; i < inputs->len; i++)
    if (!make_input (job, g_ptr_array_index (job->features, i), g_ptr_array_index (inputs, i), error))
      return FALSE;
  strata_data_set_join_inputs (set, inputs);
  return TRUE;
}

static StrataTensor *
make_numbers (Job        *job,
              GPtrArray  *columns,
              GError    **error)
{
  guint width = columns->len;
  StrataTensor *y;

  for (guint i = 0; i < width; i++)
    {
      const StrataColumn *column = g_ptr_array_index (columns, i);

      if (!column->numeric)
        {
          strata_set_error (error, STRATA_ERROR_DATA, "The column “%s” has texts; several targets must be numbers",
                            column->name);
          return NULL;
        }
    }
  y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (job->n, width));
  for (gint64 row = 0; row < job->n; row++)
    for (guint i = 0; i < width; i++)
      strata_tensor_get_floats (y)[row * width + i] =
        ((const StrataColumn *) g_ptr_array_index (columns, i))->numbers[job->rows[row]];
  return y;
}

static gboolean
make_target (Job            *job,
             GPtrArray      *columns,
             JsonObject     *description,
             StrataDataSet  *set,
             GError        **error)
{
  g_autoptr (StrataTensor) y = NULL;
  g_autoptr (GError) why = NULL;
  const StrataColumn *first;

  if (columns->len == 0)
    return TRUE;
  first = g_ptr_array_index (columns, 0);
  set->target_name = columns->len == 1 ? g_strdup (first->name) : NULL;
  if (columns->len == 1 && strata_column_is_class (first, description, &why))
    {
      set->class_names = strata_column_dup_classes (first, strata_table_get_n_rows (job->table));
      set->n_classes = set->class_names->len;
      y = strata_column_to_classes (first, set->class_names, job->rows, job->n, error);
    }
  else if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    y = make_numbers (job, columns, error);
  if (y == NULL)
    return FALSE;
  strata_data_set_split_y (set, y, job->n_train);
  return TRUE;
}

/* What is said of one output. */
static JsonObject *
describe_output (JsonObject *description,
                 guint       i)
{
  JsonArray *tasks = strata_json_get_array (description, "task");
  const char *task = strata_json_get_string (description, "task", NULL);
  JsonObject *own = json_object_new ();

  if (tasks != NULL && i < json_array_get_length (tasks))
    task = strata_json_element_string (tasks, i);
  if (task != NULL)
    json_object_set_string_member (own, "task", task);
  return own;
}

static gboolean
make_targets (Job            *job,
              JsonObject     *description,
              StrataDataSet  *set,
              GError        **error)
{
  g_autoptr (GPtrArray) outputs = NULL;

  if (job->targets->len == 1)
    return make_target (job, g_ptr_array_index (job->targets, 0), description, set, error);
  outputs = new_parts (job->targets->len);
  for (guint i = 0; i < outputs->len; i++)
    {
      g_autoptr (JsonObject) own = describe_output (description, i);

      if (!make_target (job, g_ptr_array_index (job->targets, i), own, g_ptr_array_index (outputs, i), error))
        return FALSE;
    }
  strata_data_set_join_outputs (set, outputs);
  return TRUE;
}

static char *
summarize (Job           *job,
           StrataDataSet *set,
           const char    *path)
{
  g_autofree char *name = g_path_get_basename (path);
  GString *text = g_string_new (NULL);
  gint64 dropped = strata_table_get_n_rows (job->table) - job->n;
  guint n_features = set->feature_names != NULL ? set->feature_names->len : 0;

  for (guint i = 0; set->inputs != NULL && i < set->inputs->len; i++)
    n_features += ((const StrataDataSet *) g_ptr_array_index (set->inputs, i))->feature_names->len;
  g_string_append_printf (text, _("%s: %" PRId64 " rows to train with, %" PRId64 " to test"), name, job->n_train,
                          job->n - job->n_train);
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, ", %u feature", ", %u features", n_features),
                          n_features);
  if (set->n_classes > 0)
    g_string_append_printf (text, _(", %" PRId64 " classes"), set->n_classes);
  if (dropped > 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "; %" PRId64 " row with missing values left out",
                                               "; %" PRId64 " rows with missing values left out", dropped), dropped);
  return g_string_free (text, FALSE);
}

static StrataDataSet *
csv_load (JsonObject  *description,
          const char  *folder,
          GError     **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_autofree char *path = strata_data_resolve (description, "path", folder, error);
  g_auto (Job) job = { .table = path != NULL ? strata_csv_read (path, error) : NULL };

  if (job.table == NULL)
    return NULL;
  job.normalize = strata_json_get_bool (description, "normalize", FALSE);
  if (!choose_columns (&job, description, error) || !choose_rows (&job, description, error) ||
      !make_inputs (&job, set, error) || !make_targets (&job, description, set, error))
    {
      g_prefix_error (error, "“%s”: ", path);
      return NULL;
    }
  set->summary = summarize (&job, set, path);
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_csv = {
  .name = "csv",
  .title = "Table",
  .description = "A CSV file: columns to predict from and a column to predict",
  .load = csv_load,
};
