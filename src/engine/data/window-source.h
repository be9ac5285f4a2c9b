/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_WINDOW_SOURCE (strata_window_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataWindowSource, strata_window_source, STRATA, WINDOW_SOURCE, StrataSource)

StrataSource *strata_window_source_new (StrataTensor *series, gint64 length, gint64 stride,
                                        gint64 n_windows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
