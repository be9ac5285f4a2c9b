/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/text-set.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/json.h"
#include "data/data-source.h"
#include "data/table-set.h"
#include "data/vocabulary.h"

#define MAX_LENGTH 100000

typedef struct
{
  StrataTable *table;
  const StrataColumn *text, *target;
  gint64 *rows;
  gint64 n, n_train;
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->rows, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
choose_columns (Job         *job,
                const char  *text,
                const char  *target,
                GError     **error)
{
  job->text = strata_table_find_column (job->table, text, error);
  if (job->text == NULL)
    return FALSE;
  if (job->text->numeric)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "The column “%s” has numbers, not texts", job->text->name);
      return FALSE;
    }
  if (target == NULL)
    return TRUE;
  job->target = strata_table_find_column (job->table, target, error);
  return job->target != NULL;
}

static gboolean
choose_rows (Job         *job,
             JsonObject  *description,
             GError     **error)
{
  g_autoptr (GPtrArray) used = g_ptr_array_new ();
  g_autoptr (GArray) rows = NULL;
  g_autofree gint64 *order = NULL;

  g_ptr_array_add (used, (gpointer) job->text);
  if (job->target != NULL)
    g_ptr_array_add (used, (gpointer) job->target);
  rows = strata_table_usable_rows (job->table, used, FALSE);
  job->n = rows->len;
  if (!strata_data_split (job->n, strata_json_get_double (description, "test", 0.2),
                          strata_json_get_bool (description, "shuffle", TRUE),
                          strata_json_get_int (description, "seed", 0),
                          &order, &job->n_train, error))
    return FALSE;
  if (job->n == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "No row has a text and a target");
      return FALSE;
    }
  job->rows = g_new (gint64, job->n);
  for (gint64 i = 0; i < job->n; i++)
    job->rows[i] = g_array_index (rows, gint64, order[i]);
  return TRUE;
}

static StrataTensor *
encode (Job            *job,
        JsonObject     *description,
        StrataDataSet  *set,
        GError        **error)
{
  gint64 max_words = strata_json_get_int (description, "max_tokens", 10000);
  gint64 length = strata_json_get_int (description, "length", 100);
  g_autoptr (StrataVocabulary) vocabulary = NULL;
  g_autofree const char **texts = g_new (const char *, job->n_train);
  StrataTensor *ids;

  if (max_words < 3 || max_words > G_MAXINT32 || length < 1 || length > MAX_LENGTH)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "“max_tokens” must be at least 3, and “length” from 1 to %d",
                        MAX_LENGTH);
      return NULL;
    }
  for (gint64 i = 0; i < job->n_train; i++)
    texts[i] = job->text->texts[job->rows[i]];
  vocabulary = strata_vocabulary_new (texts, job->n_train, max_words);
  set->vocabulary = strata_vocabulary_dup_words (vocabulary);
  ids = strata_tensor_try_new (STRATA_INT32, &STRATA_SHAPE (job->n, length), error);
  for (gint64 i = 0; i < job->n && ids != NULL; i++)
    strata_vocabulary_encode (vocabulary, job->text->texts[job->rows[i]],
                              (gint32 *) strata_tensor_get_data (ids) + i * length, length);
  return ids;
}

static gboolean
make_inputs (Job            *job,
             JsonObject     *description,
             StrataDataSet  *set,
             GError        **error)
{
  const char *mode = strata_json_get_string (description, "encode", "ids");
  g_autoptr (StrataTensor) x = NULL;

  if (g_str_equal (mode, "none"))
    {
      x = strata_tensor_new (STRATA_STRING, &STRATA_SHAPE (job->n, 1));
      for (gint64 i = 0; i < job->n; i++)
        strata_tensor_set_string (x, i, job->text->texts[job->rows[i]]);
    }
  else if (g_str_equal (mode, "ids"))
    x = encode (job, description, set, error);
  else
    strata_set_error (error, STRATA_ERROR_VALUE, "“encode” must be “ids” or “none”, not “%s”", mode);
  if (x == NULL)
    return FALSE;
  strata_data_set_split_x (set, x, job->n_train);
  return TRUE;
}

static gboolean
make_targets (Job            *job,
              JsonObject     *description,
              StrataDataSet  *set,
              GError        **error)
{
  g_autoptr (StrataTensor) y = NULL;
  g_autoptr (GError) why = NULL;

  if (job->target == NULL)
    return TRUE;
  set->target_name = g_strdup (job->target->name);
  if (strata_column_is_class (job->target, description, &why))
    {
      set->class_names = strata_column_dup_classes (job->target, strata_table_get_n_rows (job->table));
      set->n_classes = set->class_names->len;
      y = strata_column_to_classes (job->target, set->class_names, job->rows, job->n, error);
    }
  else if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    {
      y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (job->n, 1));
      for (gint64 i = 0; i < job->n; i++)
        strata_tensor_get_floats (y)[i] = job->target->numbers[job->rows[i]];
    }
  if (y == NULL)
    return FALSE;
  strata_data_set_split_y (set, y, job->n_train);
  return TRUE;
}

/**
 * strata_text_set_new: (skip)
 * @description: how texts become numbers, and rows are split; see data/kinds/text.c
 * @text: name of the column of texts
 * @target: (nullable): name of the column to predict
 * @name: what the data is called
 *
 * Returns: (transfer full): the samples
 */
StrataDataSet *
strata_text_set_new (StrataTable  *table,
                     JsonObject   *description,
                     const char   *text,
                     const char   *target,
                     const char   *name,
                     GError      **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_auto (Job) job = { .table = table };

  if (!choose_columns (&job, text, target, error) || !choose_rows (&job, description, error) ||
      !make_inputs (&job, description, set, error) || !make_targets (&job, description, set, error))
    return NULL;
  set->summary = g_strdup_printf (_("%s: %" PRId64 " texts to train with, %" PRId64 " to test"), name, job.n_train,
                                  job.n - job.n_train);
  return g_steal_pointer (&set);
}
