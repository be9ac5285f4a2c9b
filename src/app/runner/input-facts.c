/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/input-facts.h"

#include <math.h>

/* Samples of the data that are looked at to find out what numbers are usual. */
#define MOST_LOOKED_AT 1000
#define MOST_NUMBERS (1 << 22)

static void
input_facts_free (gpointer data)
{
  StrataInputFacts *self = data;

  g_free (self->name);
  strata_data_set_unref (self->set);
  g_free (self->ranges);
  g_free (self);
}

/* Samples spread over all of a source: what comes late may be larger. */
static float *
read_some (StrataSource  *source,
           gint64         size,
           gint64        *n,
           GError       **error)
{
  gint64 all = strata_source_get_size (source);
  g_autofree gint64 *indices = NULL;
  g_autofree float *numbers = NULL;

  *n = MIN (MIN (all, MOST_LOOKED_AT), MAX (MOST_NUMBERS / size, 1));
  indices = g_new (gint64, *n + 1);
  numbers = g_new (float, *n * size + 1);
  for (gint64 i = 0; i < *n; i++)
    indices[i] = *n > 1 ? i * (all - 1) / (*n - 1) : 0;
  return strata_source_fill (source, 0, indices, *n, STRATA_FLOAT32, numbers, error) ? g_steal_pointer (&numbers)
                                                                                     : NULL;
}

/* Of the numbers of one column in one sample, each @width-th. */
static void
widen (StrataRange *range,
       const float *numbers,
       gint64       size,
       gint64       width)
{
  for (gint64 i = 0; i < size; i += width)
    {
      range->low = MIN (range->low, numbers[i]);
      range->high = MAX (range->high, numbers[i]);
    }
}

/* @place: which column, of @width */
static void
describe_column (StrataRange *range,
                 const float *numbers,
                 gint64       n,
                 gint64       size,
                 gint64       place,
                 gint64       width)
{
  const StrataRange nothing = { .low = INFINITY, .high = -INFINITY };
  double sum = 0, squares = 0;

  *range = nothing;
  for (gint64 k = 0; k < n; k++)
    {
      StrataRange one = nothing;

      widen (&one, numbers + k * size + place, size - place, width);
      range->low = MIN (range->low, one.low);
      range->high = MAX (range->high, one.high);
      range->spread += (one.high - one.low) / n;
    }
  for (gint64 i = place; i < n * size; i += width)
    sum += numbers[i];
  range->mean = sum * width / (n * size);
  for (gint64 i = place; i < n * size; i += width)
    squares += pow (numbers[i] - range->mean, 2);
  range->deviation = sqrt (squares * width / (n * size));
}

/* Samples that were set aside may go further than those to learn from. */
static gboolean
look_at_numbers (StrataInputFacts  *self,
                 GError           **error)
{
  gint64 size = MAX (strata_shape_get_size (&self->shape), 1), n, n_test = 0;
  gint64 width = self->shape.rank > 0 ? MAX (self->shape.dims[self->shape.rank - 1], 1) : 1;
  g_autofree float *numbers = read_some (self->set->x, size, &n, error), *test = NULL;

  if (numbers == NULL)
    return FALSE;
  if (self->set->test_x != NULL && (test = read_some (self->set->test_x, size, &n_test, error)) == NULL)
    return FALSE;
  self->ranges = g_new0 (StrataRange, width);
  for (gint64 i = 0; i < width && n > 0; i++)
    {
      describe_column (&self->ranges[i], numbers, n, size, i, width);
      for (gint64 k = 0; k < n_test; k++)
        widen (&self->ranges[i], test + k * size + i, size - i, width);
    }
  return TRUE;
}

static gboolean
look (StrataInputFacts  *self,
      GError           **error)
{
  switch (self->kind)
    {
    case STRATA_SAMPLE_IMAGE:
      return strata_paper_look (&self->paper, self->set, error);
    case STRATA_SAMPLE_ROW:
    case STRATA_SAMPLE_SERIES:
      return look_at_numbers (self, error);
    default:
      return TRUE;
    }
}

/**
 * strata_input_facts_list: (skip)
 * @set: what @model learns from
 *
 * Looks at samples of the data, which are read for that.
 *
 * Returns: (transfer full) (element-type StrataInputFacts): what is known of each input
 */
GPtrArray *
strata_input_facts_list (StrataDataSet  *set,
                         StrataModel    *model,
                         GError        **error)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (input_facts_free);

  for (guint i = 0; i < strata_source_get_n_arrays (set->x); i++)
    {
      StrataInputFacts *self = g_new0 (StrataInputFacts, 1);

      g_ptr_array_add (inputs, self);
      self->name = g_strdup (i < strata_model_get_n_inputs (model) ? strata_model_get_input_name (model, i) : "");
      self->set = strata_data_set_dup_input (set, i);
      self->kind = strata_preview_recognize (self->set, &self->shape);
      if (!look (self, error))
        return NULL;
    }
  return g_steal_pointer (&inputs);
}
