/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

static void
average_call (StrataLayer   *self,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *y = strata_merge_fold (b, call, strata_add);

  if (y == NULL)
    return;
  strata_call_return (call, strata_scale (b, y, 1.0 / call->n_inputs));
  call->output_masks[0] = strata_merge_mask (b, call);
}

const StrataLayerInfo strata_layer_average = {
  .object = {
    .name = "Average",
    .title = "Average",
    .category = "Merging",
    .description = "Takes the mean of its inputs, number by number",
    .formula = "y = (x₁ + x₂ + … + xₙ) / n",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"joined\"}", NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,5,3;2,5,3;2,1,3",
  .call = average_call,
};
