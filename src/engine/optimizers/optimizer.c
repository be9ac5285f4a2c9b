/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/optimizer-private.h"

#include "layers/naming.h"

/**
 * StrataOptimizer:
 *
 * How gradients change weights.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataOptimizer, strata_optimizer, STRATA_TYPE_OBJECT)

#define COMMON(TYPE, f, def, ...) STRATA_PARAM (TYPE, StrataOptimizerPrivate, f, def, __VA_ARGS__)

static StrataParam common_params[] = {
  COMMON (STRING, name, "null", .nullable = TRUE, .title = "Name",
          .description = "What the optimizer is called in files"),
  COMMON (OBJECT, learning_rate, "0.001", .kind = STRATA_KIND_SCHEDULE, .title = "Learning rate",
          .description = "How far each step goes: too small is slow, too large does not settle"),
  COMMON (FLOAT, weight_decay, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1,
          .title = "Weight decay",
          .description = "Share by which each step shrinks the weights, times the learning rate"),
  COMMON (FLOAT, clipnorm, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 10,
          .title = "Clip norm", .description = "The most that the length of each weight's gradient may be"),
  COMMON (FLOAT, global_clipnorm, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 10,
          .title = "Global clip norm", .description = "The most that the length of all gradients together may be"),
  COMMON (FLOAT, clipvalue, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 10,
          .title = "Clip value", .description = "The most that each number of a gradient may be"),
  COMMON (BOOL, use_ema, "false", .title = "Average weights",
          .description = "Whether a moving average of the weights is kept, which is often better than the weights"),
  COMMON (FLOAT, ema_momentum, "0.99", .minimum = 0, .maximum = 1, .title = "Averaging momentum",
          .description = "How slowly the average follows the weights"),
  COMMON (INT, ema_overwrite_frequency, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
          .title = "Overwrite every", .unit = "steps", .description = "How often the average replaces the weights"),
  COMMON (FLOAT, loss_scale_factor, "null", .nullable = TRUE, .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT,
          .title = "Loss scale", .description = "The loss is multiplied by it, and gradients are divided by it again"),
  COMMON (INT, gradient_accumulation_steps, "null", .nullable = TRUE, .minimum = 2, .maximum = G_MAXINT32,
          .soft_minimum = 2, .soft_maximum = 32, .title = "Accumulate", .unit = "batches",
          .description = "How many batches give one step: as if batches were so many times larger"),
  { NULL },
};

StrataOptimizerPrivate *
strata_optimizer_get_private (StrataOptimizer *self)
{
  return strata_optimizer_get_instance_private (self);
}

static void
strata_optimizer_finalize (GObject *object)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (STRATA_OPTIMIZER (object));

  g_clear_pointer (&priv->weights, g_ptr_array_unref);
  g_hash_table_unref (priv->subjects);
  g_ptr_array_unref (priv->variables);
  g_free (priv->averages);
  g_free (priv->accumulators);
  g_free (priv->slots);

  G_OBJECT_CLASS (strata_optimizer_parent_class)->finalize (object);
}

/* Optimizers around others leave all but the name to them; several share how the loss is scaled. */
static void
hide_common_params (StrataObjectClass *klass,
                    gboolean           several)
{
  for (const StrataParam *param = &common_params[1]; param->name != NULL; param++)
    if (!several || !g_str_equal (param->name, "loss_scale_factor"))
      strata_object_class_override_param (klass, param->name)->transient = TRUE;
}

static void
strata_optimizer_adopt (StrataObjectClass      *klass,
                        const StrataObjectInfo *object_info)
{
  const StrataOptimizerInfo *info = (const StrataOptimizerInfo *) object_info;
  StrataOptimizerClass *optimizer_class = STRATA_OPTIMIZER_CLASS (klass);

  optimizer_class->slots = info->slots;
  optimizer_class->build = info->build;
  optimizer_class->begin = info->begin;
  optimizer_class->decay = info->decay;
  optimizer_class->update = info->update;
  optimizer_class->get_inner = info->get_inner;
  optimizer_class->get_parts = info->get_parts;
  optimizer_class->apply = info->apply;
  optimizer_class->scale_loss = info->scale_loss;
  if (info->default_rate != NULL)
    strata_object_class_override_param (klass, "learning_rate")->fallback = info->default_rate;
  if (info->default_decay != NULL)
    strata_object_class_override_param (klass, "weight_decay")->fallback = info->default_decay;
  if (info->get_inner != NULL || info->get_parts != NULL)
    hide_common_params (klass, info->get_parts != NULL);
}

