/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "activations/activation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER_ACTIVATION (strata_layer_activation_get_type ())
G_DECLARE_FINAL_TYPE (StrataLayerActivation, strata_layer_activation, STRATA, LAYER_ACTIVATION, StrataActivation)

/* Calls a layer, which activations know only as an object. */
typedef StrataValue *(*StrataActivationCall) (StrataObject *layer, StrataBuilder *b, StrataValue *x);

StrataActivation *strata_layer_activation_new             (StrataObject *layer) G_GNUC_WARN_UNUSED_RESULT;
StrataObject     *strata_layer_activation_get_layer       (StrataLayerActivation *self);
void              strata_layer_activation_set_call        (StrataLayerActivation *self, StrataActivationCall call);
JsonNode         *strata_layer_activation_serialize       (StrataLayerActivation *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
