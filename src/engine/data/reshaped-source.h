/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RESHAPED_SOURCE (strata_reshaped_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataReshapedSource, strata_reshaped_source, STRATA, RESHAPED_SOURCE, StrataSource)

StrataSource *strata_reshaped_source_new (StrataSource *source, const StrataShape *shape,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
