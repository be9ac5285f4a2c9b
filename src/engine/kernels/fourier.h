/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize strata_fourier_count (gint64 n);
void  strata_fourier_plan  (double *plan, gint64 n);
void  strata_fourier_run   (const double *plan, gint64 n, double *re, double *im, double *work, gboolean inverse);

G_END_DECLS
