/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/confusion.h"

#include <math.h>

#include "losses/loss.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  float value;
  gint place;
} Entry;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Entry *x = a, *y = b;

  return x->value != y->value ? (x->value > y->value) - (x->value < y->value) : x->place - y->place;
}

static gboolean
read_threshold (JsonNode  *node,
                double    *value,
                GError   **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) &&
      (json_node_get_value_type (node) == G_TYPE_DOUBLE || json_node_get_value_type (node) == G_TYPE_INT64))
    {
      *value = json_node_get_double (node);
      if (*value >= 0 && *value <= 1)
        return TRUE;
    }
  strata_set_error (error, STRATA_ERROR_VALUE, "thresholds must be numbers from 0 to 1");
  return FALSE;
}

/* Whether they are 0, 1/n, 2/n, ... 1. */
static gboolean
are_even (GArray *thresholds)
{
  if (thresholds->len < 3)
    return FALSE;
  for (guint i = 0; i < thresholds->len; i++)
    {
      float even = (float) i / (thresholds->len - 1);

      if (fabsf (g_array_index (thresholds, float, i) - even) > 1e-7f + 1e-5f * even)
        return FALSE;
    }
  return TRUE;
}

static void
reset (StrataConfusion *self)
{
  strata_confusion_clear (self);
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (float));
  self->order = g_array_new (FALSE, FALSE, sizeof (gint));
}

/**
 * strata_confusion_set_thresholds: (skip)
 * @thresholds: (nullable): a number, a list of numbers, or none
 * @fallback: the one threshold where there are none
 */
gboolean
strata_confusion_set_thresholds (StrataConfusion  *self,
                                 JsonNode         *thresholds,
                                 double            fallback,
                                 GError          **error)
{
  JsonArray *list = thresholds != NULL && JSON_NODE_HOLDS_ARRAY (thresholds) ? json_node_get_array (thresholds) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 1;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gboolean rising, given = thresholds != NULL && !JSON_NODE_HOLDS_NULL (thresholds);

  if (n == 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "thresholds must not be empty");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      double value = fallback;

      if (given && !read_threshold (list != NULL ? json_array_get_element (list, i) : thresholds, &value, error))
        return FALSE;
      g_array_append_val (entries, ((Entry){ value, i }));
    }
  reset (self);
  for (guint i = 0; i < n; i++)
    g_array_append_val (self->thresholds, g_array_index (entries, Entry, i).value);
  rising = !are_even (self->thresholds);
  self->kind = rising ? STRATA_THRESHOLDS_RISING : STRATA_THRESHOLDS_EVEN;
  g_array_sort (entries, compare);
  for (guint i = 0; i < n; i++)
    {
      g_array_index (self->thresholds, float, i) = g_array_index (entries, Entry, i).value;
      g_array_append_val (self->order, g_array_index (entries, Entry, i).place);
    }
  return TRUE;
}

/**
 * strata_confusion_set_even: (skip)
 * @n: how many
 * @wider: whether the first is a little below 0 and the last a little above 1
 *
 * Spreads thresholds evenly from 0 to 1.
 */
void
strata_confusion_set_even (StrataConfusion *self,
                           gint64           n,
                           gboolean         wider)
{
  reset (self);
  self->kind = wider ? STRATA_THRESHOLDS_EVEN_WIDER : STRATA_THRESHOLDS_EVEN;
  for (gint i = 0; i < n; i++)
    {
      float value = n > 1 ? i / (n - 1.0) : 0.5;

      if (wider && i == 0)
        value = -1e-7f;
      else if (wider && i == n - 1)
        value = 1 + 1e-7f;
      g_array_append_val (self->thresholds, value);
      g_array_append_val (self->order, i);
    }
  if (n == 1)
    self->kind = STRATA_THRESHOLDS_RISING;
}

