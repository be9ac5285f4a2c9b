/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Matrices taken apart, one at a time and in double precision, row after row.
 * They are small in networks: what is plain and exact serves them best.
 */
double   strata_matrix_lu       (double *a, gint64 n, gint64 *pivots);
void     strata_matrix_lu_solve (const double *lu, const gint64 *pivots, gint64 n, double *b, gint64 columns);
gboolean strata_matrix_cholesky (double *a, gint64 n);
void     strata_matrix_qr       (double *a, gint64 m, gint64 n, double *q, gint64 q_columns, double *tau);
void     strata_matrix_eigh     (double *a, gint64 n, double *values, double *vectors);
void     strata_matrix_svd      (double *a, gint64 m, gint64 n, double *values, double *v);

G_END_DECLS
