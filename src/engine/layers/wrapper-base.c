/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/wrapper-base.h"

gboolean
strata_wrapper_layer_configured (StrataObject  *object,
                                 GError       **error)
{
  strata_layer_remove_children (STRATA_LAYER (object));
  strata_layer_add_child (STRATA_LAYER (object), "layer", ((StrataWrapperLayer *) object)->layer);
  return TRUE;
}

gboolean
strata_wrapper_layer_build (StrataLayer       *layer,
                            const StrataSpec  *inputs,
                            guint              n_inputs,
                            GError           **error)
{
  return strata_layer_build (((StrataWrapperLayer *) layer)->layer, inputs, n_inputs, error);
}

/* The layer inside does it all. */
void
strata_wrapper_layer_call (StrataLayer   *layer,
                           StrataBuilder *b,
                           StrataCall    *call)
{
  StrataCall inner = *call;

  if (!strata_layer_call (((StrataWrapperLayer *) layer)->layer, b, &inner))
    return;
  for (guint i = 0; i < inner.n_outputs; i++)
    {
      strata_call_return (call, inner.outputs[i]);
      call->output_masks[i] = inner.output_masks[i];
    }
}
