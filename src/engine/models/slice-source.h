/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SLICE_SOURCE (strata_slice_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataSliceSource, strata_slice_source, STRATA, SLICE_SOURCE, StrataSource)

StrataSource *strata_slice_source_new (StrataSource *source, gint64 first, gint64 last) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
