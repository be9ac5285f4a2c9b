/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

static void
subtract_call (StrataLayer   *self,
               StrataBuilder *b,
               StrataCall    *call)
{
  StrataValue *y;

  if (!strata_merge_check_pair (b, call))
    return;
  y = strata_merge_fold (b, call, strata_subtract);
  if (y == NULL)
    return;
  strata_call_return (call, y);
  call->output_masks[0] = strata_merge_mask (b, call);
}

const StrataLayerInfo strata_layer_subtract = {
  .object = {
    .name = "Subtract",
    .title = "Subtract",
    .category = "Merging",
    .description = "Takes the second input from the first, number by number",
    .formula = "y = x₁ − x₂",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"joined\"}", NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,5,3;2,5,1",
  .call = subtract_call,
};
