/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/preview.h"

#include <math.h>

/* Larger pictures are none that people look at side by side. */
#define LARGEST_SIDE 1024
/* More numbers than these nobody reads below a picture. */
#define MOST_ANSWERS 4

StrataPreview *
strata_preview_ref (StrataPreview *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_preview_unref (StrataPreview *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->numbers);
  g_free (self->targets);
  g_strfreev (self->texts);
  g_strfreev (self->answers);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_free (self);
}

/* Files without channels are pictures of one. */
static StrataSampleKind
recognize (StrataDataSet     *set,
           StrataDType        dtype,
           const StrataShape *shape)
{
  gint64 channels = shape->rank == 3 ? shape->dims[2] : 1;

  if (dtype == STRATA_STRING || set->vocabulary != NULL)
    return STRATA_SAMPLE_TEXT;
  if (shape->rank == 3 && (channels == 1 || channels == 3) && MAX (shape->dims[0], shape->dims[1]) <= LARGEST_SIDE)
    return STRATA_SAMPLE_IMAGE;
  if (shape->rank == 2)
    return set->feature_names != NULL || shape->dims[1] < 8 ? STRATA_SAMPLE_SERIES : STRATA_SAMPLE_IMAGE;
  return STRATA_SAMPLE_ROW;
}

/**
 * strata_preview_recognize: (skip)
 * @shape: (out): of a sample
 *
 * Returns: what samples of @set look like
 */
StrataSampleKind
strata_preview_recognize (StrataDataSet *set,
                          StrataShape   *shape)
{
  StrataDType dtype;

  strata_source_get_spec (set->x, 0, &dtype, shape);
  return recognize (set, dtype, shape);
}

/* The words that numbers stand for, without the padding. */
static char *
join_words (StrataPreview *self,
            const float   *ids)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < self->size; i++)
    {
      guint id = (guint) MAX (ids[i], 0);

      if (id == 0 || id >= self->set->vocabulary->len)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, id == 1 ? "…" : (const char *) g_ptr_array_index (self->set->vocabulary, id));
    }
  return g_string_free (text, FALSE);
}

static gboolean
read_texts (StrataPreview  *self,
            StrataSource   *x,
            const gint64   *indices,
            GError        **error)
{
  g_autofree const char **texts = g_new0 (const char *, self->n * self->size + 1);

  if (!strata_source_fill (x, 0, indices, self->n, STRATA_STRING, texts, error))
    return FALSE;
  self->texts = g_new0 (char *, self->n + 1);
  for (gsize i = 0; i < self->n; i++)
    self->texts[i] = g_strdup (texts[i * self->size] != NULL ? texts[i * self->size] : "");
  return TRUE;
}

static gboolean
read_inputs (StrataPreview  *self,
             StrataSource   *x,
             const gint64   *indices,
             GError        **error)
{
  StrataDType dtype;

  strata_source_get_spec (x, 0, &dtype, &self->shape);
  self->size = (gsize) MAX (strata_shape_get_size (&self->shape), 1);
  self->kind = recognize (self->set, dtype, &self->shape);
  if (dtype == STRATA_STRING)
    return read_texts (self, x, indices, error);

  self->numbers = g_new (float, MAX (self->n * self->size, 1));
  if (!strata_source_fill (x, 0, indices, self->n, STRATA_FLOAT32, self->numbers, error))
    return FALSE;
  if (self->kind == STRATA_SAMPLE_TEXT)
    {
      self->texts = g_new0 (char *, self->n + 1);
      for (gsize i = 0; i < self->n; i++)
        self->texts[i] = join_words (self, self->numbers + i * self->size);
    }
  return TRUE;
}

/* The numbers of one output's targets; NULL without @error where nobody would read them. */
static double *
read_output (StrataDataSet  *output,
             StrataSource   *y,
             const gint64   *indices,
             gsize           n,
             gint64         *size,
             GError        **error)
{
  g_autofree float *values = NULL;
  double *targets;
  StrataShape shape;
  StrataDType dtype;

  strata_source_get_spec (y, 0, &dtype, &shape);
  *size = strata_shape_get_size (&shape);
  if (*size < 1 || *size > MOST_ANSWERS || dtype == STRATA_STRING)
    return NULL;
  values = g_new (float, MAX (n * *size, 1));
  if (!strata_source_fill (y, 0, indices, n, STRATA_FLOAT32, values, error))
    return NULL;
  targets = g_new (double, MAX (n * *size, 1));
  for (gsize i = 0; i < n * *size; i++)
    targets[i] = output->n_classes > 0 ? values[i] : strata_data_set_restore_target (output, values[i]);
  return targets;
}

static void
add_answer (StrataPreview *self,
            gsize          i,
            StrataDataSet *output,
            double         target)
{
  g_autofree char *answer = strata_data_set_dup_answer (output, target), *before = self->answers[i];

  self->answers[i] = before == NULL ? g_strdup (answer) : g_strconcat (before, ", ", answer, NULL);
}

