/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataSummaryTotal:
 * @count: how many numbers
 * @bytes: what they take in Keras
 *
 * What weights amount to.
 */
typedef struct
{
  gint64 count, bytes;
} StrataSummaryTotal;

char *strata_summary_format_count  (gint64 count) G_GNUC_WARN_UNUSED_RESULT;
void  strata_summary_get_totals    (StrataModel *model, StrataSummaryTotal *all, StrataSummaryTotal *trainable,
                                    StrataSummaryTotal *optimizer);
void  strata_summary_append_totals (GString *out, StrataModel *model);

G_END_DECLS
