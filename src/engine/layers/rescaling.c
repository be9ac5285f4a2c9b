/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *scale, *offset;
} Rescaling;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Rescaling, scale, NULL, .title = "Scale", .description = "What numbers are multiplied by: 1/255 for pixels; or one a channel"),
  STRATA_PARAM (JSON, Rescaling, offset, "0.0", .title = "Offset", .description = "What is added then; or one a channel"),
  { NULL },
};

/* A number, or a list of them along the last dimension. */
static gboolean
read_numbers (JsonNode       *node,
              StrataTensor  **numbers)
{
  JsonArray *list;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING)
    {
      *numbers = strata_tensor_new_scalar (json_node_get_double (node));
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (list, i)))
      return FALSE;
  *numbers = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (json_array_get_length (list)));
  for (guint i = 0; i < json_array_get_length (list); i++)
    strata_tensor_get_floats (*numbers)[i] = json_array_get_double_element (list, i);
  return TRUE;
}

static gboolean
rescaling_configured (StrataObject  *object,
                      GError       **error)
{
  Rescaling *self = (Rescaling *) object;
  g_autoptr (StrataTensor) scale = NULL, offset = NULL;

  if (read_numbers (self->scale, &scale) && read_numbers (self->offset, &offset))
    return TRUE;
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "scale and offset must be a number each, or a list of numbers");
  return FALSE;
}

static void
rescaling_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  Rescaling *self = (Rescaling *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  StrataTensor *scale = NULL, *offset = NULL;

  read_numbers (self->scale, &scale);
  read_numbers (self->offset, &offset);
  x = strata_multiply (b, x, strata_builder_constant (b, scale));
  strata_call_return (call, strata_add (b, x, strata_builder_constant (b, offset)));
}

const StrataLayerInfo strata_layer_rescaling = {
  .object = {
    .name = "Rescaling",
    .title = "Rescaling",
    .category = "Preprocessing",
    .description = "Brings numbers into another range, such as pixels from 0–255 to 0–1",
    .formula = "y = x · scale + offset",
    .params = params,
    .instance_size = sizeof (Rescaling),
    .samples = (const char *const[]){
      "{\"scale\": 0.00392156862745098}",
      "{\"scale\": 2}",
      "{\"scale\": 0.5, \"offset\": -1.0}",
      "{\"scale\": [1.0, 2.0, 3.0]}",
      "{\"scale\": [1.0, 2.0, 3.0], \"offset\": [0.5, 0.0, -0.5]}",
      NULL },
    .configured = rescaling_configured,
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,4,3",
  .call = rescaling_call,
};
