/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"

#include <math.h>

#include "layers/naming.h"
#include "losses/loss.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  char *name;
  JsonNode *dtype;
  GPtrArray *states;
  gboolean built;
} StrataMetricPrivate;

/**
 * StrataMetric:
 *
 * What training is judged by: state that batches add to, and a result.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataMetric, strata_metric, STRATA_TYPE_OBJECT)

static StrataParam metric_params[] = {
  { .name = "name", .type = STRATA_PARAM_STRING, .fallback = "null", .nullable = TRUE, .title = "Name",
    .description = "What the metric is called in logs" },
  { .name = "dtype", .type = STRATA_PARAM_JSON, .fallback = "\"float32\"", .nullable = TRUE, .title = "Data type",
    .description = "How Keras would compute it; Strata computes in float32" },
  { NULL },
};

static void
strata_metric_finalize (GObject *object)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (STRATA_METRIC (object));

  g_ptr_array_unref (priv->states);

  G_OBJECT_CLASS (strata_metric_parent_class)->finalize (object);
}

static void
strata_metric_adopt (StrataObjectClass      *klass,
                     const StrataObjectInfo *object_info)
{
  const StrataMetricInfo *info = (const StrataMetricInfo *) object_info;
  StrataMetricClass *metric_class = STRATA_METRIC_CLASS (klass);

  metric_class->maximise = info->maximise;
  metric_class->raw = info->raw;
  if (info->default_dtype != NULL)
    strata_object_class_override_param (klass, "dtype")->fallback = info->default_dtype;
  metric_class->function = info->function;
  metric_class->values = info->values;
  metric_class->build = info->build;
  metric_class->update = info->update;
  metric_class->result = info->result;
}

static gboolean
strata_metric_configured (StrataObject  *object,
                          GError       **error)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (STRATA_METRIC (object));

  const StrataMetricInfo *info = (const StrataMetricInfo *) STRATA_OBJECT_GET_CLASS (object)->info;

  if (priv->name == NULL && info != NULL)
    priv->name = g_strdup (info->default_name);
  if (priv->name == NULL)
    priv->name = strata_naming_snake (strata_object_get_class_name (object));
  return STRATA_OBJECT_CLASS (strata_metric_parent_class)->configured (object, error);
}

static void
strata_metric_class_init (StrataMetricClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  int base = g_type_class_get_instance_private_offset (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_metric_finalize;
  object_class->kind = STRATA_KIND_METRIC;
  object_class->adopt = strata_metric_adopt;
  object_class->configured = strata_metric_configured;
  metric_params[0].offset = base + (int) G_STRUCT_OFFSET (StrataMetricPrivate, name);
  metric_params[1].offset = base + (int) G_STRUCT_OFFSET (StrataMetricPrivate, dtype);
  strata_object_class_install_params (object_class, metric_params);
}

static void
strata_metric_init (StrataMetric *self)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);

  priv->states = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
}

const char *
strata_metric_get_name (StrataMetric *self)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);

  return priv->name;
}

void
strata_metric_set_name (StrataMetric *self,
                        const char   *name)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);

  g_free (priv->name);
  priv->name = g_strdup (name);
}

/**
 * strata_metric_add_state: (skip)
 *
 * Returns: (transfer none): a float32 variable that is zero at the start of each epoch
 */
StrataVariable *
strata_metric_add_state (StrataMetric      *self,
                         const char        *name,
                         const StrataShape *shape)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);
  StrataVariable *state = strata_variable_new (name, strata_tensor_new (STRATA_FLOAT32, shape), FALSE);

  g_ptr_array_add (priv->states, state);
  return state;
}

/**
 * strata_metric_get_states: (skip)
 *
 * Returns: (transfer none): its variables
 */
GPtrArray *
strata_metric_get_states (StrataMetric *self)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);

  return priv->states;
}

/**
 * strata_metric_build: (skip)
 * @y_pred: shape of the predictions
 *
 * Makes its state, unless it has it: total and count for those that do not say.
 */
gboolean
strata_metric_build (StrataMetric       *self,
                     const StrataShape  *y_pred,
                     GError            **error)
{
  StrataMetricPrivate *priv = strata_metric_get_instance_private (self);
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);

  if (priv->built)
    return TRUE;
  if (klass->build == NULL)
    {
      strata_metric_add_state (self, "total", &STRATA_SCALAR);
      strata_metric_add_state (self, "count", &STRATA_SCALAR);
    }
  else if (!klass->build (self, y_pred, error))
    return FALSE;
  priv->built = TRUE;
  return TRUE;
}

/**
 * strata_metric_reset:
 *
 * Forgets all batches.
 */
void
strata_metric_reset (StrataMetric *self)
{
  GPtrArray *states = strata_metric_get_states (self);

  for (guint i = 0; i < states->len; i++)
    strata_variable_fill (g_ptr_array_index (states, i), 0);
}

/**
 * strata_metric_add_to: (skip)
 *
 * Emits that @state becomes larger by @summand.
 */
void
strata_metric_add_to (StrataBuilder  *b,
                      StrataVariable *state,
                      StrataValue    *summand)
{
  strata_builder_assign (b, state, strata_add (b, strata_builder_read (b, state), summand));
}

/* The mean of all but the first @n dimensions. */
static StrataValue *
keep_dims (StrataBuilder *b,
           StrataValue   *x,
           int            n)
{
  return x->shape.rank <= n ? x : strata_reduce_mean (b, x, STRATA_ALL_AXES & ~(STRATA_AXIS (n) - 1), FALSE);
}

