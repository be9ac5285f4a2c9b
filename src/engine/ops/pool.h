/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/pooling.h"
#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataPoolOptions:
 * @window: for each spatial dimension, the size of the windows
 * @stride: for each, the step between windows
 * @before: for each, cells before the input that do not count
 * @after: for each, cells after it that do not count
 */
typedef struct
{
  gint64 window[STRATA_POOLING_MAX_DIMS];
  gint64 stride[STRATA_POOLING_MAX_DIMS];
  gint64 before[STRATA_POOLING_MAX_DIMS];
  gint64 after[STRATA_POOLING_MAX_DIMS];
} StrataPoolOptions;

StrataValue *strata_max_pool     (StrataBuilder *b, StrataValue *x, const StrataPoolOptions *options);
StrataValue *strata_average_pool (StrataBuilder *b, StrataValue *x, const StrataPoolOptions *options);

G_END_DECLS
