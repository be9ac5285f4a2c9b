/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* Layers that have one layer inside. */
typedef struct
{
  StrataLayer parent;
  StrataLayer *layer;
  gint64 power_iterations;
  StrataVariable *vector_u;
} StrataWrapperLayer;

#define STRATA_PARAM_LAYER                                                                                             \
  STRATA_PARAM (OBJECT, StrataWrapperLayer, layer, NULL, .kind = STRATA_KIND_LAYER, .title = "Layer",                  \
                .description = "The layer inside")

gboolean strata_wrapper_layer_configured (StrataObject *object, GError **error);
gboolean strata_wrapper_layer_build      (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_wrapper_layer_call       (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
