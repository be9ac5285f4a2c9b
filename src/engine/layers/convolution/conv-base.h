/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "activations/activation.h"
#include "layers/common-params.h"
#include "layers/image/spatial.h"
#include "ops/conv.h"

G_BEGIN_DECLS

/**
 * StrataConvLayer:
 *
 * What convolutions of one, two and three dimensions, plain, transposed,
 * depthwise and separable, have in common; each uses the fields it has
 * parameters for.
 */
typedef struct
{
  StrataLayer parent;
  gint64 filters, groups, depth_multiplier;
  StrataInts kernel_size, strides, dilation_rate, output_padding;
  char *padding;
  char *data_format;
  StrataActivation *activation;
  gboolean use_bias;
  StrataObject *kernel_initializer, *bias_initializer, *depthwise_initializer, *pointwise_initializer;
  StrataObject *kernel_regularizer, *bias_regularizer, *activity_regularizer, *depthwise_regularizer;
  StrataObject *pointwise_regularizer;
  StrataObject *kernel_constraint, *bias_constraint, *depthwise_constraint, *pointwise_constraint;
  StrataVariable *kernel, *pointwise, *bias;
} StrataConvLayer;

#define STRATA_CONV_PARAM_FILTERS_OF(T)                                                                                \
  STRATA_PARAM (INT, T, filters, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,             \
                .soft_maximum = 512, .title = "Filters",                                                               \
                .description = "How many patterns it looks for: channels that come out")
#define STRATA_CONV_PARAM_FILTERS STRATA_CONV_PARAM_FILTERS_OF (StrataConvLayer)
#define STRATA_CONV_PARAM_DEPTH_MULTIPLIER                                                                             \
  STRATA_PARAM (INT, StrataConvLayer, depth_multiplier, "1", .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,   \
                .soft_maximum = 4, .title = "Depth multiplier",                                                        \
                .description = "How many patterns it looks for in each channel")
#define STRATA_CONV_PARAMS_WINDOW_OF(T, nd, ...)                                                                       \
  STRATA_PARAM (INTS, T, kernel_size, NULL, .count = nd, .minimum = 1, .maximum = G_MAXINT32,              \
                .soft_minimum = 1, .soft_maximum = 11, .title = "Kernel size",                                         \
                .description = "Size of the window it looks through"),                                                 \
  STRATA_PARAM (INTS, T, strides, "1", .count = nd, .minimum = 1, .maximum = G_MAXINT32,                   \
                .soft_minimum = 1, .soft_maximum = 4, .title = "Strides",                                              \
                .description = "How far the window moves each time"),                                                  \
  STRATA_PARAM_PADDING (T, __VA_ARGS__), STRATA_PARAM_DATA_FORMAT (T),                                                 \
  STRATA_PARAM (INTS, T, dilation_rate, "1", .count = nd, .minimum = 1, .maximum = G_MAXINT32,             \
                .soft_minimum = 1, .soft_maximum = 8, .title = "Dilation rate",                                        \
                .description = "How far apart the window's cells are: a wider view with as many weights")
#define STRATA_CONV_PARAMS_WINDOW(nd, ...) STRATA_CONV_PARAMS_WINDOW_OF (StrataConvLayer, nd, __VA_ARGS__)
#define STRATA_CONV_PARAMS_BIAS                                                                                        \
  STRATA_PARAM_ACTIVATION (StrataConvLayer, activation, "\"linear\""),                                                 \
  STRATA_PARAM_USE_BIAS (StrataConvLayer, use_bias),                                                                   \
  STRATA_PARAM_INITIALIZER (StrataConvLayer, bias_initializer, "\"Zeros\"", "Bias initializer",                        \
                            "How the bias begins"),                                                                    \
  STRATA_PARAM_REGULARIZER (StrataConvLayer, bias_regularizer, "Bias regularizer", "Penalty on a large bias"),         \
  STRATA_PARAM_REGULARIZER (StrataConvLayer, activity_regularizer, "Activity regularizer",                             \
                            "Penalty on large outputs"),                                                               \
  STRATA_PARAM_CONSTRAINT (StrataConvLayer, bias_constraint, "Bias constraint", "What the bias is kept to")
#define STRATA_CONV_PARAMS_WEIGHT(prefix, label, what)                                                                 \
  STRATA_PARAM_INITIALIZER (StrataConvLayer, prefix##_initializer, "\"GlorotUniform\"", label " initializer",          \
                            "How the " what " begin"),                                                                 \
  STRATA_PARAM_REGULARIZER (StrataConvLayer, prefix##_regularizer, label " regularizer", "Penalty on large " what),    \
  STRATA_PARAM_CONSTRAINT (StrataConvLayer, prefix##_constraint, label " constraint", "What the " what " are kept to")
#define STRATA_CONV_PARAMS_GROUPS                                                                                      \
  STRATA_PARAM (INT, StrataConvLayer, groups, "1", .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,             \
                .soft_maximum = 32,                                                                                    \
                .title = "Groups", .description = "Into how many groups channels are split that do not see each other")

/* The parameters of a plain convolution of nd dimensions; then the paddings it knows. */
#define STRATA_CONV_PARAMS(nd, ...)                                                                                    \
  STRATA_CONV_PARAM_FILTERS, STRATA_CONV_PARAMS_WINDOW (nd, __VA_ARGS__), STRATA_CONV_PARAMS_GROUPS,                   \
  STRATA_CONV_PARAMS_WEIGHT (kernel, "Kernel", "weights"), STRATA_CONV_PARAMS_BIAS

int             strata_conv_layer_get_nd        (StrataConvLayer *self);
gboolean        strata_conv_layer_configured    (StrataObject *object, GError **error);
gboolean        strata_conv_layer_get_channels  (StrataConvLayer *self, const StrataSpec *input, gint64 *channels,
                                                 GError **error);
gboolean        strata_conv_layer_add_bias      (StrataConvLayer *self, gint64 n, GError **error);
gboolean        strata_conv_layer_build         (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs,
                                                 GError **error);
void            strata_conv_layer_call          (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
gboolean        strata_conv_layer_get_options   (StrataConvLayer *self, StrataBuilder *b, const StrataShape *x,
                                                 StrataConvOptions *options);
void            strata_conv_layer_finish        (StrataConvLayer *self, StrataBuilder *b, StrataCall *call,
                                                 StrataValue *y);

G_END_DECLS
