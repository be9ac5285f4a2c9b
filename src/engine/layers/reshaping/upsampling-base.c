/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/upsampling-base.h"

#include "ops/elementwise.h"
#include "ops/resize.h"

void
strata_upsampling_layer_call (StrataLayer   *layer,
                              StrataBuilder *b,
                              StrataCall    *call)
{
  StrataUpSamplingLayer *self = (StrataUpSamplingLayer *) layer;
  StrataValue *x = call->inputs[0];
  gboolean nearest = self->interpolation == NULL || g_str_equal (self->interpolation, "nearest");

  if (!nearest)
    x = strata_cast (b, x, STRATA_FLOAT32);
  for (int d = 0; d < call->inputs[0]->shape.rank - 2; d++)
    {
      int axis = strata_get_spatial_axis (self->data_format, d);
      gint64 factor = self->size.v[d], n = x->shape.dims[axis];

      if (nearest)
        x = strata_repeat (b, x, axis, factor);
      else
        x = strata_resize (b, x, axis, n == STRATA_UNKNOWN ? n : n * factor,
                           strata_resize_method_from_name (self->interpolation), FALSE);
    }
  strata_call_return (call, x);
}
