/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ARRAY_SOURCE (strata_array_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataArraySource, strata_array_source, STRATA, ARRAY_SOURCE, StrataSource)

StrataSource *strata_array_source_new  (StrataTensor *const *arrays, guint n_arrays,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSource *strata_array_source_new1 (StrataTensor *array) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
