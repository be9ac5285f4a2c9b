/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/*
 * Random numbers, drawn anew in every run and the same for any number of
 * threads. @seed is a seed of one's own, or %STRATA_NONE_INT for the run's.
 */
StrataValue *strata_draw_uniform (StrataBuilder *b, const StrataShape *shape, gint64 seed);
StrataValue *strata_draw_normal  (StrataBuilder *b, const StrataShape *shape, gint64 seed);
StrataValue *strata_draw_log_gamma (StrataBuilder *b, StrataValue *alpha, gint64 seed);

G_END_DECLS
