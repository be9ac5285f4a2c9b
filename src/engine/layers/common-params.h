/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* Parameters that many layers have, and what they do with them. */
#define STRATA_PARAM_ACTIVATION(T, f, def)                                                             \
  STRATA_PARAM (OBJECT, T, f, def, .kind = STRATA_KIND_ACTIVATION, .nullable = TRUE, .title = "Activation", \
                .description = "What is done to each output")
#define STRATA_PARAM_USE_BIAS(T, f) \
  STRATA_PARAM (BOOL, T, f, "true", .title = "Use bias",                                                               \
                .description = "Whether a number of its own is added to each output")
#define STRATA_PARAM_INITIALIZER(T, f, def, label, text) \
  STRATA_PARAM (OBJECT, T, f, def, .kind = STRATA_KIND_INITIALIZER, .nullable = TRUE, .title = label,                  \
                .description = text)
#define STRATA_PARAM_REGULARIZER(T, f, label, text) \
  STRATA_PARAM (OBJECT, T, f, "null", .kind = STRATA_KIND_REGULARIZER, .nullable = TRUE, .title = label,               \
                .description = text)
#define STRATA_PARAM_CONSTRAINT(T, f, label, text) \
  STRATA_PARAM (OBJECT, T, f, "null", .kind = STRATA_KIND_CONSTRAINT, .nullable = TRUE, .title = label,                \
                .description = text)

void strata_layer_add_activity (StrataLayer *self, StrataBuilder *b, StrataObject *regularizer, StrataValue *output);

G_END_DECLS