static gboolean
strata_optimizer_configured (StrataObject  *object,
                             GError       **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (STRATA_OPTIMIZER (object));
  int n_clips = (priv->clipnorm > 0) + (priv->global_clipnorm > 0) + (priv->clipvalue > 0);

  if (n_clips > 1)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "Only one of clipnorm, global_clipnorm and clipvalue can be set");
      return FALSE;
    }
  if (priv->name == NULL)
    priv->name = strata_naming_snake (strata_object_get_class_name (object));
  return STRATA_OBJECT_CLASS (strata_optimizer_parent_class)->configured (object, error);
}

static void
strata_optimizer_get_config (StrataObject *object,
                             JsonObject   *config)
{
  StrataOptimizer *self = STRATA_OPTIMIZER (object);
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);
  double rate;

  /* Callbacks and files write the variable; that of an optimizer around another means nothing. */
  if (STRATA_OPTIMIZER_GET_CLASS (self)->get_inner == NULL && priv->rate != NULL &&
      strata_schedule_is_constant (priv->learning_rate, &rate) &&
      (float) rate != strata_variable_get_floats (priv->rate)[0])
    strata_optimizer_set_rate (self, strata_variable_get_floats (priv->rate)[0], NULL);
  STRATA_OBJECT_CLASS (strata_optimizer_parent_class)->get_config (object, config);
}

static void
strata_optimizer_class_init (StrataOptimizerClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  int base = g_type_class_get_instance_private_offset (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_optimizer_finalize;
  object_class->kind = STRATA_KIND_OPTIMIZER;
  object_class->adopt = strata_optimizer_adopt;
  object_class->configured = strata_optimizer_configured;
  object_class->get_config = strata_optimizer_get_config;
  for (StrataParam *param = common_params; param->name != NULL; param++)
    param->offset += base;
  strata_object_class_install_params (object_class, common_params);
}

static void
strata_optimizer_init (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);

  priv->variables = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  priv->subjects = g_hash_table_new (NULL, NULL);
}

/**
 * strata_optimizer_get_inner:
 *
 * Returns: (transfer none) (nullable): the optimizer that it is around, if it is of that kind
 */
StrataOptimizer *
strata_optimizer_get_inner (StrataOptimizer *self)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);

  return klass->get_inner != NULL ? klass->get_inner (self) : NULL;
}

/**
 * strata_optimizer_get_parts:
 *
 * Returns: (transfer none) (nullable) (element-type StrataOptimizer): the optimizers that share the weights, if it is
 *   of several
 */
GPtrArray *
strata_optimizer_get_parts (StrataOptimizer *self)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);

  return klass->get_parts != NULL ? klass->get_parts (self) : NULL;
}

/* The optimizer that has weights and a learning rate: the innermost. */
StrataOptimizerPrivate *
strata_optimizer_get_innermost (StrataOptimizer *self)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);

  if (klass->get_inner != NULL)
    return strata_optimizer_get_innermost (klass->get_inner (self));
  return strata_optimizer_get_instance_private (self);
}

const char *
strata_optimizer_get_name (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);

  return priv->name;
}

gboolean
strata_optimizer_is_built (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);

  return priv->weights != NULL;
}

/**
 * strata_optimizer_get_weights: (skip)
 *
 * Returns: (transfer none) (nullable): the weights it was built for
 */
GPtrArray *
strata_optimizer_get_weights (StrataOptimizer *self)
{
  return strata_optimizer_get_innermost (self)->weights;
}

/**
 * strata_optimizer_dup_variables: (skip)
 *
 * Returns: (transfer full) (element-type StrataVariable): all it remembers, as
 *   Keras's `optimizer.variables` lists it; empty before it is built
 */