void
strata_confusion_clear (StrataConfusion *self)
{
  g_clear_pointer (&self->thresholds, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
}

static StrataValue *
pick_class (const StrataConfusion *self,
            StrataBuilder         *b,
            StrataValue           *x)
{
  int rank = x->shape.rank;

  if (self->class_id == STRATA_NONE_INT)
    return x;
  if (rank < 2 || self->class_id < 0 || self->class_id >= x->shape.dims[rank - 1])
    {
      g_autofree char *shape = strata_shape_to_string (&x->shape);

      strata_builder_fail (b, STRATA_ERROR_SHAPE, "there is no class %d in predictions of shape %s",
                           (int) self->class_id, shape);
      return strata_builder_nothing (b);
    }
  return strata_slice (b, x, -1, self->class_id, 1);
}

static StrataValue *
as_columns (const StrataConfusion *self,
            StrataBuilder         *b,
            StrataValue           *x)
{
  if (self->by_label)
    return x;
  return strata_reshape (b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape), 1));
}

/**
 * strata_confusion_count: (skip)
 * @weights: (nullable): weights a sample
 * @counts: (out): what is counted
 *
 * Emits ops that count a batch.
 */
void
strata_confusion_count (const StrataConfusion *self,
                        StrataBuilder         *b,
                        StrataValue           *y_true,
                        StrataValue           *y_pred,
                        StrataValue           *weights,
                        StrataConfusionCounts *counts)
{
  StrataValue *nothing = strata_builder_scalar (b, 0), *positive, *yes, *no, *thresholds, *all_yes, *all_no;
  StrataShape shape;

  if (self->top_k != STRATA_NONE_INT)
    y_pred = strata_where (b, strata_top_k_mask (b, y_pred, self->top_k), y_pred,
                           strata_builder_scalar (b, STRATA_CONFUSION_NEVER));
  y_true = pick_class (self, b, y_true);
  y_pred = pick_class (self, b, y_pred);
  positive = strata_not_equal (b, y_true, nothing);
  yes = positive;
  no = strata_subtract (b, strata_builder_scalar (b, 1), positive);
  if (weights != NULL)
    {
      weights = strata_loss_fit_weights (b, weights, y_pred);
      yes = strata_multiply (b, yes, weights);
      no = strata_multiply (b, no, weights);
    }
  shape = y_pred->shape;
  yes = as_columns (self, b, strata_broadcast_to (b, yes, &shape));
  no = as_columns (self, b, strata_broadcast_to (b, no, &shape));
  y_pred = as_columns (self, b, y_pred);

  thresholds = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (self->thresholds->len),
                                                                     (const float *) self->thresholds->data));
  counts->true_positives = strata_threshold_sums (b, y_pred, yes, thresholds, self->kind);
  counts->false_positives = strata_threshold_sums (b, y_pred, no, thresholds, self->kind);
  /* TensorFlow takes "not above a threshold" for "at or below it", which holds for nothing that is not a number. */
  if (self->kind == STRATA_THRESHOLDS_RISING)
    {
      StrataValue *unclear = strata_is_nan (b, y_pred);

      yes = strata_where (b, unclear, nothing, yes);
      no = strata_where (b, unclear, nothing, no);
    }
  all_yes = strata_reduce_sum (b, yes, STRATA_AXIS (0), TRUE);
  all_no = strata_reduce_sum (b, no, STRATA_AXIS (0), TRUE);
  counts->false_negatives = strata_subtract (b, all_yes, counts->true_positives);
  counts->true_negatives = strata_subtract (b, all_no, counts->false_positives);
}

/**
 * strata_confusion_in_order: (skip)
 * @values: of shape (thresholds, 1)
 *
 * Returns: (transfer none): (thresholds) in the order of the list that was
 *   given; a scalar where there is one threshold
 */
StrataValue *
strata_confusion_in_order (const StrataConfusion *self,
                           StrataBuilder         *b,
                           StrataValue           *values)
{
  guint n = self->thresholds->len;
  g_autofree StrataValue **ordered = g_new (StrataValue *, n);

  if (n == 1)
    return strata_reshape (b, values, &STRATA_SCALAR);
  values = strata_reshape (b, values, &STRATA_SHAPE (n));
  for (guint i = 0; i < n; i++)
    ordered[g_array_index (self->order, gint, i)] = strata_slice (b, values, 0, i, 1);
  return strata_concatenate (b, ordered, n, 0);
}

/* part / (part + rest), and 0 where both are. */
StrataValue *
strata_confusion_ratio (StrataBuilder *b,
                        StrataValue   *part,
                        StrataValue   *rest)
{
  return strata_divide_no_nan (b, part, strata_add (b, part, rest));
}
