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

static void
describe_column (StrataRange *range,
                 const float *numbers,
                 gint64       n,
                 gint64       width)
{
  double sum = 0, squares = 0;

  *range = (StrataRange){ .low = INFINITY, .high = -INFINITY };
  for (gint64 i = 0; i < n; i += width)
    {
      range->low = MIN (range->low, numbers[i]);
      range->high = MAX (range->high, numbers[i]);
      sum += numbers[i];
    }
  range->mean = sum * width / n;
  for (gint64 i = 0; i < n; i += width)
    squares += pow (numbers[i] - range->mean, 2);
  range->deviation = sqrt (squares * width / n);
}

/* Of samples spread over all of the data: what comes late may be larger. */
static gboolean
look_at_numbers (StrataInputFacts  *self,
                 GError           **error)
{
  gint64 size = MAX (strata_shape_get_size (&self->shape), 1), all = strata_source_get_size (self->set->x);
  gint64 width = self->shape.rank > 0 ? self->shape.dims[self->shape.rank - 1] : 1;
  gint64 n = MIN (MIN (all, MOST_LOOKED_AT), MAX (MOST_NUMBERS / size, 1));
  g_autofree gint64 *indices = g_new (gint64, n + 1);
  g_autofree float *numbers = g_new (float, n * size + 1);

  for (gint64 i = 0; i < n; i++)
    indices[i] = n > 1 ? i * (all - 1) / (n - 1) : 0;
  if (!strata_source_fill (self->set->x, 0, indices, n, STRATA_FLOAT32, numbers, error))
    return FALSE;
  self->ranges = g_new0 (StrataRange, width + 1);
  for (gint64 i = 0; i < width && n > 0; i++)
    describe_column (&self->ranges[i], numbers + i, n * size, width);
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
