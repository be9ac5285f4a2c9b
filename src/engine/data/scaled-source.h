/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SCALED_SOURCE (strata_scaled_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataScaledSource, strata_scaled_source, STRATA, SCALED_SOURCE, StrataSource)

StrataSource *strata_scaled_source_new (StrataTensor *array, double scale) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
