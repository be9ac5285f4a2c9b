/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "optimizers/optimizer.h"

G_BEGIN_DECLS

/* Adam and AdamW differ only in how much weights decay. */
typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2, epsilon;
  gboolean amsgrad;
} StrataAdam;

extern const StrataParam strata_adam_params[];
extern const StrataSlot strata_adam_slots[];

StrataValue *strata_adam_update (StrataOptimizer *optimizer, StrataBuilder *b, const StrataUpdate *update);

G_END_DECLS
