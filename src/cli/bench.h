/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "workload.h"

G_BEGIN_DECLS

/**
 * StrataBenchRate:
 * @samples_per_second: median of some rounds
 * @seconds_per_step: how long a step takes
 * @flops_per_second: floating-point operations of its products a second
 * @preparation_seconds: for predictions: how much longer the first batch took
 */
typedef struct
{
  double samples_per_second;
  double seconds_per_step;
  double flops_per_second;
  double preparation_seconds;
} StrataBenchRate;

gboolean strata_bench_measure (const StrataWorkload *workload, gint64 batch_size, double round_seconds,
                               StrataBenchRate *rate, GError **error);
gboolean strata_bench_curves  (const char *path, GError **error);
gboolean strata_bench_train   (StrataModel *model, StrataSource *x, StrataSource *y, gint64 batch_size, gint64 epochs,
                               double *seconds, GError **error);
gboolean strata_bench_profile (const StrataWorkload *workload, gint64 batch_size, GError **error);
gboolean strata_bench_start   (const StrataWorkload *workload, gboolean json, GError **error);

G_END_DECLS
