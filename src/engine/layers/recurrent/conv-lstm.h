/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/convolution/conv-base.h"
#include "layers/recurrent/rnn-base.h"

G_BEGIN_DECLS

/* What a convolutional LSTM over images of nd dimensions and its cell have; 0 where the input tells how many. */
#define STRATA_CONV_LSTM_PARAMS(T, nd)                                                                                 \
  STRATA_CONV_PARAM_FILTERS_OF (T), STRATA_CONV_PARAMS_WINDOW_OF (T, nd, "valid", "same"),                             \
  STRATA_PARAM_ACTIVATION (T, activation, "\"tanh\""), STRATA_CELL_PARAM_GATES (T), STRATA_CELL_PARAM_FORGET (T),      \
  STRATA_CELL_PARAMS (T)

gboolean strata_conv_lstm_configured       (StrataObject *object, GError **error);
gboolean strata_conv_lstm_layer_configured (StrataObject *object, GError **error);

G_END_DECLS
