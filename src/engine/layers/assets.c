/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

/**
 * strata_assets_new: (skip)
 *
 * Returns: (transfer full): room for a layer's files and arrays
 */
StrataAssets *
strata_assets_new (void)
{
  StrataAssets *self = g_new (StrataAssets, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->arrays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_tensor_unref);
  return self;
}

void
strata_assets_free (StrataAssets *self)
{
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->arrays);
  g_free (self);
}

/**
 * strata_layer_save_assets: (skip)
 * @assets: what the layer keeps is added
 *
 * Tells what files must keep beside the layer's parameters and weights: Keras
 * puts files into `assets/` of an archive, and arrays next to the weights. What
 * layers inside keep is theirs to tell.
 */
void
strata_layer_save_assets (StrataLayer  *self,
                          StrataAssets *assets)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);

  if (klass->save_assets != NULL)
    klass->save_assets (self, assets);
}

/**
 * strata_layer_load_assets: (skip)
 * @assets: what a file had for the layer
 *
 * Gives a layer back what strata_layer_save_assets() told.
 */
gboolean
strata_layer_load_assets (StrataLayer         *self,
                          const StrataAssets  *assets,
                          GError             **error)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);

  return klass->load_assets == NULL || klass->load_assets (self, assets, error);
}

/**
 * strata_layer_dup_learned: (skip)
 *
 * Returns: (transfer full) (nullable): what it learned from data beside weights, as parameters that say the same
 */
JsonObject *
strata_layer_dup_learned (StrataLayer *self)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);
  g_autoptr (JsonObject) learned = klass->dup_learned != NULL ? klass->dup_learned (self) : NULL;

  return learned != NULL && !strata_layer_is_unlearned (self) ? g_steal_pointer (&learned) : NULL;
}

/**
 * strata_layer_is_unlearned: (skip)
 *
 * Returns: whether it has neither been given a vocabulary nor learned one, though it needs one
 */
gboolean
strata_layer_is_unlearned (StrataLayer *self)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);
  g_autoptr (JsonObject) learned = klass->dup_learned != NULL ? klass->dup_learned (self) : NULL;

  return learned != NULL && json_array_get_length (json_object_get_array_member (learned, "vocabulary")) == 0;
}

/**
 * strata_layer_check_learned: (skip)
 *
 * Returns: whether the layer and all in it can compute: to one without a vocabulary, each word would be unknown
 */
gboolean
strata_layer_check_learned (StrataLayer  *self,
                            GError      **error)
{
  if (strata_layer_is_unlearned (self))
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "The layer “%s” has no vocabulary, so that it would take each word for an unknown one; give it "
                        "its vocabulary, or begin with a file that has it, such as the .keras file",
                        strata_layer_get_name (self));
      return FALSE;
    }
  for (guint i = 0; i < strata_layer_get_n_children (self); i++)
    if (!strata_layer_check_learned (strata_layer_get_child (self, i, NULL), error))
      return FALSE;
  return TRUE;
}
