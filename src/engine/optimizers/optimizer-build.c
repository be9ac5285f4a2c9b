/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/optimizer-private.h"

/**
 * strata_optimizer_add_variable: (skip)
 * @name: what Keras calls it
 * @value: what it is at first
 *
 * For `build` of those who derive.
 * Returns: (transfer none): a scalar that is saved with the optimizer
 */
StrataVariable *
strata_optimizer_add_variable (StrataOptimizer *self,
                               const char      *name,
                               StrataDType      dtype,
                               double           value)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataVariable *variable = strata_variable_new (name, strata_tensor_new (dtype, &STRATA_SCALAR), FALSE);

  variable->path = g_strdup_printf ("%s/%s", priv->name, name);
  strata_variable_fill (variable, value);
  g_ptr_array_add (priv->variables, variable);
  return variable;
}

/* A variable beside a weight: "adam/dense_kernel_momentum". */
static StrataVariable *
add_for_weight (StrataOptimizer    *self,
                StrataVariable     *weight,
                const char         *name,
                StrataDType         dtype,
                const StrataShape  *shape,
                double              start,
                GError            **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  g_autofree char *flat = g_strdelimit (g_strdup (weight->path != NULL ? weight->path : weight->name), "/", '_');
  g_autofree char *full = g_strdup_printf ("%s_%s", flat, name);
  g_autoptr (StrataVariable) variable = strata_variable_new_lazy (full, dtype, shape, FALSE);

  variable->path = g_strdup_printf ("%s/%s", priv->name, full);
  if (start != 0)
    {
      if (!strata_variable_materialize (variable, error))
        return NULL;
      strata_variable_fill (variable, start);
    }
  g_ptr_array_add (priv->variables, strata_variable_ref (variable));
  g_hash_table_insert (priv->subjects, variable, weight);
  return variable;
}

static StrataVariable **
add_for_weights (StrataOptimizer *self,
                 const char      *name)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataVariable **variables = g_new0 (StrataVariable *, priv->weights->len + 1);

  for (guint i = 0; i < priv->weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (priv->weights, i);

      variables[i] = add_for_weight (self, weight, name, STRATA_FLOAT32, &weight->shape, 0, NULL);
    }
  return variables;
}

static gboolean
copy_weight (StrataVariable  *slot,
             StrataVariable  *weight,
             GError         **error)
{
  return strata_variable_materialize (weight, error) && strata_variable_materialize (slot, error) &&
         strata_variable_assign (slot, strata_variable_get_tensor (weight), error);
}

static gboolean
add_slot (StrataOptimizer  *self,
          guint             i,
          guint             k,
          GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  const StrataSlot *slot = &STRATA_OPTIMIZER_GET_CLASS (self)->slots[k];
  StrataVariable *weight = g_ptr_array_index (priv->weights, i), *made;
  StrataDType dtype = STRATA_FLOAT32;
  StrataShape shape = weight->shape;
  double start = slot->start != NULL ? slot->start (self) : 0;

  if (slot->wanted != NULL && !slot->wanted (self, weight))
    return TRUE;
  if (slot->spec != NULL)
    slot->spec (weight, &dtype, &shape);
  made = add_for_weight (self, weight, slot->name, dtype, &shape, start, error);
  priv->slots[i * STRATA_MAX_SLOTS + k] = made;
  return made != NULL && (!slot->copies || copy_weight (made, weight, error));
}

static gboolean
add_slots (StrataOptimizer  *self,
           GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  const StrataSlot *slots = STRATA_OPTIMIZER_GET_CLASS (self)->slots;
  guint n_slots = 0;

  priv->slots = g_new0 (StrataVariable *, MAX (priv->weights->len, 1) * STRATA_MAX_SLOTS);
  while (slots != NULL && slots[n_slots].name != NULL)
    n_slots++;
  for (guint group = 0; group < STRATA_MAX_SLOTS; group++)
    for (guint i = 0; i < priv->weights->len; i++)
      for (guint k = 0; k < n_slots; k++)
        if (slots[k].group == group && !add_slot (self, i, k, error))
          return FALSE;
  return TRUE;
}

static gboolean
check_same_weights (StrataOptimizer  *self,
                    GPtrArray        *weights,
                    GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  gboolean same = priv->weights->len == weights->len;

  for (guint i = 0; same && i < weights->len; i++)
    same = g_ptr_array_index (weights, i) == g_ptr_array_index (priv->weights, i);
  if (!same)
    strata_set_error (error, STRATA_ERROR_STATE,
                      "The optimizer %s was begun with other weights; compile the model again with a new optimizer",
                      priv->name);
  return same;
}

/* What a build that failed had made. */
static void
unbuild (StrataOptimizerPrivate *priv)
{
  g_clear_pointer (&priv->weights, g_ptr_array_unref);
  g_clear_pointer (&priv->averages, g_free);
  g_clear_pointer (&priv->accumulators, g_free);
  g_clear_pointer (&priv->slots, g_free);
  priv->iterations = priv->rate = NULL;
  g_hash_table_remove_all (priv->subjects);
  g_ptr_array_set_size (priv->variables, 0);
}

static gboolean
build_inner (StrataOptimizer  *self,
             GPtrArray        *weights,
             GError          **error)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);

  return klass->get_inner == NULL || strata_optimizer_build (klass->get_inner (self), weights, error);
}

/**
 * strata_optimizer_build: (skip)
 * @weights: (element-type StrataVariable): what training changes
 *
 * Makes all it remembers of the weights, unless it has been built for them.
 */
gboolean
strata_optimizer_build (StrataOptimizer  *self,
                        GPtrArray        *weights,
                        GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);
  double rate;

  if (priv->weights != NULL)
    return check_same_weights (self, weights, error);

  priv->weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  for (guint i = 0; i < weights->len; i++)
    g_ptr_array_add (priv->weights, strata_variable_ref (g_ptr_array_index (weights, i)));
  priv->iterations = strata_optimizer_add_variable (self, "iteration", STRATA_INT64, 0);
  if (strata_schedule_is_constant (priv->learning_rate, &rate))
    priv->rate = strata_optimizer_add_variable (self, "learning_rate", STRATA_FLOAT32,
                                                klass->get_inner != NULL ? 0 : rate);
  if (priv->use_ema)
    priv->averages = add_for_weights (self, "average");
  if (priv->gradient_accumulation_steps != STRATA_NONE_INT)
    priv->accumulators = add_for_weights (self, "gradient_accumulator");

  if (add_slots (self, error) && (klass->build == NULL || klass->build (self, error)) &&
      build_inner (self, weights, error))
    return TRUE;
  unbuild (priv);
  return FALSE;
}
