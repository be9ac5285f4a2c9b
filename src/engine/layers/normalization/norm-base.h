/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/common-params.h"

G_BEGIN_DECLS

/* Parameters that normalization layers have in common. */
#define STRATA_NORM_PARAM_EPSILON(T, def)                                                                              \
  STRATA_PARAM (FLOAT, T, epsilon, def, .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 1e-7,                     \
                .soft_maximum = 0.01,                                                                                  \
                .title = "Epsilon", .description = "Added to the variance, so that nothing is divided by zero")
#define STRATA_NORM_PARAMS_AFFINE(T)                                                                                   \
  STRATA_PARAM (BOOL, T, center, "true", .title = "Center",                                                            \
                .description = "Whether a learned number is added afterwards"),                                        \
  STRATA_PARAM (BOOL, T, scale, "true", .title = "Scale",                                                              \
                .description = "Whether a learned factor is applied afterwards"),                                      \
  STRATA_PARAM_INITIALIZER (T, beta_initializer, "\"Zeros\"", "Beta initializer", "How the added numbers begin"),      \
  STRATA_PARAM_INITIALIZER (T, gamma_initializer, "\"Ones\"", "Gamma initializer", "How the factors begin"),           \
  STRATA_PARAM_REGULARIZER (T, beta_regularizer, "Beta regularizer", "Penalty on large added numbers"),                \
  STRATA_PARAM_REGULARIZER (T, gamma_regularizer, "Gamma regularizer", "Penalty on large factors"),                    \
  STRATA_PARAM_CONSTRAINT (T, beta_constraint, "Beta constraint", "What the added numbers are kept to"),               \
  STRATA_PARAM_CONSTRAINT (T, gamma_constraint, "Gamma constraint", "What the factors are kept to")

/* The fields those parameters need. */
#define STRATA_NORM_FIELDS                                                                                             \
  double epsilon;                                                                                                      \
  gboolean center, scale;                                                                                              \
  StrataObject *beta_initializer, *gamma_initializer;                                                                  \
  StrataObject *beta_regularizer, *gamma_regularizer, *beta_constraint, *gamma_constraint;                             \
  StrataVariable *gamma, *beta

gboolean strata_norm_get_axis   (StrataLayer *self, gint64 axis, const StrataShape *shape, int *position,
                                 GError **error);
gboolean strata_norm_add_weight (StrataLayer *self, const char *name, const StrataShape *shape,
                                 StrataObject *initializer,
                                 StrataObject *regularizer, StrataObject *constraint, StrataVariable **variable,
                                 GError **error);

StrataValue *strata_norm_fit    (StrataBuilder *b, StrataValue *x, StrataValue *y);

G_END_DECLS
