/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/op.h"

G_BEGIN_DECLS

/* Most rows at a time. */
#define STRATA_ROWS_MAX 256

/* What is done to @n numbers along the last dimension of each of some rows. */
typedef void (*StrataRowsFunc) (const float *x, gint64 n_rows, gint64 n, float *y);

/* For ops that do the same to each row of their input. */
gboolean strata_rows_infer (StrataNode *node, GError **error);
void     strata_rows_run   (const StrataRun *run, StrataRowsFunc func);
void     strata_rows_exp   (const float *x, gint64 n_rows, gint64 n, float *maxima, float *y);

G_END_DECLS
