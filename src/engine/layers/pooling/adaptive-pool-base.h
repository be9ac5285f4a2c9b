/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"

G_BEGIN_DECLS

/* Pooling to a size that is given, whatever the size of the input. */
typedef struct
{
  StrataLayer parent;
  StrataInts output_size;
  char *data_format;
} StrataAdaptivePoolLayer;

#define STRATA_ADAPTIVE_POOL_PARAMS(nd)                                                                                \
  STRATA_PARAM (INTS, StrataAdaptivePoolLayer, output_size, NULL, .count = nd, .minimum = 1, .maximum = G_MAXINT32,    \
                .soft_minimum = 1, .soft_maximum = 16, .title = "Output size",                                         \
                .description = "The size that comes out, whatever goes in"),                                           \
  STRATA_PARAM_DATA_FORMAT (StrataAdaptivePoolLayer)

void strata_adaptive_pool_layer_call_max     (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void strata_adaptive_pool_layer_call_average (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
