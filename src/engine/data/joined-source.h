/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_JOINED_SOURCE (strata_joined_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataJoinedSource, strata_joined_source, STRATA, JOINED_SOURCE, StrataSource)

StrataSource *strata_joined_source_new (GPtrArray *sources) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
