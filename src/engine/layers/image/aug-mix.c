/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment-policy.h"

#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

static const StrataParam params[] = {
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_PARAM (INT, StrataAugmentLayer, num_chains, "3", .minimum = 1, .maximum = 64, .soft_minimum = 1,
                .soft_maximum = 5, .title = "Chains",
                .description = "How many versions of an image are mixed"),
  STRATA_PARAM (INT, StrataAugmentLayer, chain_depth, "3", .minimum = 0, .maximum = 64, .soft_minimum = 1,
                .soft_maximum = 5, .title = "Chain depth",
                .description = "How many changes at most make a version"),
  STRATA_AUGMENT_POLICY_PARAM_FACTOR ("0.3"),
  STRATA_PARAM (FLOAT, StrataAugmentLayer, alpha, "1.0", .minimum = 1e-6, .maximum = 1e6, .soft_minimum = 0.1,
                .soft_maximum = 2, .title = "Alpha",
                .description = "How even the mixture is: less than one lets one version prevail"),
  STRATA_PARAM (BOOL, StrataAugmentLayer, all_ops, "true", .title = "All changes",
                .description = "Whether brightness, contrast, colours and sharpness change, too"),
  STRATA_AUGMENT_POLICY_PARAM_INTERPOLATION,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static StrataValue *
broadcast_alpha (StrataAugmentLayer *self,
                 StrataBuilder      *b,
                 gint64              n)
{
  return strata_broadcast_to (b, strata_builder_scalar (b, self->alpha), &STRATA_SHAPE (n));
}

static StrataValue *
mix (StrataAugmentLayer *self,
     StrataBuilder      *b,
     StrataValue        *x)
{
  StrataValue *alpha = broadcast_alpha (self, b, self->num_chains), *sum = NULL;
  StrataValue *shares = strata_softmax (b, strata_draw_log_gamma (b, alpha, strata_augment_get_seed (self, 1)));
  StrataValue *kept = strata_augment_draw_beta (self, b, broadcast_alpha (self, b, 1), 2);

  for (gint64 chain = 0; chain < self->num_chains && !strata_builder_has_failed (b); chain++)
    {
      StrataValue *version = x;

      for (gint64 i = 0; i < self->chain_depth; i++)
        version = strata_augment_policy_choose (self, b, version, self->all_ops ? STRATA_N_CHANGES
                                                : STRATA_N_CHANGES_OF_FORM, TRUE,
                                                100 * (chain * self->chain_depth + i + 1));
      version = strata_multiply (b, version, strata_slice (b, shares, 0, chain, 1));
      sum = sum == NULL ? version : strata_add (b, sum, version);
    }
  if (strata_builder_has_failed (b))
    return x;
  x = strata_add (b, sum, strata_multiply (b, kept, strata_subtract (b, x, sum)));
  return strata_augment_clip (self, b, x);
}

static void
aug_mix_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  strata_augment_run (layer, b, call, mix);
}

const StrataLayerInfo strata_layer_aug_mix = {
  .object = {
    .name = "AugMix",
    .title = "Mixed changes",
    .category = "Preprocessing",
    .description = "Mixes images with several changed versions of them while training",
    .formula = "y = m x + (1 − m) Σ w[k] version[k], with w from a Dirichlet and m from a beta distribution",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"num_chains\": 2, \"chain_depth\": 1, \"value_range\": [-9, 9]}",
      "{\"num_chains\": 1, \"factor\": [0.1, 0.2], \"value_range\": [-9, 9], \"all_ops\": false, \"chain_depth\": 1, "
      "\"seed\": 3}",
      "{\"chain_depth\": 0, \"alpha\": 0.5, \"value_range\": [-9, 9]}",
      NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_MIXES_SAMPLES | STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = aug_mix_call,
};
