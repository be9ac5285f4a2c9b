/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/common-params.h"

G_BEGIN_DECLS

/* A layer that scales what it normalized by gamma and adds beta, both learned. */
typedef struct
{
  StrataLayer parent;
  double epsilon;
  gboolean center, scale;
  StrataObject *beta_initializer, *gamma_initializer;
  StrataObject *beta_regularizer, *gamma_regularizer, *beta_constraint, *gamma_constraint;
  StrataVariable *gamma, *beta;
} StrataNormLayer;

/* Parameters that normalization layers have in common. */
#define STRATA_NORM_PARAM_EPSILON(T, def)                                                                              \
  STRATA_PARAM (FLOAT, T, epsilon, def, .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 1e-7,                     \
                .soft_maximum = 0.01,                                                                                  \
                .title = "Epsilon", .description = "Added to the variance, so that nothing is divided by zero")
#define STRATA_NORM_PARAMS_AFFINE                                                                                      \
  STRATA_PARAM (BOOL, StrataNormLayer, center, "true", .title = "Center",                                              \
                .description = "Whether a learned number is added afterwards"),                                        \
  STRATA_PARAM (BOOL, StrataNormLayer, scale, "true", .title = "Scale",                                                \
                .description = "Whether a learned factor is applied afterwards"),                                      \
  STRATA_PARAM_INITIALIZER (StrataNormLayer, beta_initializer, "\"Zeros\"", "Beta initializer",                       \
                            "How the added numbers begin"),                                                           \
  STRATA_PARAM_INITIALIZER (StrataNormLayer, gamma_initializer, "\"Ones\"", "Gamma initializer",                      \
                            "How the factors begin"),                                                                 \
  STRATA_PARAM_REGULARIZER (StrataNormLayer, beta_regularizer, "Beta regularizer", "Penalty on large added numbers"),  \
  STRATA_PARAM_REGULARIZER (StrataNormLayer, gamma_regularizer, "Gamma regularizer", "Penalty on large factors"),      \
  STRATA_PARAM_CONSTRAINT (StrataNormLayer, beta_constraint, "Beta constraint", "What the added numbers are kept to"), \
  STRATA_PARAM_CONSTRAINT (StrataNormLayer, gamma_constraint, "Gamma constraint", "What the factors are kept to")

gboolean strata_norm_get_axis   (StrataLayer *self, gint64 axis, const StrataShape *shape, int *position,
                                 GError **error);
gboolean strata_norm_add_affine (StrataNormLayer *self, const StrataShape *shape, gboolean scale, gboolean center,
                                 GError **error);

StrataValue *strata_norm_fit    (StrataBuilder *b, StrataValue *x, StrataValue *y);

G_END_DECLS
