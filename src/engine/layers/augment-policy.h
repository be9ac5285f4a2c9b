/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/augment.h"

G_BEGIN_DECLS

/* The changes that RandAugment and AugMix choose from: seven that leave colours alone, and four that do not. */
#define STRATA_N_CHANGES 11
#define STRATA_N_CHANGES_OF_FORM 7

StrataValue *strata_augment_policy_apply (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, int change, int which);
StrataValue *strata_augment_policy_choose (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, int n_changes, gboolean or_none, int which);

G_END_DECLS
