/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"
#include "ops/pool.h"

G_BEGIN_DECLS

/* What pooling over windows has in common for one, two and three dimensions. */
typedef struct
{
  StrataLayer parent;
  StrataInts pool_size, strides;
  char *padding;
  char *data_format;
} StrataPoolLayer;

#define STRATA_POOL_PARAMS(nd, size)                                                                                   \
  STRATA_PARAM (INTS, StrataPoolLayer, pool_size, size, .count = nd, .minimum = 1, .maximum = G_MAXINT32,              \
                .soft_minimum = 1, .soft_maximum = 8, .title = "Pool size",                                            \
                .description = "Size of the windows that become one number"),                                          \
  STRATA_PARAM (INTS, StrataPoolLayer, strides, "null", .count = nd, .nullable = TRUE, .minimum = 1,                   \
                .maximum = G_MAXINT32,                                                                                 \
                .soft_minimum = 1, .soft_maximum = 8, .title = "Strides",                                              \
                .description = "How far the window moves each time; the pool size where nothing is given"),            \
  STRATA_PARAM_PADDING (StrataPoolLayer, "valid", "same"), STRATA_PARAM_DATA_FORMAT (StrataPoolLayer)

typedef StrataValue *(*StrataPoolFunc) (StrataBuilder *b, StrataValue *x, const StrataPoolOptions *options);

gboolean strata_pool_layer_configured (StrataObject *object, GError **error);
void     strata_pool_layer_call_max     (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void     strata_pool_layer_call_average (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

/* And what pooling over everything has. */
typedef struct
{
  StrataLayer parent;
  char *data_format;
  gboolean keepdims;
} StrataGlobalPoolLayer;

#define STRATA_GLOBAL_POOL_PARAMS                                                                                      \
  STRATA_PARAM_DATA_FORMAT (StrataGlobalPoolLayer),                                                                    \
  STRATA_PARAM (BOOL, StrataGlobalPoolLayer, keepdims, "false", .title = "Keep dimensions",                            \
                .description = "Whether the pooled dimensions stay, with size 1")

void strata_global_pool_layer_call_max     (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void strata_global_pool_layer_call_average (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
