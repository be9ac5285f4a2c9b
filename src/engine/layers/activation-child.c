/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/activation-child.h"

#include "activations/layer-activation.h"

static StrataValue *
call_layer (StrataObject  *layer,
            StrataBuilder *b,
            StrataValue   *x)
{
  return strata_layer_call_on (STRATA_LAYER (layer), b, x, FALSE);
}

/* The layer that a parameter holds as an activation, or NULL. */
static StrataLayer *
get_activation (StrataLayer       *self,
                const StrataParam *param)
{
  StrataObject *activation = param->type == STRATA_PARAM_OBJECT && param->kind == STRATA_KIND_ACTIVATION
                             ? G_STRUCT_MEMBER (StrataObject *, self, param->offset) : NULL;

  return activation != NULL && STRATA_IS_LAYER_ACTIVATION (activation)
           ? STRATA_LAYER (strata_layer_activation_get_layer (STRATA_LAYER_ACTIVATION (activation))) : NULL;
}

/**
 * strata_layer_adopt_activations: (skip)
 *
 * Makes layers that are activations children of the layer that has them: their weights are among its own then, and
 * have their place in files.
 */
void
strata_layer_adopt_activations (StrataLayer *self)
{
  const GPtrArray *params = strata_object_get_params (STRATA_OBJECT (self));

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);
      StrataLayer *layer = get_activation (self, param);
      StrataObject *activation;

      if (layer == NULL)
        continue;
      activation = G_STRUCT_MEMBER (StrataObject *, self, param->offset);
      strata_layer_add_child (self, param->name, layer);
      strata_layer_activation_set_call (STRATA_LAYER_ACTIVATION (activation), call_layer);
    }
}

/**
 * strata_layer_share_activations: (skip)
 * @cell: the layer inside this one that computes
 *
 * Gives a layer the activations of its cell, which has copies of them, so that those that learn are the same.
 */
void
strata_layer_share_activations (StrataLayer *self,
                                StrataLayer *cell)
{
  const GPtrArray *params = strata_object_get_params (STRATA_OBJECT (self));

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);
      const StrataParam *same = get_activation (self, param) != NULL
                                ? strata_object_find_param (STRATA_OBJECT (cell), param->name) : NULL;

      if (same != NULL)
        g_set_object (&G_STRUCT_MEMBER (StrataObject *, self, param->offset),
                      G_STRUCT_MEMBER (StrataObject *, cell, same->offset));
    }
}

/**
 * strata_layer_is_activation: (skip)
 *
 * Keras makes the weights of an activation at the first call that computes, so that files of models that were never
 * called have none.
 *
 * Returns: whether a layer inside another is its activation
 */
gboolean
strata_layer_is_activation (StrataLayer *self,
                            StrataLayer *child)
{
  const GPtrArray *params = strata_object_get_params (STRATA_OBJECT (self));

  for (guint i = 0; i < params->len; i++)
    if (get_activation (self, g_ptr_array_index (params, i)) == child)
      return TRUE;
  return FALSE;
}
