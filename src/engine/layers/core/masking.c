/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

typedef struct
{
  StrataLayer parent;
  double mask_value;
} Masking;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Masking, mask_value, "0.0", .soft_minimum = -1, .soft_maximum = 1, .title = "Mask value",
                .description = "A step whose numbers all are this is skipped by the layers after it"),
  { NULL },
};

static void
masking_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  StrataValue *differs = strata_not_equal (b, x, strata_builder_scalar (b, ((Masking *) layer)->mask_value));
  StrataValue *mask = strata_reduce_max (b, differs, strata_axis_bit (x, -1), TRUE);

  strata_call_return (call, strata_multiply (b, x, mask));
  call->output_masks[0] = strata_reduce_max (b, differs, strata_axis_bit (x, -1), FALSE);
}

const StrataLayerInfo strata_layer_masking = {
  .object = {
    .name = "Masking",
    .title = "Masking",
    .category = "Core",
    .description = "Marks the steps of a sequence that are only padding, so that the layers after it skip them",
    .formula = "step t is skipped where all of x[t] = mask_value",
    .params = params,
    .instance_size = sizeof (Masking),
    .samples = (const char *const[]){
      "{}",
      "{\"mask_value\": 0.0, \"name\": \"padding\"}",
      "{\"mask_value\": -1.0}",
      "{\"mask_value\": 2.0}",
      "{\"mask_value\": 0.5}",
      NULL },
  },
  .min_rank = 2,
  .sample_inputs = "2,5,3",
  .call = masking_call,
};