GPtrArray *
strata_optimizer_dup_variables (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);
  GPtrArray *variables = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);

  for (guint i = 0; i < priv->variables->len; i++)
    g_ptr_array_add (variables, strata_variable_ref (g_ptr_array_index (priv->variables, i)));
  if (klass->get_inner != NULL)
    g_ptr_array_extend_and_steal (variables, strata_optimizer_dup_variables (klass->get_inner (self)));
  for (guint i = 0; klass->get_parts != NULL && i < klass->get_parts (self)->len; i++)
    g_ptr_array_extend_and_steal (variables,
                                  strata_optimizer_dup_variables (g_ptr_array_index (klass->get_parts (self), i)));
  return variables;
}

/**
 * strata_optimizer_get_subject: (skip)
 * @variable: one of those that it remembers
 *
 * Returns: (transfer none) (nullable): the weight that @variable is kept for, in whose type Keras keeps it; %NULL where
 *   it
 *   is of all
 */
StrataVariable *
strata_optimizer_get_subject (StrataOptimizer *self,
                              StrataVariable  *variable)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_instance_private (self);
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);
  StrataVariable *subject = g_hash_table_lookup (priv->subjects, variable);

  if (subject == NULL && klass->get_inner != NULL)
    subject = strata_optimizer_get_subject (klass->get_inner (self), variable);
  for (guint i = 0; subject == NULL && klass->get_parts != NULL && i < klass->get_parts (self)->len; i++)
    subject = strata_optimizer_get_subject (g_ptr_array_index (klass->get_parts (self), i), variable);
  return subject;
}

/**
 * strata_optimizer_get_iterations:
 *
 * Returns: how many batches it has seen
 */
gint64
strata_optimizer_get_iterations (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);

  return priv->iterations == NULL ? 0
                                  : *(gint64 *) strata_tensor_get_data (strata_variable_get_tensor (priv->iterations));
}

/**
 * strata_optimizer_get_schedule:
 *
 * Returns: (transfer none): its learning rate; a constant one where it is a number
 */
StrataSchedule *
strata_optimizer_get_schedule (StrataOptimizer *self)
{
  return strata_optimizer_get_innermost (self)->learning_rate;
}

/**
 * strata_optimizer_get_rate:
 *
 * Returns: the learning rate that the next step goes by
 */
double
strata_optimizer_get_rate (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);
  g_autoptr (StrataBuilder) b = NULL;
  StrataValue *step;
  double rate;

  if (priv->rate != NULL)
    return strata_variable_get_floats (priv->rate)[0];
  if (strata_schedule_is_constant (priv->learning_rate, &rate))
    return rate;

  b = strata_builder_new_eager (0);
  step = strata_builder_scalar (b, strata_optimizer_get_iterations (self));
  return strata_tensor_get_number (strata_schedule_rate (priv->learning_rate, b, step)->tensor, 0);
}

/**
 * strata_optimizer_set_rate:
 * @rate: the new learning rate
 *
 * Sets the learning rate of the steps to come; programs need not be compiled
 * again. Fails where a schedule sets it.
 */
gboolean
strata_optimizer_set_rate (StrataOptimizer  *self,
                           double            rate,
                           GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);
  g_autoptr (JsonNode) value = json_node_init_double (json_node_alloc (), rate);
  double old;

  if (strata_optimizer_get_parts (self) != NULL)
    {
      strata_set_error (error, STRATA_ERROR_STATE,
                        "%s is several optimizers, each of which has a learning rate of its own: set those",
                        priv->name);
      return FALSE;
    }
  if (!strata_schedule_is_constant (priv->learning_rate, &old))
    {
      strata_set_error (error, STRATA_ERROR_STATE, "The learning rate of %s follows the schedule %s and cannot be set; "
                        "give the optimizer a number instead", priv->name,
                        strata_object_get_class_name (STRATA_OBJECT (priv->learning_rate)));
      return FALSE;
    }
  if (!strata_object_set_param (STRATA_OBJECT (priv->learning_rate), "value", value, error))
    return FALSE;
  if (priv->rate != NULL)
    strata_variable_fill (priv->rate, rate);
  return TRUE;
}
