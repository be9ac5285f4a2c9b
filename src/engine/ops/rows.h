/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/op.h"

G_BEGIN_DECLS

/* What is done to @n numbers along the last dimension. */
typedef void (*StrataRow) (const float *x, gint64 n, float *y);

/* For ops that do the same to each row of their input. */
gboolean strata_rows_infer (StrataNode *node, GError **error);
void     strata_rows_run   (const StrataRun *run, StrataRow row);

G_END_DECLS
