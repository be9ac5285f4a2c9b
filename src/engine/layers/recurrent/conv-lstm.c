/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/conv-lstm.h"

static gboolean
check (const StrataInts  *strides,
       const StrataInts  *dilation,
       GError           **error)
{
  gint64 most_stride = 1, most_dilation = 1;

  for (int i = 0; i < strides->n; i++)
    most_stride = MAX (most_stride, strides->v[i]);
  for (int i = 0; i < dilation->n; i++)
    most_dilation = MAX (most_dilation, dilation->v[i]);
  if (most_stride == 1 || most_dilation == 1)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "strides and dilation_rate cannot both be larger than 1; leave one of them at 1");
  return FALSE;
}

/**
 * strata_conv_lstm_configured: (skip)
 *
 * Checks the parameters of a cell against each other.
 */
gboolean
strata_conv_lstm_configured (StrataObject  *object,
                             GError       **error)
{
  StrataCellLayer *self = (StrataCellLayer *) object;

  return check (&self->strides, &self->dilation_rate, error);
}

gboolean
strata_conv_lstm_layer_configured (StrataObject  *object,
                                   GError       **error)
{
  StrataRnnLayer *self = (StrataRnnLayer *) object;

  return check (&self->strides, &self->dilation_rate, error);
}
