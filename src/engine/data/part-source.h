/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PART_SOURCE (strata_part_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataPartSource, strata_part_source, STRATA, PART_SOURCE, StrataSource)

StrataSource *strata_part_source_new (StrataSource *source, guint array) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
