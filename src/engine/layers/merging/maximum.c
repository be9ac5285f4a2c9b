/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

static void
maximum_call (StrataLayer   *self,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *y = strata_merge_choose (b, call, strata_maximum);

  if (y == NULL)
    return;
  strata_call_return (call, y);
  call->output_masks[0] = strata_merge_mask (b, call);
}

const StrataLayerInfo strata_layer_maximum = {
  .object = {
    .name = "Maximum",
    .title = "Maximum",
    .category = "Merging",
    .description = "Takes the largest of its inputs, number by number",
    .formula = "y = max(x₁, x₂, …)",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"joined\"}", NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,5,3;2,5,3;2,1,3",
  .call = maximum_call,
};
