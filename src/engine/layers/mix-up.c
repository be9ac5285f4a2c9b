/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/augment.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, StrataAugmentLayer, alpha, "0.2", .minimum = 1e-6, .maximum = 1e6, .soft_minimum = 0.05, .soft_maximum = 1, .title = "Alpha",
                .description = "How strongly images are mixed: small numbers leave most of them nearly as they are"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
mix (StrataAugmentLayer *self,
     StrataBuilder      *b,
     StrataValue        *x)
{
  StrataValue *alpha = strata_broadcast_to (b, strata_builder_scalar (b, self->alpha), &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
  StrataValue *share = strata_augment_draw_beta (self, b, alpha, 1), *other = strata_augment_shuffle (self, b, x, 3);

  return strata_add (b, other, strata_multiply (b, share, strata_subtract (b, x, other)));
}

static void
mix_up_call (StrataLayer   *layer,
             StrataBuilder *b,
             StrataCall    *call)
{
  strata_augment_run (layer, b, call, mix);
}

const StrataLayerInfo strata_layer_mix_up = {
  .object = {
    .name = "MixUp",
    .title = "Mixed images",
    .category = "Preprocessing",
    .description = "Mixes each image with another of the batch while training",
    .formula = "y = m x + (1 − m) x′, with m from a beta distribution and x′ another image",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){ "{}", "{\"alpha\": 1.0, \"seed\": 5}", "{\"alpha\": 0.001}", NULL },
  },
  .flags = STRATA_LAYER_MIXES_SAMPLES,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "3,4,5,2",
  .call = mix_up_call,
};
