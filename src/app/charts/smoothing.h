/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void strata_smoothing_apply (const double *values, gsize n, double weight, double *target);

G_END_DECLS
