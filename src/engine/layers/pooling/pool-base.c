/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/**
 * strata_pool_layer_configured: (skip)
 *
 * Windows lie side by side unless told otherwise.
 */
gboolean
strata_pool_layer_configured (StrataObject  *object,
                              GError       **error)
{
  StrataPoolLayer *self = (StrataPoolLayer *) object;

  if (self->strides.n < 0)
    self->strides = self->pool_size;
  return TRUE;
}

static gboolean
get_options (StrataPoolLayer   *self,
             StrataBuilder     *b,
             const StrataShape *x,
             StrataPoolOptions *options)
{
  gboolean same = g_str_equal (self->padding, "same");

  *options = (StrataPoolOptions){ 0 };
  for (int d = 0; d < x->rank - 2; d++)
    {
      gint64 in = x->dims[d + 1], window = self->pool_size.v[d];

      options->window[d] = window;
      options->stride[d] = self->strides.v[d];
      if (same)
        strata_get_same_margins (in, window, self->strides.v[d], 1, &options->before[d], &options->after[d]);
      else if (in != STRATA_UNKNOWN && in < window)
        {
          g_autofree char *text = strata_shape_to_string (x);

          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               "a window of %" PRId64 " does not fit into an input of shape %s; use a smaller "
                               "pool size, "
                               "padding “same”, or fewer pooling layers before it",
                               window, text);
          return FALSE;
        }
    }
  return TRUE;
}

static void
call_with (StrataPoolLayer *self,
           StrataBuilder   *b,
           StrataCall      *call,
           StrataPoolFunc   pool)
{
  StrataValue *x = strata_to_channels_last (b, strata_cast (b, call->inputs[0], STRATA_FLOAT32), self->data_format);
  StrataPoolOptions options;

  if (get_options (self, b, &x->shape, &options))
    strata_call_return (call, strata_from_channels_last (b, pool (b, x, &options), self->data_format));
}

void
strata_pool_layer_call_max (StrataLayer   *layer,
                            StrataBuilder *b,
                            StrataCall    *call)
{
  call_with ((StrataPoolLayer *) layer, b, call, strata_max_pool);
}

void
strata_pool_layer_call_average (StrataLayer   *layer,
                                StrataBuilder *b,
                                StrataCall    *call)
{
  call_with ((StrataPoolLayer *) layer, b, call, strata_average_pool);
}

static guint
get_spatial_axes (StrataGlobalPoolLayer *self,
                  const StrataValue     *x)
{
  guint axes = 0;

  for (int d = 0; d < x->shape.rank - 2; d++)
    axes |= STRATA_AXIS (strata_get_spatial_axis (self->data_format, d));
  return axes;
}

void
strata_global_pool_layer_call_max (StrataLayer   *layer,
                                   StrataBuilder *b,
                                   StrataCall    *call)
{
  StrataGlobalPoolLayer *self = (StrataGlobalPoolLayer *) layer;
  StrataValue *x = call->inputs[0];

  strata_call_return (call, strata_reduce_max (b, x, get_spatial_axes (self, x), self->keepdims));
}

/* Of a sequence with a mask, only the steps that count are averaged, whatever is in the others. */
static StrataValue *
average_masked (StrataGlobalPoolLayer *self,
                StrataBuilder         *b,
                StrataValue           *x,
                StrataValue           *mask)
{
  guint axes = get_spatial_axes (self, x);
  int axis = strata_is_channels_first (self->data_format) ? 1 : 2;
  StrataValue *counts = strata_expand_dims (b, strata_cast (b, mask, STRATA_BOOL), axis);
  StrataValue *kept = strata_where (b, counts, x, strata_builder_scalar (b, 0));

  return strata_divide (b, strata_reduce_sum (b, kept, axes, self->keepdims),
                        strata_reduce_sum (b, strata_cast (b, counts, STRATA_FLOAT32), axes, self->keepdims));
}

void
strata_global_pool_layer_call_average (StrataLayer   *layer,
                                       StrataBuilder *b,
                                       StrataCall    *call)
{
  StrataGlobalPoolLayer *self = (StrataGlobalPoolLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mask = call->masks != NULL ? call->masks[0]
                   : NULL;

  if (mask != NULL && x->shape.rank == 3)
    strata_call_return (call, average_masked (self, b, x, mask));
  else
    strata_call_return (call, strata_reduce_mean (b, x, get_spatial_axes (self, x), self->keepdims));
}
