/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/merging/merge-base.h"

/* What does not count in one input leaves the others as they are; where nothing counts, zero comes out. */
static void
multiply_call (StrataLayer   *self,
               StrataBuilder *b,
               StrataCall    *call)
{
  g_autofree StrataValue **inputs = g_new (StrataValue *, MAX (call->n_inputs, 1));
  StrataValue *y = NULL, *mask = strata_merge_mask (b, call), *one = strata_builder_scalar (b, 1);

  if (!strata_merge_check (b, call))
    return;
  strata_merge_align (b, call, inputs);
  for (guint i = 0; i < call->n_inputs; i++)
    {
      StrataValue *x = inputs[i];

      if (call->masks != NULL && call->masks[i] != NULL)
        x = strata_where (b, strata_merge_expand_mask (b, call->masks[i], x), x, one);
      y = y == NULL ? x : strata_multiply (b, y, x);
    }
  if (mask != NULL)
    y = strata_where (b, strata_merge_expand_mask (b, mask, y), y, strata_builder_scalar (b, 0));
  strata_call_return (call, y);
  call->output_masks[0] = mask;
}

const StrataLayerInfo strata_layer_multiply = {
  .object = {
    .name = "Multiply",
    .title = "Multiply",
    .category = "Merging",
    .description = "Multiplies its inputs number by number, as gates do",
    .formula = "y = x₁ · x₂ · …",
    .instance_size = sizeof (StrataLayer),
    .samples = (const char *const[]){ "{}", "{\"name\": \"joined\"}", NULL },
  },
  .flags = STRATA_LAYER_MERGES,
  .sample_inputs = "2,5,3;2,5,3;2,1,3",
  .call = multiply_call,
};
