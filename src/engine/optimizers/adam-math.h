/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "optimizers/optimizer.h"

G_BEGIN_DECLS

/* What Adam and its relatives share: moving averages, and the correction for their start at 0. */
StrataValue *strata_adam_follow (StrataOptimizer *self, StrataBuilder *b, StrataVariable *average,
                                 StrataValue *value, double beta);
StrataValue *strata_adam_bias   (StrataBuilder *b, StrataValue *step, double beta);
StrataValue *strata_adam_step   (StrataOptimizer *self, StrataBuilder *b, const StrataUpdate *update, double beta_1,
                                 double beta_2, double epsilon);

G_END_DECLS
