/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/input-layer.h"

#include "base/policy.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *batch_shape;
  gboolean sparse, ragged;
} InputLayer;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, InputLayer, batch_shape, NULL, .partial = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .title = "Shape",
                .description = "Sizes of an input; the first is the batch and is usually left open"),
  STRATA_PARAM (BOOL, InputLayer, sparse, "false", .title = "Sparse", .description = "Keras's mark for sparse tensors"),
  STRATA_PARAM (BOOL, InputLayer, ragged, "false", .title = "Ragged", .description = "Keras's mark for ragged tensors"),
  { NULL },
};

/**
 * strata_input_layer_dup_dtype: (skip)
 * @self: a layer of class InputLayer
 *
 * Returns: (transfer full): the name of the type it was given
 */
char *
strata_input_layer_dup_dtype (StrataLayer *self)
{
  g_autoptr (JsonNode) dtype = strata_object_get_param (STRATA_OBJECT (self), "dtype");

  return g_strdup (strata_policy_get_name (dtype));
}

/**
 * strata_input_layer_get_spec: (skip)
 * @self: a layer of class InputLayer
 * @spec: (out): type and shape of what it feeds
 */
gboolean
strata_input_layer_get_spec (StrataLayer  *self,
                             StrataSpec   *spec,
                             GError      **error)
{
  g_autofree char *name = strata_input_layer_dup_dtype (self);

  if (!strata_dtype_from_name (name, &spec->dtype, error))
    return FALSE;
  /* What only stores is computed with as float32. */
  if (strata_dtype_is_float (spec->dtype))
    spec->dtype = STRATA_FLOAT32;
  return strata_shape_from_json (((InputLayer *) self)->batch_shape, &spec->shape, error);
}

static gboolean
input_layer_configured (StrataObject  *object,
                        GError       **error)
{
  StrataSpec spec;

  return strata_input_layer_get_spec (STRATA_LAYER (object), &spec, error);
}

/* Inside a model the value is given; called alone, the layer is only a shape. */
static void
input_layer_call (StrataLayer   *self,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataSpec spec;

  if (call->n_inputs > 0)
    strata_call_return (call, call->inputs[0]);
  else if (strata_input_layer_get_spec (self, &spec, NULL))
    strata_call_return (call, strata_builder_input (b, strata_layer_get_name (self), spec.dtype, &spec.shape));
}

const StrataLayerInfo strata_layer_input_layer = {
  .object = {
    .name = "InputLayer",
    .aliases = (const char *const[]){ "Input", NULL },
    .title = "Input",
    .category = "Core",
    .description = "Where data enters the network",
    .formula = "y = x",
    .params = params,
    .instance_size = sizeof (InputLayer),
    .samples = (const char *const[]){ "{\"batch_shape\": [null, 4]}",
                                      "{\"batch_shape\": [null, 8, 8, 3], \"dtype\": \"int32\"}", NULL },
    .configured = input_layer_configured,
  },
  .flags = STRATA_LAYER_BEGINS,
  .call = input_layer_call,
};
