/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/* Learning rates of an optimizer, or of each of several that share the weights, as Keras's callbacks see them. */
guint            strata_rates_count    (StrataOptimizer *optimizer);
StrataOptimizer *strata_rates_get      (StrataOptimizer *optimizer, guint i);
char            *strata_rates_dup_name (StrataOptimizer *optimizer, guint i) G_GNUC_WARN_UNUSED_RESULT;
void             strata_rates_tell     (StrataOptimizer *optimizer, StrataLogs *logs);

G_END_DECLS
