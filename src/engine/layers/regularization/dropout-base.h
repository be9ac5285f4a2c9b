/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"

G_BEGIN_DECLS

/* Layers that disturb what passes in training, each using the fields it has parameters for. */
typedef struct
{
  StrataLayer parent;
  double rate, stddev;
  gint64 seed;
  StrataInts noise_shape;
  char *data_format;
} StrataDropoutLayer;

#define STRATA_PARAM_RATE                                                                                              \
  STRATA_PARAM (FLOAT, StrataDropoutLayer, rate, NULL, .minimum = 0, .maximum = 1, .soft_minimum = 0,                  \
                .soft_maximum = 0.8,                                                                                   \
                .title = "Rate", .description = "Which part of the inputs is dropped")
#define STRATA_PARAM_SEED(T, ...)                                                                                      \
  STRATA_PARAM (INT, T, seed, "null", .nullable = TRUE, .title = "Seed",                                               \
                .description = "Makes the same draws in each training", ##__VA_ARGS__)
#define STRATA_PARAM_NOISE_SHAPE                                                                                       \
  STRATA_PARAM (INTS, StrataDropoutLayer, noise_shape, "null", .nullable = TRUE, .partial = TRUE, .minimum = -1,       \
                .maximum = G_MAXINT32,                                                                                 \
                .title = "Noise shape",                                                                                \
                .description = "Shape of what is drawn: 1 along dimensions that are dropped together")

gboolean     strata_dropout_get_noise_shape (StrataDropoutLayer *self, StrataBuilder *b, const StrataShape *x,
                                             StrataShape *noise);
StrataValue *strata_dropout                 (StrataBuilder *b, StrataValue *x, const StrataShape *noise,
                                             double rate, gint64 seed);
void         strata_dropout_call            (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void         strata_dropout_call_spatial    (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
