/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "models/model-private.h"
#include "tensor/pool.h"

/* Numbers a task looks at for NaN: as many as are copied at a time, so that each thread looks at what it copied. */
#define CHECK_NUMBERS 4096

/* A dimension of 1 at the end may be there or not, as in Keras. */
static gboolean
is_acceptable (const StrataShape *expected,
               const StrataShape *received)
{
  StrataShape shape = *received;

  if (strata_shape_is_compatible (expected, &shape))
    return TRUE;
  if (shape.rank == expected->rank + 1 && shape.dims[shape.rank - 1] == 1)
    strata_shape_remove (&shape, shape.rank - 1);
  else if (shape.rank == expected->rank - 1 && expected->dims[expected->rank - 1] == 1)
    strata_shape_append (&shape, 1);
  return strata_shape_is_compatible (expected, &shape);
}

static gboolean
check_input (const StrataFeed  *self,
             guint              i,
             GError           **error)
{
  const StrataSpec *spec = strata_model_get_input_spec (self->model, i);
  g_autofree char *expected = NULL, *received = NULL;
  StrataShape shape;
  StrataDType dtype;

  strata_source_get_spec (self->x, i, &dtype, &shape);
  strata_shape_insert (&shape, 0, STRATA_UNKNOWN);
  if (is_acceptable (&spec->shape, &shape))
    return TRUE;

  expected = strata_shape_to_string (&spec->shape);
  received = strata_shape_to_string (&shape);
  strata_set_error (error, STRATA_ERROR_SHAPE, "the input “%s” expects arrays of shape %s, but the data has shape %s",
                    strata_model_get_input_name (self->model, i), expected, received);
  return FALSE;
}

static gboolean
check_sizes (const StrataFeed  *self,
             GError           **error)
{
  gint64 n = strata_source_get_size (self->x);

  if (n == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "there are no samples");
      return FALSE;
    }
  if (self->y != NULL && strata_source_get_size (self->y) != n)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "there are %" PRId64 " inputs, but %" PRId64 " targets", n, strata_source_get_size (self->y));
      return FALSE;
    }
  if (self->sample_weight != NULL && strata_source_get_size (self->sample_weight) != n)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "there are %" PRId64 " inputs, but %" PRId64 " sample weights", n,
                        strata_source_get_size (self->sample_weight));
      return FALSE;
    }
  return TRUE;
}

/**
 * strata_feed_check: (skip)
 *
 * Checks that inputs, targets and weights fit the model and each other.
 */
gboolean
strata_feed_check (const StrataFeed  *self,
                   GError           **error)
{
  guint n = strata_model_get_n_inputs (self->model);

  if (!check_sizes (self, error))
    return FALSE;
  if (n > 0 && strata_source_get_n_arrays (self->x) != n)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "the model has %u inputs, but there are arrays for %u", n,
                        strata_source_get_n_arrays (self->x));
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!check_input (self, i, error))
      return FALSE;
  if (self->class_weight != NULL && self->y == NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "class weights need targets, which tell the classes");
      return FALSE;
    }
  if (self->class_weight != NULL && self->sample_weight != NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "class weights and sample weights cannot be given together");
      return FALSE;
    }
  if (self->class_weight != NULL && strata_model_get_n_outputs (self->model) > 1)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "class weights are only possible for models with one output");
      return FALSE;
    }
  return TRUE;
}

guint
strata_feed_get_n_weights (const StrataFeed *self)
{
  if (self->sample_weight != NULL)
    return strata_source_get_n_arrays (self->sample_weight);
  return self->class_weight != NULL ? 1 : 0;
}

/* Looks at all of them: a loop that does not end early runs by vectors. */
static gboolean
has_nan (const float *numbers,
         gint64       n)
{
  int found = 0;

  for (gint64 i = 0; i < n; i++)
    found |= numbers[i] != numbers[i];
  return found;
}

/* What is looked through for NaN. */
typedef struct
{
  const float *numbers;
  gint64 n;
  atomic_bool found;
} Search;

static void
search_task (gpointer data,
             guint    task,
             guint    thread)
{
  Search *search = data;
  gint64 first = (gint64) task * CHECK_NUMBERS;

  if (has_nan (search->numbers + first, MIN (CHECK_NUMBERS, search->n - first)))
    atomic_store_explicit (&search->found, TRUE, memory_order_relaxed);
}

