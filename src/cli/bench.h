/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "workload.h"

G_BEGIN_DECLS

gboolean strata_bench_train   (StrataModel *model, StrataSource *x, StrataSource *y, gint64 batch_size, gint64 epochs, double *seconds, GError **error);
gboolean strata_bench_profile (const StrataWorkload *workload, gint64 batch_size, GError **error);

G_END_DECLS
