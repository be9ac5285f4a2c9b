/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

gboolean
strata_layer_can_adapt (StrataLayer *self)
{
  return STRATA_LAYER_GET_CLASS (self)->adapt != NULL;
}

/**
 * strata_layer_adapt:
 * @data: all samples, the batch first
 *
 * Lets a preprocessing layer learn what it needs from data: means and variances,
 * boundaries of bins, a vocabulary. Do so before the layer is used.
 */
gboolean
strata_layer_adapt (StrataLayer   *self,
                    StrataTensor  *data,
                    GError       **error)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);

  if (klass->adapt == NULL)
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "%s (%s) learns nothing from data beforehand",
                      strata_layer_get_name (self),
                      strata_object_get_class_name (STRATA_OBJECT (self)));
  else if (klass->adapt (self, data, error))
    return TRUE;
  else
    g_prefix_error (error, "%s: ", strata_layer_get_name (self));
  return FALSE;
}