static gboolean
check_numbers (const StrataValue  *value,
               const float        *numbers,
               const gint64       *indices,
               const char         *what,
               GError            **error)
{
  gint64 n = strata_shape_get_size (&value->shape), row = n / MAX (1, value->shape.dims[0]), at = 0;
  Search search = { numbers, n, FALSE };

  if (value->dtype != STRATA_FLOAT32)
    return TRUE;
  strata_pool_run ((n + CHECK_NUMBERS - 1) / CHECK_NUMBERS, search_task, &search);
  if (!search.found)
    return TRUE;
  while (!isnan (numbers[at]))
    at++;
  strata_set_error (error, STRATA_ERROR_DATA,
                    "the %s hold NaN (not a number) in sample %" PRId64 ": fill or remove missing values first", what,
                    indices[at / row]);
  return FALSE;
}

/* A class number beyond the classes would read outside the prediction. */
static gboolean
check_classes (gint64              n_classes,
               const StrataValue  *value,
               const float        *numbers,
               const gint64       *indices,
               GError            **error)
{
  gint64 n = strata_shape_get_size (&value->shape), row = n / MAX (1, value->shape.dims[0]);

  for (gint64 i = 0; i < n && n_classes > 0; i++)
    if (numbers[i] < 0 || numbers[i] >= n_classes)
      {
        strata_set_error (error, STRATA_ERROR_DATA,
                          "the target of sample %" PRId64 " is %g, but the model knows classes 0 to %" PRId64
                          ": give the last layer as many units as there are classes",
                          indices[i / row], numbers[i], n_classes - 1);
        return FALSE;
      }
  return TRUE;
}

static float
look_up_class_weight (JsonObject *class_weight,
                      gint64      class_index)
{
  char key[24];
  JsonNode *node;

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, class_index);
  node = json_object_get_member (class_weight, key);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 1.0;
}

/* One-hot targets stand for the class of their largest number. */
static void
fill_class_weights (const StrataFeed *self,
                    StrataPass       *pass)
{
  const StrataValue *y = g_ptr_array_index (pass->y, 0), *w = g_ptr_array_index (pass->weights, 0);
  const float *numbers = strata_program_get_input_data (pass->program, y);
  float *weights = strata_program_get_input_data (pass->program, w);
  gint64 row = strata_shape_get_size (&y->shape) / MAX (1, pass->n);

  for (gint64 i = 0; i < pass->n; i++)
    {
      const float *sample = numbers + i * row;
      gint64 class_index = 0;

      if (row == 1)
        class_index = (gint64) rintf (sample[0]);
      for (gint64 j = 1; j < row; j++)
        if (sample[j] > sample[class_index])
          class_index = j;
      weights[i] = look_up_class_weight (self->class_weight, class_index);
    }
}

static gboolean
fill_side (StrataSource  *source,
           StrataPass    *pass,
           GPtrArray     *inputs,
           const gint64  *indices,
           const char    *what,
           GError       **error)
{
  for (guint i = 0; i < inputs->len; i++)
    {
      const StrataValue *input = g_ptr_array_index (inputs, i);
      gpointer data = strata_program_get_input_data (pass->program, input);

      if (!strata_source_fill (source, i, indices, pass->n, input->dtype, data, error) ||
          !check_numbers (input, data, indices, what, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (const StrataFeed  *self,
      StrataPass        *pass,
      const gint64      *indices,
      GError           **error)
{
  if (!fill_side (self->x, pass, pass->x, indices, _("inputs"), error))
    return FALSE;
  if (self->y != NULL && !fill_side (self->y, pass, pass->y, indices, _("targets"), error))
    return FALSE;
  for (guint i = 0; i < pass->y->len; i++)
    {
      const StrataValue *y = g_ptr_array_index (pass->y, i);

      if (!check_classes (pass->n_classes[i], y, strata_program_get_input_data (pass->program, y), indices, error))
        return FALSE;
    }
  if (self->class_weight != NULL)
    fill_class_weights (self, pass);
  else if (self->sample_weight != NULL &&
           !fill_side (self->sample_weight, pass, pass->weights, indices, _("sample weights"), error))
    return FALSE;
  return TRUE;
}

/**
 * strata_feed_fill: (skip)
 * @pass: what to fill the inputs of
 * @indices: as many sample numbers as the pass takes
 *
 * Puts samples where the pass's program reads them.
 */
gboolean
strata_feed_fill (const StrataFeed  *self,
                  StrataPass        *pass,
                  const gint64      *indices,
                  GError           **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean ok = fill (self, pass, indices, error);
  double seconds = (g_get_monotonic_time () - start) / 1e6;

  pass->fastest_fill = pass->n_fills == 0 ? seconds : MIN (pass->fastest_fill, seconds);
  pass->n_fills++;
  pass->fill_seconds += seconds;
  return ok;
}
