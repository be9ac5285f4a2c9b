/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/adaptive-pool-base.h"

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/resize.h"
#include "ops/shaping.h"

typedef StrataValue *(*ReduceFunc) (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);

/* Windows that share the input out as evenly as they can; those of neighbours may overlap by one. */
static StrataValue *
pool_axis (StrataBuilder *b,
           StrataValue   *x,
           int            axis,
           gint64         size,
           ReduceFunc     reduce)
{
  gint64 n = x->shape.dims[axis];
  g_autofree StrataValue **windows = NULL;

  /* Only the shape is asked for. */
  if (n == STRATA_UNKNOWN)
    return strata_resize (b, x, axis, size, STRATA_RESIZE_NEAREST, FALSE);
  if (!strata_can_list (b, size))
    return x;
  windows = g_new (StrataValue *, size);
  for (gint64 i = 0; i < size; i++)
    {
      gint64 first = i * n / size, end = ((i + 1) * n + size - 1) / size;

      windows[i] = reduce (b, strata_slice (b, x, axis, first, end - first), STRATA_AXIS (axis), TRUE);
    }
  return strata_concatenate (b, windows, size, axis);
}

/* Windows are boxes, so both means and maxima can be taken one dimension after the other. */
static void
call_with (StrataLayer   *layer,
           StrataBuilder *b,
           StrataCall    *call,
           ReduceFunc     reduce)
{
  StrataAdaptivePoolLayer *self = (StrataAdaptivePoolLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  for (int d = 0; d < call->inputs[0]->shape.rank - 2 && !strata_builder_has_failed (b); d++)
    {
      int axis = strata_get_spatial_axis (self->data_format, d);

      x = pool_axis (b, x, axis, self->output_size.v[d], reduce);
    }
  strata_call_return (call, x);
}

void
strata_adaptive_pool_layer_call_max (StrataLayer   *layer,
                                     StrataBuilder *b,
                                     StrataCall    *call)
{
  call_with (layer, b, call, strata_reduce_max);
}

void
strata_adaptive_pool_layer_call_average (StrataLayer   *layer,
                                         StrataBuilder *b,
                                         StrataCall    *call)
{
  call_with (layer, b, call, strata_reduce_mean);
}
