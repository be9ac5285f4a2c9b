/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/optimizer-private.h"

/**
 * strata_optimizer_get_average: (skip)
 * @i: which weight
 *
 * Returns: (transfer none) (nullable): the moving average of a weight, where averages are kept
 */
StrataVariable *
strata_optimizer_get_average (StrataOptimizer *self,
                              guint            i)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);

  return priv->averages != NULL && i < priv->weights->len ? priv->averages[i] : NULL;
}

static void
swap (StrataVariable *a,
      StrataVariable *b)
{
  float *x = strata_variable_get_floats (a), *y = strata_variable_get_floats (b);
  gint64 n = strata_shape_get_size (&a->shape);

  for (gint64 i = 0; i < n; i++)
    {
      float kept = x[i];

      x[i] = y[i];
      y[i] = kept;
    }
}

/**
 * strata_optimizer_set_averaged: (skip)
 * @averaged: whether the model is to have the averages in the place of its weights
 *
 * Swaps weights and averages, unless they are as asked for. Steps must be
 * taken only with the weights in their place.
 */
gboolean
strata_optimizer_set_averaged (StrataOptimizer  *self,
                               gboolean          averaged,
                               GError          **error)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);
  GPtrArray *parts = strata_optimizer_get_parts (self);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (strata_optimizer_get_private (g_ptr_array_index (parts, i))->averages != NULL &&
        !strata_optimizer_set_averaged (g_ptr_array_index (parts, i), averaged, error))
      return FALSE;
  if (parts != NULL || priv->averaged == averaged)
    return TRUE;
  if (priv->averages == NULL)
    {
      strata_set_error (error, STRATA_ERROR_STATE, "The optimizer %s keeps no averages of the weights: set its use_ema",
                        priv->name);
      return FALSE;
    }
  for (guint i = 0; i < priv->weights->len; i++)
    swap (g_ptr_array_index (priv->weights, i), priv->averages[i]);
  priv->averaged = averaged;
  return TRUE;
}

/**
 * strata_optimizer_finish: (skip)
 *
 * Ends training: where averages are kept, they become the weights.
 */
void
strata_optimizer_finish (StrataOptimizer *self)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_innermost (self);
  GPtrArray *parts = strata_optimizer_get_parts (self);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    strata_optimizer_finish (g_ptr_array_index (parts, i));
  for (guint i = 0; priv->averages != NULL && i < priv->weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (priv->weights, i);
      StrataVariable *from = priv->averaged ? weight : priv->averages[i];
      StrataVariable *to = priv->averaged ? priv->averages[i] : weight;

      strata_variable_assign (to, strata_variable_get_tensor (from), NULL);
    }
  priv->averaged = FALSE;
}
