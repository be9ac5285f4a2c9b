/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/data-facts.h"

#include <math.h>

/* So many samples, spread over all, tell the range of inputs well enough; fewer where samples are large. */
#define MOST_LOOKED_AT 512
#define MOST_NUMBERS (4 * 1024 * 1024)
/* Numbers of targets read at a time. */
#define CHUNK 4096

G_DEFINE_BOXED_TYPE (StrataDataFacts, strata_data_facts, strata_data_facts_ref, strata_data_facts_unref)

StrataDataFacts *
strata_data_facts_ref (StrataDataFacts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_data_facts_unref (StrataDataFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->target_classes, g_array_unref);
  g_clear_pointer (&self->class_counts, g_array_unref);
  g_clear_pointer (&self->class_names, g_ptr_array_unref);
  g_free (self);
}

static void
widen (const float *numbers,
       gint64       n,
       double      *low,
       double      *high)
{
  for (gint64 i = 0; i < n; i++)
    {
      *low = fmin (*low, numbers[i]);
      *high = fmax (*high, numbers[i]);
    }
}

static gboolean
look_at_inputs (StrataDataFacts  *self,
                StrataSource     *x,
                GError          **error)
{
  gint64 size = MAX (strata_shape_get_size (&self->input.shape), 1);
  gint64 n = CLAMP (MOST_NUMBERS / size, 1, MOST_LOOKED_AT);
  g_autofree gint64 *indices = NULL;
  g_autofree float *numbers = NULL;

  self->input_low = self->input_high = NAN;
  if (self->input.dtype == STRATA_STRING)
    return TRUE;
  n = MIN (n, self->n_samples);
  indices = g_new (gint64, MAX (n, 1));
  for (gint64 i = 0; i < n; i++)
    indices[i] = i * self->n_samples / n;
  numbers = g_new (float, MAX (n * size, 1));
  if (!strata_source_fill (x, 0, indices, n, STRATA_FLOAT32, numbers, error))
    return FALSE;
  widen (numbers, n * size, &self->input_low, &self->input_high);
  return TRUE;
}

/* The mean and the squares of what lies beside it, as they grow by each number (Welford). */
static void
spread (StrataDataFacts *self,
        const float     *numbers,
        gint64           n,
        gint64           before,
        double          *squares)
{
  for (gint64 i = 0; i < n; i++)
    {
      double beside = numbers[i] - self->target_mean;

      self->target_mean += beside / (before + i + 1);
      *squares += beside * (numbers[i] - self->target_mean);
    }
}

static void
count (StrataDataFacts *self,
       const float     *numbers,
       gint64           n)
{
  for (gint64 i = 0; i < n; i++)
    if (numbers[i] >= 0 && numbers[i] < self->class_counts->len)
      g_array_index (self->class_counts, gint64, (gint64) numbers[i])++;
}

static gboolean
look_at_targets (StrataDataFacts  *self,
                 StrataSource     *y,
                 GError          **error)
{
  gint64 size = MAX (strata_shape_get_size (&self->target.shape), 1), step = MAX (CHUNK / size, 1);
  g_autofree gint64 *indices = g_new (gint64, step);
  g_autofree float *numbers = g_new (float, step * size);
  double squares = 0;

  self->target_low = self->target_high = NAN;
  if (self->target.dtype == STRATA_STRING)
    return TRUE;
  for (gint64 first = 0; first < self->n_samples; first += step)
    {
      gint64 n = MIN (step, self->n_samples - first);

      for (gint64 i = 0; i < n; i++)
        indices[i] = first + i;
      if (!strata_source_fill (y, 0, indices, n, STRATA_FLOAT32, numbers, error))
        return FALSE;
      widen (numbers, n * size, &self->target_low, &self->target_high);
      spread (self, numbers, n * size, first * size, &squares);
      if (size == 1)
        count (self, numbers, n);
    }
  self->target_deviation = sqrt (squares / MAX (self->n_samples * size, 1));
  return TRUE;
}

static GArray *
list_classes (StrataDataSet *set,
              guint          n_targets)
{
  GArray *classes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n_targets; i++)
    {
      g_autoptr (StrataDataSet) output = strata_data_set_dup_output (set, i);

      g_array_append_val (classes, output->n_classes);
    }
  return classes;
}

/**
 * strata_data_facts_new:
 *
 * Looks at data; this may take a while.
 * Returns: (transfer full): what is known of it
 */
StrataDataFacts *
strata_data_facts_new (StrataDataSet  *set,
                       GError        **error)
{
  g_autoptr (StrataDataFacts) self = g_new0 (StrataDataFacts, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_samples = strata_source_get_size (set->x);
  self->n_inputs = strata_source_get_n_arrays (set->x);
  self->n_targets = set->y != NULL ? strata_source_get_n_arrays (set->y) : 0;
  self->n_classes = set->n_classes;
  self->target_classes = list_classes (set, self->n_targets);
  self->class_counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (self->class_counts, (guint) MAX (set->n_classes, 0));
  self->class_names = set->class_names != NULL ? g_ptr_array_ref (set->class_names) : NULL;
  self->has_words = set->vocabulary != NULL;
  self->has_test = set->test_x != NULL;

  strata_source_get_spec (set->x, 0, &self->input.dtype, &self->input.shape);
  if (!look_at_inputs (self, set->x, error))
    return NULL;
  if (self->n_targets == 0)
    return g_steal_pointer (&self);
  strata_source_get_spec (set->y, 0, &self->target.dtype, &self->target.shape);
  return look_at_targets (self, set->y, error) ? g_steal_pointer (&self) : NULL;
}
