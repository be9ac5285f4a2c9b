/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/map-coordinates.h"

G_BEGIN_DECLS

StrataValue *strata_elastic (StrataBuilder *b, StrataValue *x, StrataValue *alpha, StrataValue *sigma,
                             gint64 kernel_size, const StrataMapOptions *options,
                             const gint64 seeds[2]);

G_END_DECLS
