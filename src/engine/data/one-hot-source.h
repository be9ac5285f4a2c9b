/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ONE_HOT_SOURCE (strata_one_hot_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataOneHotSource, strata_one_hot_source, STRATA, ONE_HOT_SOURCE, StrataSource)

StrataSource *strata_one_hot_source_new (StrataSource *source, gint64 n_classes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
