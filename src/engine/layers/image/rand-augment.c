/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment-policy.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM (INT, StrataAugmentLayer, num_ops, "2", .minimum = 0, .maximum = 64, .soft_minimum = 1,
                .soft_maximum = 4, .title = "Changes",
                .description = "How many changes are made, one after the other"),
  STRATA_AUGMENT_POLICY_PARAM_FACTOR ("0.5"),
  STRATA_AUGMENT_POLICY_PARAM_INTERPOLATION,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
augment (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataValue        *x)
{
  for (gint64 i = 0; i < self->num_ops; i++)
    x = strata_augment_policy_choose (self, b, x, STRATA_N_CHANGES, FALSE, 100 * i);
  return x;
}

static void
rand_augment_call (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  strata_augment_run (layer, b, call, augment);
}

const StrataLayerInfo strata_layer_rand_augment = {
  .object = {
    .name = "RandAugment",
    .title = "Random changes in a row",
    .category = "Preprocessing",
    .description = "Makes a few changes to a batch of images while training, drawn from eleven kinds",
    .formula = "y = fₙ(… f₂(f₁(x))), each f drawn at random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"num_ops\": 1, \"value_range\": [-9, 9]}",
      "{\"factor\": [0.1, 0.2], \"value_range\": [-9, 9], \"interpolation\": \"nearest\", \"seed\": 3}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_MIXES_SAMPLES | STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = rand_augment_call,
};
