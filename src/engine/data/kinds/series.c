/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/table-set.h"
#include "data/window-source.h"
#include "io/formats/csv.h"
#include "models/slice-source.h"

/* Description:
 *   path       the file; its rows are in order of time
 *   features   names of numeric columns; all where absent
 *   target     name of the numeric column to predict; the first feature where absent
 *   window     how many rows to predict from, default 30
 *   horizon    how many rows ahead to predict, default 1: the next one
 *   stride     rows from one window's start to the next one's, default 1
 *   normalize  whether all numbers are moved to mean 0 and deviation 1 (those to train with), default true
 *   test       share of the windows, the last ones, to set aside, default 0.2
 *
 * What is missing takes the value before it. */

typedef struct
{
  StrataTable *table;
  GPtrArray *features;
  const StrataColumn *target;
  gint64 window, horizon, stride;
  gboolean normalize;
  gint64 n_windows, n_train;
  gint64 n_learn;    /* rows that windows to train with reach */
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->table, strata_table_unref);
  g_clear_pointer (&job->features, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
choose_columns (Job         *job,
                JsonObject  *description,
                GError     **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) targets = strata_table_choose (job->table, description, "target", NULL, error);

  if (targets == NULL)
    return FALSE;
  job->features = strata_table_choose (job->table, description, "features", none, error);
  if (job->features == NULL)
    return FALSE;
  /* Where none are named, dates and other texts are left out. */
  for (guint i = 0; i < job->features->len && !json_object_has_member (description, "features");)
    if (((const StrataColumn *) g_ptr_array_index (job->features, i))->numeric)
      i++;
    else
      g_ptr_array_remove_index (job->features, i);
  if (job->features->len == 0 || targets->len > 1)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "A series needs numeric columns, and one of them to predict");
      return FALSE;
    }
  job->target = g_ptr_array_index (targets->len > 0 ? targets : job->features, 0);
  for (guint i = 0; i <= job->features->len; i++)
    {
      const StrataColumn *column = i < job->features->len ? g_ptr_array_index (job->features, i) : job->target;

      if (!column->numeric)
        {
          strata_set_error (error, STRATA_ERROR_DATA, "The column “%s” has texts, not numbers", column->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
choose_windows (Job         *job,
                JsonObject  *description,
                GError     **error)
{
  gint64 n = strata_table_get_n_rows (job->table);
  double test = strata_json_get_double (description, "test", 0.2);

  job->window = strata_json_get_int (description, "window", 30);
  job->horizon = strata_json_get_int (description, "horizon", 1);
  job->stride = strata_json_get_int (description, "stride", 1);
  job->normalize = strata_json_get_bool (description, "normalize", TRUE);
  if (job->window < 1 || job->horizon < 1 || job->stride < 1 || !(test >= 0 && test < 1))
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "“window”, “horizon” and “stride” must be at least 1, and “test” from 0 to below 1");
      return FALSE;
    }
  if (job->window >= n || job->horizon > n - job->window)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "%" PRId64 " rows are too few for a window of %" PRId64 " and what lies %" PRId64
                        " ahead", n, job->window, job->horizon);
      return FALSE;
    }
  job->n_windows = (n - job->window - job->horizon) / job->stride + 1;
  job->n_train = job->n_windows - (gint64) (job->n_windows * test);
  job->n_learn = (job->n_train - 1) * job->stride + job->window + job->horizon;
  return TRUE;
}

/* Writes a column into every @width-th float, without gaps and normalized. */
static void
write_column (Job                *job,
              const StrataColumn *column,
              float              *at,
              guint               width,
              double             *mean,
              double             *scale)
{
  gint64 n = strata_table_get_n_rows (job->table);
  g_autofree double *numbers = g_new (double, n);
  double last = 0, sum = 0, squares = 0;

  for (gint64 i = 0; i < n && isnan (last = column->numbers[i]); i++)
    ;
  for (gint64 i = 0; i < n; i++)
    last = numbers[i] = isnan (column->numbers[i]) ? last : column->numbers[i];
  for (gint64 i = 0; i < job->n_learn; i++)
    sum += numbers[i];
  for (gint64 i = 0; i < job->n_learn; i++)
    squares += pow (numbers[i] - sum / job->n_learn, 2);
  *mean = job->normalize ? sum / job->n_learn : 0;
  *scale = job->normalize && squares > 1e-12 ? 1 / sqrt (squares / job->n_learn) : 1;
  for (gint64 i = 0; i < n; i++)
    at[i * width] = (numbers[i] - *mean) * *scale;
}

static gboolean
make_sources (Job            *job,
              StrataDataSet  *set,
              GError        **error)
{
  gint64 n = strata_table_get_n_rows (job->table);
  guint width = job->features->len;
  g_autoptr (StrataTensor) series = strata_tensor_try_new (STRATA_FLOAT32, &STRATA_SHAPE (n, width), error);
  g_autoptr (StrataTensor) targets = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (job->n_windows, 1));
  g_autofree float *column = g_new (float, n);
  g_autoptr (StrataSource) x = NULL;
  double mean, scale;

  if (series == NULL)
    return FALSE;
  set->feature_names = g_ptr_array_new_with_free_func (g_free);
  set->features = strata_data_features_new ();
  for (guint i = 0; i < width; i++)
    {
      const StrataColumn *feature = g_ptr_array_index (job->features, i);
      StrataFeature described;

      write_column (job, feature, strata_tensor_get_floats (series) + i, width, &mean, &scale);
      g_ptr_array_add (set->feature_names, g_strdup (feature->name));
      described = (StrataFeature){ g_strdup (feature->name), NULL, mean, scale, mean, 1 / scale };
      g_array_append_val (set->features, described);
    }
  set->target_name = g_strdup (job->target->name);
  write_column (job, job->target, column, 1, &set->target_mean, &set->target_scale);
  for (gint64 i = 0; i < job->n_windows; i++)
    strata_tensor_get_floats (targets)[i] = column[i * job->stride + job->window + job->horizon - 1];

  x = strata_window_source_new (series, job->window, job->stride, job->n_windows);
  set->x = strata_slice_source_new (x, 0, job->n_train);
  if (job->n_train < job->n_windows)
    set->test_x = strata_slice_source_new (x, job->n_train, job->n_windows);
  strata_data_set_split_y (set, targets, job->n_train);
  return TRUE;
}

static StrataDataSet *
series_load (JsonObject  *description,
             const char  *folder,
             GError     **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_autofree char *path = strata_data_resolve (description, "path", folder, error);
  g_autofree char *name = NULL;
  g_auto (Job) job = { .table = path != NULL ? strata_csv_read (path, error) : NULL };

  if (job.table == NULL)
    return NULL;
  if (!choose_columns (&job, description, error) || !choose_windows (&job, description, error) ||
      !make_sources (&job, set, error))
    {
      g_prefix_error (error, "“%s”: ", path);
      return NULL;
    }
  name = g_path_get_basename (path);
  set->summary =
    g_strdup_printf (_("%s: “%s” %" PRId64 " ahead from windows of %" PRId64 ": %" PRId64 " to train with, %"
                       PRId64 " to test"),
                     name, job.target->name, job.horizon, job.window, job.n_train,
                     job.n_windows - job.n_train);
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_series = {
  .name = "series",
  .title = "Time series",
  .description = "A CSV file in order of time: windows of rows to predict a later one from",
  .load = series_load,
};
