/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

static void
add_call (StrataLayer   *self,
          StrataBuilder *b,
          StrataCall    *call)
{
  StrataValue *y = strata_merge_fold (b, call, strata_add);

  if (y == NULL)
    return;
  strata_call_return (call, y);
  call->output_masks[0] = strata_merge_mask (b, call);
}

const StrataLayerInfo strata_layer_add = {
  .object = {
    .name = "Add",
    .title = "Add",
    .category = "Merging",
    .description = "Adds its inputs number by number; the second path of a residual network",
    .formula = "y = x₁ + x₂ + …",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"joined\"}", NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,5,3;2,5,3;2,1,3",
  .call = add_call,
};