/* Only where there is one number is it a target to draw or compare; several are told in words. */
static gboolean
read_targets (StrataPreview  *self,
              gboolean        of_test,
              const gint64   *indices,
              GError        **error)
{
  StrataSource *y = of_test ? self->set->test_y : self->set->y;
  guint n_outputs = y != NULL ? strata_source_get_n_arrays (y) : 0;

  for (guint k = 0; k < n_outputs; k++)
    {
      g_autoptr (StrataDataSet) output = strata_data_set_dup_output (self->set, k);
      g_autoptr (GError) why = NULL;
      gint64 size;
      g_autofree double *targets = read_output (output, of_test ? output->test_y : output->y, indices, self->n, &size,
                                                &why);

      if (why != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return FALSE;
        }
      if (targets == NULL)
        continue;
      if (self->answers == NULL)
        self->answers = g_new0 (char *, self->n + 1);
      for (gsize i = 0; i < self->n * size; i++)
        add_answer (self, i / size, output, targets[i]);
      if (n_outputs == 1 && size == 1)
        self->targets = g_steal_pointer (&targets);
    }
  return TRUE;
}

static StrataPreview *
new_of_inputs (StrataDataSet  *set,
               gboolean        of_test,
               const gint64   *indices,
               gsize           n,
               GError        **error)
{
  g_autoptr (StrataPreview) self = g_new0 (StrataPreview, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->set = strata_data_set_ref (set);
  self->n = n;
  if (!read_inputs (self, of_test ? set->test_x : set->x, indices, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Each of several inputs looks like what it is. */
static gboolean
read_parts (StrataPreview  *self,
            gboolean        of_test,
            const gint64   *indices,
            GError        **error)
{
  guint n = strata_source_get_n_arrays (self->set->x);

  if (n == 1)
    return TRUE;
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preview_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StrataDataSet) input = strata_data_set_dup_input (self->set, i);
      StrataPreview *part = new_of_inputs (input, of_test, indices, self->n, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (self->inputs, part);
    }
  return TRUE;
}

/**
 * strata_preview_new: (skip)
 * @of_test: whether the samples that were set aside are meant
 * @indices: which samples
 *
 * Reads samples; this may take a while.
 *
 * Returns: (transfer full): what to show of them
 */
StrataPreview *
strata_preview_new (StrataDataSet  *set,
                    gboolean        of_test,
                    const gint64   *indices,
                    gsize           n,
                    GError        **error)
{
  g_autoptr (StrataPreview) self = new_of_inputs (set, of_test, indices, n, error);

  if (self == NULL || !read_parts (self, of_test, indices, error) ||
      !read_targets (self, of_test, indices, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  StrataDataSet *set;
  gboolean of_test;
  gint64 *indices;
  gsize n;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  strata_data_set_unref (wanted->set);
  g_free (wanted->indices);
  g_free (wanted);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Wanted *wanted = task_data;
  GError *error = NULL;
  StrataPreview *preview = strata_preview_new (wanted->set, wanted->of_test, wanted->indices, wanted->n, &error);

  if (preview == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, preview, (GDestroyNotify) strata_preview_unref);
}

/**
 * strata_preview_read_async: (skip)
 * @of_test: whether the samples that were set aside are meant
 * @indices: which samples
 *
 * Reads samples in a thread.
 */
void
strata_preview_read_async (StrataDataSet       *set,
                           gboolean             of_test,
                           const gint64        *indices,
                           gsize                n,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wanted *wanted = g_new (Wanted, 1);

  *wanted = (Wanted){ strata_data_set_ref (set), of_test, g_memdup2 (indices, n * sizeof *indices), n };
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, work);
}

/**
 * strata_preview_read_finish: (skip)
 *
 * Returns: (transfer full): what to show of them, or %NULL with @error set
 */
StrataPreview *
strata_preview_read_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const float *
strata_preview_get_sample (StrataPreview *self,
                           gsize          i)
{
  return self->numbers + i * self->size;
}

/**
 * strata_data_set_restore_target: (skip)
 * @target: a number as networks learn it
 *
 * Returns: the number in its own unit; what is left of 0 by rounding is 0
 */
double
strata_data_set_restore_target (StrataDataSet *set,
                                double         target)
{
  double restored = target / set->target_scale + set->target_mean;

  return fabs (restored) < 1e-6 * fabs (set->target_mean) ? 0 : restored;
}

/**
 * strata_data_set_dup_answer: (skip)
 * @target: the number of a class, or a number in its own unit
 *
 * Returns: (transfer full): what people call it
 */
char *
strata_data_set_dup_answer (StrataDataSet *set,
                            double         target)
{
  if (set->n_classes > 0 && set->class_names != NULL && target >= 0 && target < set->class_names->len)
    return g_strdup (g_ptr_array_index (set->class_names, (guint) target));
  return g_strdup_printf ("%.4g", target);
}
