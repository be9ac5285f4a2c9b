/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "activations/activation.h"
#include "layers/common-params.h"

G_BEGIN_DECLS

/* A sum of products of input and kernel along whatever dimensions; attention layers are made of these. */
typedef struct
{
  StrataLayer parent;
  char *equation;
  JsonNode *output_shape;
  StrataActivation *activation;
  char *bias_axes;
  StrataObject *kernel_initializer, *bias_initializer;
  StrataObject *kernel_regularizer, *bias_regularizer, *activity_regularizer;
  StrataObject *kernel_constraint, *bias_constraint;
  StrataVariable *kernel, *bias;

  /* Whether sizes that are left open are told where the input has them: attention does, the layer by itself not. */
  gboolean tells_all;
} StrataEinsumDense;

/* Fields and parameters that attention layers hand on to theirs. */
#define STRATA_PROJECTION_FIELDS                                                                                       \
  gboolean use_bias, use_gate;                                                                                         \
  StrataObject *kernel_initializer, *bias_initializer;                                                                 \
  StrataObject *kernel_regularizer, *bias_regularizer, *activity_regularizer;                                          \
  StrataObject *kernel_constraint, *bias_constraint

#define STRATA_WEIGHT_PARAMS(T)                                                                                        \
  STRATA_PARAM_INITIALIZER (T, kernel_initializer, "\"GlorotUniform\"", "Kernel initializer",                          \
                            "How the weights begin"),                                                                  \
  STRATA_PARAM_INITIALIZER (T, bias_initializer, "\"Zeros\"", "Bias initializer", "How the bias begins"),              \
  STRATA_PARAM_REGULARIZER (T, kernel_regularizer, "Kernel regularizer", "Penalty on large weights"),                  \
  STRATA_PARAM_REGULARIZER (T, bias_regularizer, "Bias regularizer", "Penalty on a large bias"),                       \
  STRATA_PARAM_REGULARIZER (T, activity_regularizer, "Activity regularizer", "Penalty on large outputs"),              \
  STRATA_PARAM_CONSTRAINT (T, kernel_constraint, "Kernel constraint", "What the weights are kept to"),                 \
  STRATA_PARAM_CONSTRAINT (T, bias_constraint, "Bias constraint", "What the bias is kept to")

G_END_DECLS
