/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/json-numbers.h"
#include "layers/layer.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *scale, *offset;
} Rescaling;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Rescaling, scale, NULL, .title = "Scale",
                .description = "What numbers are multiplied by: 1/255 for pixels; or one a channel"),
  STRATA_PARAM (JSON, Rescaling, offset, "0.0", .title = "Offset",
                .description = "What is added then; or one a channel"),
  { NULL },
};

static gboolean
rescaling_configured (StrataObject  *object,
                      GError       **error)
{
  Rescaling *self = (Rescaling *) object;
  g_autoptr (StrataTensor) scale = strata_json_to_floats (self->scale), offset = strata_json_to_floats (self->offset);

  if (scale != NULL && offset != NULL)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "scale and offset must be a number each, or a list of numbers");
  return FALSE;
}

static void
rescaling_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  Rescaling *self = (Rescaling *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);

  x = strata_multiply (b, x, strata_builder_constant (b, strata_json_to_floats (self->scale)));
  strata_call_return (call, strata_add (b, x, strata_builder_constant (b, strata_json_to_floats (self->offset))));
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
