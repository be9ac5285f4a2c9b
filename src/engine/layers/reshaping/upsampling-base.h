/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"

G_BEGIN_DECLS

/* Layers that make sequences, images and volumes larger. */
typedef struct
{
  StrataLayer parent;
  StrataInts size;
  char *data_format;
  char *interpolation;
} StrataUpSamplingLayer;

#define STRATA_UPSAMPLING_PARAM_SIZE(n, def)                                                                           \
  STRATA_PARAM (INTS, StrataUpSamplingLayer, size, def, .count = n, .minimum = 1, .maximum = G_MAXINT32,               \
                .soft_minimum = 1,                                                                                     \
                .soft_maximum = 8, .title = "Size", .description = "How many times as large it becomes")

void strata_upsampling_layer_call (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
