/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, StrataAugmentLayer, alpha, "0.2", .minimum = 1e-6, .maximum = 1e6, .soft_minimum = 0.05,
                .soft_maximum = 1, .title = "Alpha",
                .description = "How strongly images are mixed: small numbers leave most of them nearly as they are"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static void
mix_up_call (StrataLayer   *layer,
             StrataBuilder *b,
             StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call), *labels = strata_augment_get_labels (call), *alpha, *share;
  StrataValue *order;

  if (call->training && !strata_builder_has_failed (b))
    {
      alpha = strata_broadcast_to (b, strata_builder_scalar (b, self->alpha),
                                   &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
      share = strata_augment_draw_beta (self, b, alpha, 1);
      order = strata_augment_draw_order (self, b, x, 3);
      x = strata_augment_mix (b, x, share, order);
      labels = labels != NULL ? strata_augment_mix (b, labels, share, order) : NULL;
    }
  strata_augment_leave_with (self, b, call, x, labels);
}

const StrataLayerInfo strata_layer_mix_up = {
  .object = {
    .name = "MixUp",
    .title = "Mixed images",
    .category = "Preprocessing",
    .description = "Mixes each image, and its label where that comes too, with another of the batch while training",
    .formula = "y = m x + (1 − m) x′, with m from a beta distribution and x′ another image",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){ "{}", "{\"alpha\": 1.0, \"seed\": 5}", "{\"alpha\": 0.001}", NULL },
  },
  .flags = STRATA_LAYER_MIXES_SAMPLES | STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "3,4,5,2",
  .call = mix_up_call,
};
