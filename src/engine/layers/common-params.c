/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/common-params.h"

#include "ops/elementwise.h"
#include "regularizers/regularizer.h"

/**
 * strata_layer_add_activity: (skip)
 * @regularizer: (nullable): an activity regularizer
 * @output: the layer's output, the batch first
 *
 * Adds the penalty on an output to the loss, divided by the batch size as Keras does since 3.14.
 */
void
strata_layer_add_activity (StrataLayer   *self,
                           StrataBuilder *b,
                           StrataObject  *regularizer,
                           StrataValue   *output)
{
  StrataValue *penalty;

  if (regularizer == NULL || output->shape.rank == 0 || output->shape.dims[0] <= 0)
    return;
  penalty = strata_regularizer_penalty (STRATA_REGULARIZER (regularizer), b, output);
  strata_builder_add_loss (b, strata_scale (b, penalty, 1.0 / output->shape.dims[0]));
}
