/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/iou-base.h"

#include "losses/loss.h"
#include "ops/counting.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static gboolean
are_classes (JsonNode *node,
             gint64    n_classes)
{
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_INT64 ||
          json_node_get_int (item) < 0 || json_node_get_int (item) >= n_classes)
        return FALSE;
    }
  return TRUE;
}

/**
 * strata_iou_configured: (skip)
 *
 * Checks the target classes.
 */
gboolean
strata_iou_configured (StrataObject  *object,
                       GError       **error)
{
  StrataIou *self = (StrataIou *) object;

  if (self->target_class_ids == NULL || are_classes (self->target_class_ids, self->num_classes))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "target_class_ids must be a list of numbers from 0 to %d",
                    (int) self->num_classes - 1);
  return FALSE;
}

gboolean
strata_iou_build (StrataMetric       *metric,
                  const StrataShape  *y_pred,
                  GError            **error)
{
  gint64 n = ((StrataIou *) metric)->num_classes;

  strata_metric_add_state (metric, "total_confusion_matrix", &STRATA_SHAPE (n, n));
  return TRUE;
}

/* Whole numbers, as Keras's int64 makes of them. */
static StrataValue *
cut_fraction (StrataMetric  *metric,
              StrataBuilder *b,
              StrataValue   *x)
{
  g_autoptr (JsonNode) dtype = strata_object_get_param (STRATA_OBJECT (metric), "dtype");
  const char *name = JSON_NODE_HOLDS_VALUE (dtype) ? json_node_get_string (dtype) : NULL;

  if (name != NULL && g_str_has_prefix (name, "int"))
    return strata_multiply (b, strata_sign (b, x), strata_floor (b, strata_absolute (b, x)));
  return x;
}

static StrataValue *
flatten (StrataBuilder *b,
         StrataValue   *x)
{
  return strata_reshape (b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape)));
}

/* @weights: (nullable): a weight a sample, or an element */
static StrataValue *
spread_weights (StrataBuilder *b,
                StrataValue   *weights,
                StrataValue   *labels)
{
  if (weights == NULL)
    weights = strata_builder_scalar (b, 1);
  else
    weights = strata_loss_fit_weights (b, weights, labels);
  return flatten (b, strata_broadcast_to (b, weights, &labels->shape));
}

void
strata_iou_update (StrataMetric  *metric,
                   StrataBuilder *b,
                   StrataValue   *y_true,
                   StrataValue   *y_pred,
                   StrataValue   *weights)
{
  StrataIou *self = (StrataIou *) metric;

  if (!self->sparse_y_true)
    y_true = strata_cast (b, strata_argmax (b, y_true, self->axis), STRATA_FLOAT32);
  if (!self->sparse_y_pred)
    y_pred = strata_cast (b, strata_argmax (b, y_pred, self->axis), STRATA_FLOAT32);
  if (weights != NULL)
    weights = cut_fraction (metric, b, weights);
  weights = spread_weights (b, weights, y_true);
  y_true = cut_fraction (metric, b, flatten (b, y_true));
  y_pred = cut_fraction (metric, b, flatten (b, y_pred));
  if (self->ignore_class != STRATA_NONE_INT)
    weights = strata_multiply (b, weights, strata_not_equal (b, y_true, strata_builder_scalar (b, self->ignore_class)));
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (metric), 0),
                        strata_confusion_matrix (b, y_true, y_pred, weights, self->num_classes));
}

/* 1 for each target class, however often it is named. */
static StrataValue *
get_targets (StrataIou     *self,
             StrataBuilder *b)
{
  StrataTensor *targets = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (self->num_classes));
  JsonArray *list = self->target_class_ids != NULL ? json_node_get_array (self->target_class_ids) : NULL;

  for (gint64 i = 0; i < self->num_classes; i++)
    strata_tensor_get_floats (targets)[i] = list == NULL;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    strata_tensor_get_floats (targets)[json_array_get_int_element (list, i)] += 1;
  return strata_builder_constant (b, targets);
}

static StrataValue *
new_identity (StrataBuilder *b,
              gint64         n)
{
  StrataTensor *identity = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n, n));

  for (gint64 i = 0; i < n * n; i++)
    strata_tensor_get_floats (identity)[i] = i % (n + 1) == 0;
  return strata_builder_constant (b, identity);
}

StrataValue *
strata_iou_result (StrataMetric  *metric,
                   StrataBuilder *b)
{
  StrataIou *self = (StrataIou *) metric;
  StrataValue *matrix = strata_builder_read (b, g_ptr_array_index (strata_metric_get_states (metric), 0));
  StrataValue *both = strata_reduce_sum (b, strata_multiply (b, matrix, new_identity (b, self->num_classes)),
                                         STRATA_AXIS (1), FALSE);
  StrataValue *either = strata_add (b, strata_reduce_sum (b, matrix, STRATA_AXIS (0), FALSE),
                                    strata_reduce_sum (b, matrix, STRATA_AXIS (1), FALSE));
  StrataValue *share, *valid;

  either = strata_subtract (b, either, both);
  valid = strata_multiply (b, get_targets (self, b), strata_greater (b, either, strata_builder_scalar (b, 1e-9)));
  share = strata_multiply (b, valid, strata_divide (b, both, strata_offset (b, either, 1e-7)));
  return strata_divide (b, strata_reduce_sum (b, share, STRATA_ALL_AXES, FALSE),
                        strata_offset (b, strata_reduce_sum (b, valid, STRATA_ALL_AXES, FALSE), 1e-7));
}