/**
 * strata_metric_update_mean: (skip)
 * @values: a value a sample (or step)
 * @weights: (nullable): their weights
 *
 * Emits ops that add a batch to the first two states, the weighed sum and the
 * sum of the weights.
 */
void
strata_metric_update_mean (StrataMetric  *self,
                           StrataBuilder *b,
                           StrataValue   *values,
                           StrataValue   *weights)
{
  GPtrArray *states = strata_metric_get_states (self);
  StrataValue *count;

  if (strata_builder_has_failed (b))
    return;
  if (weights != NULL)
    {
      strata_loss_match_ranks (b, &values, &weights);
      values = keep_dims (b, values, weights->shape.rank);
      weights = strata_broadcast_to (b, weights, &values->shape);
      values = strata_multiply (b, values, weights);
      count = strata_reduce_sum (b, keep_dims (b, weights, 1), STRATA_ALL_AXES, FALSE);
    }
  else
    count = strata_builder_scalar (b, values->shape.rank > 0 ? values->shape.dims[0] : 1);
  strata_metric_add_to (b, g_ptr_array_index (states, 0),
                        strata_reduce_sum (b, keep_dims (b, values, 1), STRATA_ALL_AXES, FALSE));
  strata_metric_add_to (b, g_ptr_array_index (states, 1), count);
}

static StrataValue *
get_values (StrataMetric  *self,
            StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred)
{
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);

  return klass->function != NULL ? klass->function (b, y_true, y_pred) : klass->values (self, b, y_true, y_pred);
}

/**
 * strata_metric_update: (skip)
 * @y_true: targets
 * @y_pred: predictions
 * @weights: (nullable): a weight a sample (or step)
 *
 * Emits ops that add a batch to the state.
 */
void
strata_metric_update (StrataMetric  *self,
                      StrataBuilder *b,
                      StrataValue   *y_true,
                      StrataValue   *y_pred,
                      StrataValue   *weights)
{
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);
  StrataPhase phase;

  if (strata_builder_has_failed (b))
    return;
  phase = strata_builder_set_phase (b, STRATA_PHASE_METRICS);
  strata_builder_push_scope (b, strata_metric_get_name (self));
  y_true = strata_cast (b, y_true, STRATA_FLOAT32);
  y_pred = strata_cast (b, y_pred, STRATA_FLOAT32);
  if (weights != NULL)
    weights = strata_cast (b, weights, STRATA_FLOAT32);
  if (!klass->raw)
    strata_loss_match_ranks (b, &y_true, &y_pred);
  if (klass->update != NULL)
    klass->update (self, b, y_true, y_pred, weights);
  else
    strata_metric_update_mean (self, b, get_values (self, b, y_true, y_pred), weights);
  strata_builder_pop_scope (b);
  strata_builder_set_phase (b, phase);
}

/**
 * strata_metric_update_masked: (skip)
 * @weights: (nullable): a weight a sample (or step)
 * @mask: (nullable): which steps of the predictions count
 *
 * As strata_metric_update(). As in Keras, only metrics that are plain means heed masks.
 */
void
strata_metric_update_masked (StrataMetric  *self,
                             StrataBuilder *b,
                             StrataValue   *y_true,
                             StrataValue   *y_pred,
                             StrataValue   *weights,
                             StrataValue   *mask)
{
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);
  gboolean is_mean = klass->build == NULL && klass->result == NULL;

  if (mask != NULL && is_mean && !strata_builder_has_failed (b))
    {
      mask = strata_cast (b, mask, STRATA_FLOAT32);
      if (weights != NULL)
        weights = strata_loss_fit_weights (b, weights, mask);
      weights = weights != NULL ? strata_multiply (b, weights, mask) : mask;
    }
  strata_metric_update (self, b, y_true, y_pred, weights);
}

/**
 * strata_metric_result: (skip)
 *
 * Returns: (transfer none): the metric of all batches so far
 */
StrataValue *
strata_metric_result (StrataMetric  *self,
                      StrataBuilder *b)
{
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);
  GPtrArray *states = strata_metric_get_states (self);

  if (klass->result != NULL)
    return klass->result (self, b);
  return strata_divide_no_nan (b, strata_builder_read (b, g_ptr_array_index (states, 0)),
                               strata_builder_read (b, g_ptr_array_index (states, 1)));
}

/**
 * strata_metric_dup_values:
 *
 * Returns: (transfer full) (nullable): the metric of all batches so far: a
 *   number, or several, as one a class; %NULL where it cannot be worked out
 */
StrataTensor *
strata_metric_dup_values (StrataMetric *self)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *result = strata_metric_result (self, b);

  return strata_builder_has_failed (b) ? NULL : strata_tensor_ref (result->tensor);
}

/**
 * strata_metric_get_value:
 *
 * Returns: the metric of all batches so far; the mean where it has several numbers
 */
double
strata_metric_get_value (StrataMetric *self)
{
  StrataMetricClass *klass = STRATA_METRIC_GET_CLASS (self);
  g_autoptr (StrataTensor) values = NULL;
  double sum = 0;

  /* After every batch: without allocating. */
  if (klass->result == NULL)
    {
      GPtrArray *states = strata_metric_get_states (self);
      double count = strata_variable_get_floats (g_ptr_array_index (states, 1))[0];

      return count == 0 ? 0 : strata_variable_get_floats (g_ptr_array_index (states, 0))[0] / count;
    }

  values = strata_metric_dup_values (self);
  if (values == NULL)
    return NAN;
  for (gint64 i = 0; i < strata_tensor_get_size (values); i++)
    sum += strata_tensor_get_number (values, i);
  return sum / MAX (1, strata_tensor_get_size (values));
}
