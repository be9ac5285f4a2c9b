/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/freezing.h"

/* A layer may have a weight of one inside as its own, too: whether that one is frozen counts. */
static gboolean
is_frozen_inside (StrataLayer    *self,
                  StrataVariable *variable)
{
  for (guint i = 0; i < strata_layer_get_n_children (self); i++)
    {
      StrataLayer *child = strata_layer_get_child (self, i, NULL);
      g_autoptr (GPtrArray) own = strata_layer_dup_own_weights (child);

      if (strata_layer_freezes_inside (child) && g_ptr_array_find (own, variable, NULL))
        return TRUE;
    }
  return FALSE;
}

static void
collect (StrataLayer *self,
         gboolean     trainable_only,
         GHashTable  *seen,
         GPtrArray   *weights)
{
  g_autoptr (GPtrArray) own = NULL;

  if (trainable_only && strata_layer_freezes_inside (self))
    return;

  own = strata_layer_dup_own_weights (self);
  for (guint i = 0; i < own->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (own, i);

      if (trainable_only && (!variable->trainable || is_frozen_inside (self, variable)))
        continue;
      if (!g_hash_table_add (seen, variable))
        continue;
      g_ptr_array_add (weights, strata_variable_ref (variable));
    }
  for (guint i = 0; i < strata_layer_get_n_children (self); i++)
    collect (strata_layer_get_child (self, i, NULL), trainable_only, seen, weights);
}

static GPtrArray *
dup_weights (StrataLayer *self,
             gboolean     trainable_only)
{
  GPtrArray *weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (!trainable_only || strata_layer_get_trainable (self))
    collect (self, trainable_only, seen, weights);
  return weights;
}

/**
 * strata_layer_dup_weights:
 *
 * Returns: (transfer full) (element-type StrataVariable): what Keras's
 *   `layer.weights` is: its own, trainable ones first, then its children's
 */
GPtrArray *
strata_layer_dup_weights (StrataLayer *self)
{
  return dup_weights (self, FALSE);
}

/**
 * strata_layer_dup_trainable_weights:
 *
 * Returns: (transfer full) (element-type StrataVariable): those that training
 *   changes: not the ones of frozen layers
 */
GPtrArray *
strata_layer_dup_trainable_weights (StrataLayer *self)
{
  return dup_weights (self, TRUE);
}

/**
 * strata_layer_count_params:
 * @trainable_only: whether to leave out what training does not change
 *
 * Returns: how many numbers its weights hold
 */
gint64
strata_layer_count_params (StrataLayer *self,
                           gboolean     trainable_only)
{
  g_autoptr (GPtrArray) weights = dup_weights (self, trainable_only);
  gint64 count = 0;

  for (guint i = 0; i < weights->len; i++)
    count += strata_shape_get_size (strata_variable_get_shape (g_ptr_array_index (weights, i)));
  return count;
}

/**
 * strata_layer_copy_weights:
 * @source: a layer of the same structure
 *
 * Gives the layer the weights of another.
 */
gboolean
strata_layer_copy_weights (StrataLayer  *self,
                           StrataLayer  *source,
                           GError      **error)
{
  g_autoptr (GPtrArray) to = strata_layer_dup_weights (self), from = strata_layer_dup_weights (source);

  if (to->len != from->len)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "%s has %u weights, %s has %u",
                        strata_layer_get_name (self), to->len,
                        strata_layer_get_name (source), from->len);
      return FALSE;
    }
  for (guint i = 0; i < to->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (from, i);

      if (!strata_variable_materialize (variable, error) ||
          !strata_variable_assign (g_ptr_array_index (to, i), variable->tensor, error))
        return FALSE;
    }
  return TRUE;
}
