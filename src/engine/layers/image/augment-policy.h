/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/augment.h"

G_BEGIN_DECLS

/* What layers have in common that make changes of a policy. */
#define STRATA_AUGMENT_POLICY_PARAM_FACTOR(def)                                                                        \
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, def, .title = "Factor",                                              \
                .description = "How strong each change is, from 0 to 1, or between what that is")
#define STRATA_AUGMENT_POLICY_PARAM_INTERPOLATION                                                                      \
  STRATA_AUGMENT_PARAM_INTERPOLATION ("How the pixels between are made up where an image is moved")

/* The changes that RandAugment and AugMix choose from: seven that leave colours alone, and four that do not. */
#define STRATA_N_CHANGES 11
#define STRATA_N_CHANGES_OF_FORM 7

StrataValue *strata_augment_policy_apply (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, int change,
                                          int which);
StrataValue *strata_augment_policy_choose (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, int n_changes,
                                           gboolean or_none, int which);

G_END_DECLS
